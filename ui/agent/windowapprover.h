// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/loop/approver.h"

namespace quintet {
class Wake;
}

namespace quintet::ui {

/// Waits for the user's word in the window. Lives on the engine thread, but for making and destroying it.
class WindowApprover final : public agent::Approver {
public:
    Task<Result<agent::Approval>> ask(agent::ApprovalWish wish, CancelToken token) override;

    /// The word on the call that waits; on any other it is dropped.
    void answer(const QString &call, const agent::Approval &approval);

private:
    QString m_call;
    std::optional<agent::Approval> m_answer;
    Wake *m_wake = nullptr; ///< while it waits
};

} // namespace quintet::ui
