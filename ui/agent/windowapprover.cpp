// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/windowapprover.h"

#include "base/wake.h"

#include <qcorosignal.h>

namespace quintet::ui {

Task<Result<agent::Approval>> WindowApprover::ask(agent::ApprovalWish wish, CancelToken token)
{
    Wake wake;
    const OnCancel onCancel(token, &wake, [&wake] { wake.wakeLater(); });
    m_wake = &wake;
    m_call = wish.call.id;
    m_answer.reset();
    while (!m_answer && !token.stop_requested())
        co_await qCoro(&wake, &Wake::woken);
    m_wake = nullptr;
    if (!m_answer)
        co_return std::unexpected(cancelledError());
    co_return *m_answer;
}

void WindowApprover::answer(const QString &call, const agent::Approval &approval)
{
    if (!m_wake || call != m_call)
        return;
    m_answer = approval;
    m_wake->wakeLater();
}

} // namespace quintet::ui
