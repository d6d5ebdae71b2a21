// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/source/glob.h"

#include <algorithm>

namespace quintet::batch {

namespace {

/// A glob as a regular expression for the whole of a path or name.
QString expressionOf(const QString &glob)
{
    QString expression;
    int braces = 0;
    for (qsizetype i = 0; i < glob.size(); ++i) {
        const QChar c = glob[i];
        const bool isDouble = c == u'*' && i + 1 < glob.size() && glob[i + 1] == u'*';
        if (isDouble && i + 2 < glob.size() && glob[i + 2] == u'/') {
            expression += QStringLiteral("(?:.*/)?");
            i += 2;
        } else if (isDouble) {
            expression += QStringLiteral(".*");
            ++i;
        } else if (c == u'*') {
            expression += QStringLiteral("[^/]*");
        } else if (c == u'?') {
            expression += QStringLiteral("[^/]");
        } else if (const qsizetype end = glob.indexOf(u']', i + 2); c == u'[' && end > 0) {
            QString set = glob.sliced(i + 1, end - i - 1);
            const bool isNegated = set.startsWith(u'!');
            set = QRegularExpression::escape(set.sliced(isNegated ? 1 : 0))
                      .replace(QStringLiteral("\\-"), QStringLiteral("-"));
            expression += (isNegated ? QStringLiteral("[^") : QStringLiteral("[")) + set + u']';
            i = end;
        } else if (c == u'{' && glob.indexOf(u'}', i) > 0) {
            expression += QStringLiteral("(?:");
            ++braces;
        } else if (c == u'}' && braces > 0) {
            expression += u')';
            --braces;
        } else if (c == u',' && braces > 0) {
            expression += u'|';
        } else {
            expression += QRegularExpression::escape(QStringView(glob).sliced(i, 1));
        }
    }
    return QRegularExpression::anchoredPattern(expression);
}

} // namespace

Glob::Glob(const QStringList &include, const QStringList &exclude)
    : m_include(compiled(include)),
      m_exclude(compiled(exclude))
{
}

std::vector<Glob::Pattern> Glob::compiled(const QStringList &globs)
{
    std::vector<Pattern> patterns;
    for (const QString &glob : globs) {
        // A folder's name with a slash behind it means all that is in it.
        const QString whole = glob.endsWith(u'/') ? glob + QStringLiteral("**") : glob;
        patterns.push_back(
            {QRegularExpression(expressionOf(whole), QRegularExpression::CaseInsensitiveOption
                                                         | QRegularExpression::DotMatchesEverythingOption),
             whole.contains(u'/')});
    }
    return patterns;
}

bool Glob::anyMatches(const std::vector<Pattern> &patterns, const QString &path)
{
    const QString name = path.section(u'/', -1);
    return std::ranges::any_of(patterns, [&](const Pattern &pattern) {
        return pattern.expression.match(pattern.isForPath ? path : name).hasMatch();
    });
}

bool Glob::takes(const QString &path) const
{
    return (m_include.empty() || anyMatches(m_include, path)) && !anyMatches(m_exclude, path);
}

} // namespace quintet::batch
