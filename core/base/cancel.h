// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

class QObject;

namespace quintet {

/// Whoever may stop a work holds the source; whoever does the work holds the token, and stops within 100 ms.
using CancelSource = std::stop_source;
using CancelToken = std::stop_token;

/// The error that stopped work ends with.
Error cancelledError();

/// Calls `action` on the thread of `context` once `token` is cancelled, at once if it already is (still through
/// the event loop). Nothing is called after this object is destroyed on that thread. Must not outlive `context`.
class OnCancel final {
public:
    OnCancel(CancelToken token, QObject *context, std::function<void()> action);

private:
    std::shared_ptr<std::function<void()>> m_action;
    std::optional<std::stop_callback<std::function<void()>>> m_callback;
};

} // namespace quintet
