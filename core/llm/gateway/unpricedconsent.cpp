// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/unpricedconsent.h"

#include "llm/gateway/gatewaysettings.h"

#include <QFutureWatcher>

#include <qcorosignal.h>

namespace quintet::llm {

namespace {

Task<bool> isYes(QFuture<bool> answer)
{
    QFutureWatcher<bool> watcher;
    watcher.setFuture(answer);
    if (!watcher.isFinished())
        co_await qCoro(&watcher, &QFutureWatcherBase::finished);
    co_return answer.resultCount() > 0 && answer.result();
}

} // namespace

Task<bool> UnpricedConsent::ask(QString model, QString run)
{
    if (!m_asker || m_refused.contains({model, run}))
        co_return false;
    const bool isFirst = !m_open.contains(model);
    if (isFirst)
        m_open.insert(model, m_asker(model));
    const std::weak_ptr<void> life = m_life;
    const bool isAllowed = co_await isYes(m_open.value(model));
    if (life.expired())
        co_return false;
    if (isFirst)
        m_open.remove(model);
    if (!isAllowed && !run.isEmpty())
        m_refused.insert({model, run});
    co_return isAllowed &&m_settings.allowUnpriced(model).has_value();
}

} // namespace quintet::llm
