// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/linedecoder.h"

#include <vector>

namespace quintet::net {

struct SseEvent {
    QByteArray name; ///< empty for the default, "message"
    QByteArray data; ///< the data lines, joined by LF

    bool operator==(const SseEvent &) const = default;
};

/// Bytes in, server-sent events out (WHATWG HTML, "Server-sent events", section 9.2.6). Comments and pings are
/// skipped, a byte order mark is dropped, and unlike a browser it hands over a last event that no blank line ends,
/// since servers leave it out. Not thread-safe.
class SseDecoder final {
public:
    /// The events that `bytes` completed. Fails with Protocol on an endless line.
    Result<std::vector<SseEvent>> feed(QByteArrayView bytes);

    /// The events that were still open at the end of the stream: one at most.
    std::vector<SseEvent> finish();

private:
    void takeLine(QByteArrayView line, std::vector<SseEvent> &events);
    void dispatch(std::vector<SseEvent> &events);

    LineDecoder m_lines;
    SseEvent m_event;
    bool m_hasData = false;
    bool m_atStart = true;
};

} // namespace quintet::net
