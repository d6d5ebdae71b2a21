// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/loop/approver.h"
#include "app/cli/output.h"

#include <QSet>

namespace quintet::cli {

/// Asks at the terminal. Without one, what the user allowed beforehand is allowed, and nothing else.
class TerminalApprover final : public agent::Approver {
public:
    /// `allowed`: the tools of --allow, by name.
    TerminalApprover(Output &output, QSet<QString> allowed) : m_output(output), m_allowed(std::move(allowed)) { }

    Task<Result<agent::Approval>> ask(agent::ApprovalWish wish, CancelToken token) override;

private:
    void show(const agent::ApprovalWish &wish);

    Output &m_output;
    QSet<QString> m_allowed;
};

} // namespace quintet::cli
