// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/unpricedconsent.h"

#include "base/wake.h"
#include "llm/gateway/gatewaysettings.h"

#include <QFutureWatcher>

#include <qcorosignal.h>

namespace quintet::llm {

namespace {

using namespace std::chrono_literals;

constexpr auto oneBreath = 10s;

/// Until there is an answer, or nobody waits for it any more.
Task<void> waitFor(QFuture<bool> answer, CancelToken token)
{
    if (answer.isFinished() || token.stop_requested())
        co_return;
    Wake wake;
    QFutureWatcher<bool> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &wake, &Wake::wakeLater);
    watcher.setFuture(answer);
    const OnCancel onCancel(token, &wake, [&wake] { wake.wakeLater(); });
    co_await qCoro(&wake, &Wake::woken);
}

} // namespace

Task<Result<void>> UnpricedConsent::ask(QString model, QString run, CancelToken token)
{
    const std::weak_ptr<void> life = m_life;
    const auto isOver = [&life, &token] { return life.expired() || token.stop_requested(); };
    while (m_question && m_question->model != model) { // one at a time
        co_await waitFor(m_question->answer, token);
        if (isOver())
            co_return std::unexpected(cancelledError());
    }
    const auto refused = m_refused.constFind({model, run});
    if (!m_asker || (refused != m_refused.cend() && !refused->hasExpired()))
        co_return Result<void>();
    if (!m_question)
        m_question = std::make_shared<Question>(model, m_asker(model));
    const std::shared_ptr<Question> question = m_question;
    while (!question->answer.isFinished()) {
        co_await waitFor(question->answer, token);
        if (isOver())
            co_return std::unexpected(cancelledError());
    }
    if (m_question == question)
        m_question.reset();
    if (question->answer.resultCount() > 0 && question->answer.result())
        co_return m_settings.allowUnpriced(model);
    if (!run.isEmpty())
        m_refused.insert({model, run}, QDeadlineTimer(oneBreath));
    co_return Result<void>();
}

} // namespace quintet::llm
