// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/calculate/engine/vocabulary.h"

#include <QCoreApplication>
#include <QDate>
#include <QRegularExpression>

#include <algorithm>
#include <libqalculate/qalculate.h>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr const char *outside[] = {"save",  "load",  "export", "command", "plot",    "register",
                                   "stack", "title", "error",  "warning", "message", "store"};

/// Words of the expression language itself, and forms of results that may follow "to".
constexpr const char *keywords[] = {"to",       "of",          "per",     "mod",       "rem",     "div",     "and",
                                    "or",       "xor",         "not",     "plus",      "minus",   "times",   "where",
                                    "hex",      "hexadecimal", "bin",     "binary",    "oct",     "octal",   "roman",
                                    "fraction", "fractions",   "factors", "base",      "bases",   "optimal", "mixed",
                                    "decimal",  "decimals",    "utc",     "calendars", "percent", "e",       "E"};

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

bool isAmong(const QString &word, const auto &list)
{
    return std::ranges::any_of(list, [&word](const char *one) { return word == QLatin1StringView(one); });
}

bool isUnit(const std::string &name)
{
    return CALCULATOR->getActiveUnit(name) || CALCULATOR->getCompositeUnit(name);
}

bool isPrefixedUnit(const std::string &word)
{
    return std::ranges::any_of(CALCULATOR->prefixes, [&word](Prefix *prefix) {
        for (size_t i = 1; i <= prefix->countNames(); ++i) {
            const std::string name = prefix->getName(i).name;
            if (word.size() > name.size() && word.starts_with(name) && isUnit(word.substr(name.size())))
                return true;
        }
        return false;
    });
}

bool isKnown(const QString &word)
{
    const std::string name = word.toStdString();
    if (isAmong(word, keywords) || CALCULATOR->getActiveVariable(name) || CALCULATOR->getActiveFunction(name)
        || isUnit(name) || isPrefixedUnit(name))
        return true;
    // "m2" is a square metre.
    static const QRegularExpression power(u"^(\\D+)[0-9]$"_s);
    const auto match = power.match(word);
    return match.hasMatch() && isKnown(match.captured(1));
}

/// What is neither inside of quotes nor a number: "1e5" holds no word.
QString withoutStringsAndNumbers(QString expression)
{
    static const QRegularExpression strings(u"\"[^\"]*\"|'[^']*'"_s);
    static const QRegularExpression numbers(u"(?<![\\p{L}\\d_])(0[xbo])?\\d[\\d.]*([eE][+-]?\\d+)?"_s);
    return expression.replace(strings, u" "_s).replace(numbers, u" "_s);
}

bool hasCommaOutsideOfParentheses(const QString &expression)
{
    int depth = 0;
    for (const QChar c : expression) {
        depth += (c == u'(' || c == u'[') - (c == u')' || c == u']');
        if (c == u',' && depth == 0)
            return true;
    }
    return false;
}

} // namespace

void forgetOutsideFunctions()
{
    for (const char *name : outside) {
        if (MathFunction *function = CALCULATOR->getFunction(name))
            function->setActive(false);
    }
}

Result<void> checkWords(const QString &expression)
{
    const QString rest = withoutStringsAndNumbers(expression);
    if (expression.contains(u":="_s))
        return failure(ErrorKind::BadInput,
                       tr("Nothing is kept between calculations: give values in \"variables\" in place of :=."));
    if (hasCommaOutsideOfParentheses(rest))
        return failure(ErrorKind::BadInput, tr("Write numbers without thousands separators: 48210.40, not 48,210.40."));
    static const QRegularExpression words(u"[\\p{L}_][\\p{L}\\p{N}_]*"_s);
    for (const auto &match : words.globalMatch(rest)) {
        const QString word = match.captured();
        if (isAmong(word.toLower(), outside))
            return failure(ErrorKind::BadInput, tr("The function %1 is not offered: calculations touch nothing "
                                                   "outside of themselves.")
                                                    .arg(word));
        if (!isKnown(word))
            return failure(
                ErrorKind::BadInput,
                tr("“%1” is no known unit, function or variable. Give its value in \"variables\".").arg(word));
    }
    return {};
}

QString readable(QString expression)
{
    static const QRegularExpression percentOf(u"%\\s*of\\b"_s);
    static const QRegularExpression date(u"(?<![\\d\"'-])(\\d{4}-\\d{2}-\\d{2})(?![\\d\"'-])"_s);
    expression.replace(percentOf, u"% *"_s);
    for (const auto &[sign, plain] : {std::pair(u'−', u'-'), std::pair(u'–', u'-'), std::pair(u'×', u'*'),
                                      std::pair(u'·', u'*'), std::pair(u'÷', u'/')})
        expression.replace(sign, plain);
    QString result;
    qsizetype end = 0;
    for (const auto &match : date.globalMatch(expression)) {
        const bool isDate = QDate::fromString(match.captured(1), Qt::ISODate).isValid();
        result += expression.sliced(end, match.capturedStart() - end);
        result += isDate ? u'"' + match.captured(1) + u'"' : match.captured(1);
        end = match.capturedEnd();
    }
    return result + expression.sliced(end);
}

} // namespace quintet::agent
