// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <functional>

namespace quintet::net {

/// Bytes in, lines out: ends of line are LF, CR LF or CR, cut anywhere. Every byte is looked at once. Not
/// thread-safe; lives on one thread.
class LineDecoder final {
public:
    /// Gets a line without its end; the view is valid during the call.
    using Sink = std::function<void(QByteArrayView line)>;

    static constexpr qsizetype defaultLongestLine = 50 * 1024 * 1024;

    explicit LineDecoder(qsizetype longestLine = defaultLongestLine) : m_longestLine(longestLine) { }

    /// Decodes `bytes`. Fails with Protocol once a line is longer than allowed; the decoder
    /// is then of no further use.
    Result<void> feed(QByteArrayView bytes, const Sink &sink);

    /// Hands over a last line that had no end.
    void finish(const Sink &sink);

private:
    qsizetype m_longestLine;
    QByteArray m_rest;
    bool m_afterCarriageReturn = false;
};

} // namespace quintet::net
