// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/run/permissions.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

bool fits(const Rule &rule, const QString &tool, const QString &subject)
{
    if (rule.tool != u"*" && rule.tool != tool)
        return false;
    if (rule.pattern.isEmpty())
        return true;
    // A pattern "reports/*" must not be passed by "reports/../../secret".
    if (subject.split(u'/').contains(u".."_s))
        return false;
    const auto expression = QRegularExpression::fromWildcard(rule.pattern, Qt::CaseSensitive,
                                                             QRegularExpression::NonPathWildcardConversion);
    return expression.isValid() && expression.match(subject).hasMatch();
}

} // namespace

QString nameOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Allow: return u"allow"_s;
    case Verdict::Ask: return u"ask"_s;
    case Verdict::Deny: return u"deny"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString subjectOf(const QJsonObject &arguments)
{
    for (const QString &name : {u"path"_s, u"url"_s, u"sql"_s, u"query"_s, u"expression"_s, u"table"_s, u"pattern"_s}) {
        if (const QJsonValue value = arguments[name]; value.isString() && !value.toString().isEmpty())
            return value.toString();
    }
    return arguments.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(arguments).toJson(QJsonDocument::Compact));
}

Judgement judge(const ToolFacts &facts, const QJsonObject &arguments, const Rules &rules, bool isAfterUntrusted)
{
    const QString subject = subjectOf(arguments);
    const Rule *last = nullptr;
    for (const Rule &rule : rules) {
        if (!fits(rule, facts.name, subject))
            continue;
        if (rule.verdict == Verdict::Deny)
            return {Verdict::Deny, tr("A rule of the user's denies it.")};
        last = &rule;
    }
    const bool hasEffect = facts.effect != Effect::Reads;
    if (hasEffect && isAfterUntrusted)
        return {Verdict::Ask, tr("Words of others were read before it, which may have asked for it.")};
    if (last && last->verdict == Verdict::Allow)
        return {};
    if (last)
        return {Verdict::Ask, tr("A rule of yours says to ask.")};
    if (facts.effect == Effect::Writes)
        return {Verdict::Ask, tr("It changes something on this computer.")};
    if (facts.effect == Effect::Sends)
        return {Verdict::Ask, tr("It sends words of yours to somebody else.")};
    return {};
}

} // namespace quintet::agent
