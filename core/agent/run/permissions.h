// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/tool.h"

namespace quintet::agent {

/// Whether a call is made.
enum class Verdict { Allow, Ask, Deny };

/// "allow", "ask", "deny".
QString nameOf(Verdict verdict);

/// A standing word of the user's on some calls.
struct Rule {
    QString tool;    ///< a name; "*" for any
    QString pattern; ///< with * and ?, for what the call touches, see subjectOf(); empty: any
    Verdict verdict = Verdict::Ask;

    bool operator==(const Rule &) const = default;
};

using Rules = std::vector<Rule>;

/// What a call touches, in one line: its path, address, statement or expression, else all of its arguments as JSON.
QString subjectOf(const QJsonObject &arguments);

/// Whether the call is made, and why it is asked for or denied.
struct Judgement {
    Verdict verdict = Verdict::Allow;
    QString reason; ///< for the user, in a sentence; empty where it is allowed

    bool operator==(const Judgement &) const = default;
};

/// A pure function. What is denied anywhere is denied; else the last rule that fits counts; without one, reading is
/// allowed, and writing and sending asks. `isAfterUntrusted`: words of others came in since the user last allowed
/// something; then
/// whatever writes or sends asks, since those words may have asked for it.
Judgement judge(const ToolFacts &facts, const QJsonObject &arguments, const Rules &rules, bool isAfterUntrusted);

} // namespace quintet::agent
