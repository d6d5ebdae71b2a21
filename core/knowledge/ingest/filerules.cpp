// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/ingest/filerules.h"

#include <QFile>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

/// The end of the set that opens at `start`, or -1.
qsizetype setEnd(QStringView glob, qsizetype start)
{
    qsizetype i = start + 1;
    if (i < glob.size() && (glob[i] == u'!' || glob[i] == u'^'))
        ++i;
    if (i < glob.size() && glob[i] == u']')
        ++i;
    return glob.indexOf(u']', i);
}

QString setPattern(QStringView inside)
{
    const bool isNegated = inside.startsWith(u'!') || inside.startsWith(u'^');
    QString escaped = inside.sliced(isNegated ? 1 : 0).toString();
    escaped.replace(u'\\', u"\\\\"_s).replace(u'[', u"\\["_s).replace(u']', u"\\]"_s).replace(u'^', u"\\^"_s);
    return (isNegated ? u"[^/"_s : u"["_s) + escaped + u']';
}

QString regularExpressionFor(QStringView glob)
{
    QString pattern;
    for (qsizetype i = 0; i < glob.size(); ++i) {
        const QStringView rest = glob.sliced(i);
        if (rest.startsWith(u"**/")) {
            pattern += u"(?:.*/)?"_s;
            i += 2;
        } else if (rest.startsWith(u"**")) {
            pattern += u".*"_s;
            ++i;
        } else if (glob[i] == u'*') {
            pattern += u"[^/]*"_s;
        } else if (glob[i] == u'?') {
            pattern += u"[^/]"_s;
        } else if (const qsizetype end = glob[i] == u'[' ? setEnd(glob, i) : -1; end > 0) {
            pattern += setPattern(glob.sliced(i + 1, end - i - 1));
            i = end;
        } else {
            if (glob[i] == u'\\' && i + 1 < glob.size())
                ++i;
            pattern += QRegularExpression::escape(QString(glob[i]));
        }
    }
    return pattern;
}

} // namespace

FileRules::FileRules(const QStringList &patterns)
{
    for (const QString &line : patterns) {
        QString glob = line.trimmed();
        if (glob.isEmpty() || glob.startsWith(u'#'))
            continue;
        Rule rule;
        if (glob.startsWith(u'!')) {
            rule.takesBack = true;
            glob.removeFirst();
        }
        if (glob.endsWith(u'/')) {
            rule.isForFolders = true;
            glob.chop(1);
        }
        // A slash inside ties the pattern to the folder of the rules.
        const bool isAnchored = glob.contains(u'/');
        if (glob.startsWith(u'/'))
            glob.removeFirst();
        const QString pattern = (isAnchored ? QString() : u"(?:.*/)?"_s) + regularExpressionFor(glob);
        rule.pattern = QRegularExpression(QRegularExpression::anchoredPattern(pattern));
        if (rule.pattern.isValid())
            m_rules.push_back(std::move(rule));
    }
}

FileRules FileRules::fromFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return FileRules(QString::fromUtf8(file.read(1 << 20)).split(u'\n'));
}

FileRules::Verdict FileRules::verdict(const QString &path, bool isFolder) const
{
    Verdict verdict = Verdict::None;
    for (const Rule &rule : m_rules) {
        if ((!rule.isForFolders || isFolder) && rule.pattern.match(path).hasMatch())
            verdict = rule.takesBack ? Verdict::TakenBack : Verdict::Match;
    }
    return verdict;
}

} // namespace quintet::knowledge
