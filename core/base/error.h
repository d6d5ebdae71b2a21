// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace quintet {

/// What went wrong, named after what the user can do next.
enum class ErrorKind {
    Unauthorized,   ///< the key is missing or refused: give another
    RateLimited,    ///< too fast: wait, then again
    Quota,          ///< credit or daily quota used up: top up, or another endpoint
    ContextTooLong, ///< the text does not fit the model: shorten, or a larger model
    Refused,        ///< the model or server declined this request: change it
    Network,        ///< the server could not be reached or hung up: check it, again
    Timeout,        ///< no answer in time: again, or raise the limit
    BadInput,       ///< this file, text or argument cannot be used: give another
    NeedsModel,     ///< the built-in engine cannot do this: connect a model
    Budget,         ///< a spending limit would be passed: raise it
    Storage,        ///< the disk or database refused: free space, check rights
    Corrupt,        ///< kept data is damaged: restore a backup
    Protocol,       ///< the server's answer was not understood: check the endpoint
    Unavailable,    ///< the server is overloaded or still loading: wait, then again
    Cancelled,      ///< the user stopped it; never shown as a failure
};

/// A failure as a value. `message` is for a person and names what failed, why, and what can be done; `detail` is
/// for the log. Both are redacted when the error is made, so that no secret travels in one. Thread-safe to copy.
struct Error {
    Error() = default;
    Error(ErrorKind kind, const QString &message, const QString &detail = {});

    ErrorKind kind = ErrorKind::Protocol;
    QString message;
    int http = 0;                                        ///< status of the response, 0 if there was none
    std::optional<std::chrono::milliseconds> retryAfter; ///< the wait that the server asked for
    std::optional<bool> shouldRetry;                     ///< the server's own word on retrying, if it gave one
    QString requestId;                                   ///< the server's name for the request, if it gave one
    QString detail;

    bool operator==(const Error &) const = default;
};

/// The kind as it is printed in JSON: lower camel case, "needsModel".
QString nameOf(ErrorKind kind);

/// The kind of that name; Protocol for a name that is none.
ErrorKind kindNamed(const QString &name);

/// `text` with anything that looks like a key, token, password or authorization replaced by "[redacted]".
QString redacted(const QString &text);

/// Takes this very secret out of `error`, whatever it looks like: servers echo the key they were sent.
void hideSecret(Error &error, const QString &secret);

} // namespace quintet

Q_DECLARE_METATYPE(quintet::Error)
