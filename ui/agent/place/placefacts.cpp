// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/place/placefacts.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QUrl>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("PlaceFacts", text);
}

} // namespace

QString shortPath(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.sliced(home.size()) : path;
}

QString databaseName(const QString &database)
{
    if (database.isEmpty())
        return {};
    if (database == u"sample")
        return tr("Sample shop · read-only");
    const QUrl url(database);
    const QString name =
        url.scheme().size() > 1 ? url.toString(QUrl::RemoveUserInfo | QUrl::RemoveScheme) : database.section(u'/', -1);
    return tr("%1 · read-only").arg(name);
}

double shareUsed(const agent::AgentRun &run)
{
    const agent::Limits &limits = run.spec().limits;
    if (run.spec().isReplay())
        return 0;
    double share = double(run.steps().size()) / std::max(1, limits.steps);
    if (limits.budget.tokens)
        share = std::max(share, double(run.spent().tokens) / double(std::max<qint64>(1, *limits.budget.tokens)));
    if (limits.budget.money && limits.budget.money->nanoDollars > 0)
        share = std::max(share, run.spent().money.dollars() / limits.budget.money->dollars());
    return share;
}

QString spentBy(const agent::AgentRun &run)
{
    const auto steps = run.steps().size();
    if (run.spec().isReplay())
        return tr("step %1 · no model, no cost").arg(steps);
    const agent::Limits &limits = run.spec().limits;
    const QString money = run.spent().isKnown ? display(run.spent().money) : tr("cost not known");
    const QString used = QLocale().toString(run.spent().tokens);
    const QString tokens = limits.budget.tokens
                               ? tr("%1 of %2 tokens").arg(used, QLocale().toString(*limits.budget.tokens))
                               : tr("%1 tokens").arg(used);
    return tr("step %1 of %2").arg(steps).arg(limits.steps) + u"    "_s
           + (limits.budget.money ? tr("%1 of %2").arg(money, display(*limits.budget.money))
                                  : tokens + u" · "_s + money);
}

} // namespace quintet::ui
