// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/ssedecoder.h"

#include <QCoreApplication>

namespace quintet::net {

Result<std::vector<SseEvent>> SseDecoder::feed(QByteArrayView bytes)
{
    std::vector<SseEvent> events;
    const auto fed = m_lines.feed(bytes, [this, &events](QByteArrayView line) { takeLine(line, events); });
    if (!fed)
        return std::unexpected(fed.error());
    if (m_event.data.size() > LineDecoder::defaultLongestLine) {
        return failure(ErrorKind::Protocol,
                       QCoreApplication::translate("net", "The server sent an event without end; the "
                                                          "answer was given up. Check that the address "
                                                          "is a model server's."));
    }
    return events;
}

std::vector<SseEvent> SseDecoder::finish()
{
    std::vector<SseEvent> events;
    m_lines.finish([this, &events](QByteArrayView line) { takeLine(line, events); });
    dispatch(events);
    return events;
}

void SseDecoder::takeLine(QByteArrayView line, std::vector<SseEvent> &events)
{
    if (m_atStart) {
        m_atStart = false;
        if (line.startsWith("\xEF\xBB\xBF"))
            line = line.sliced(3);
    }
    if (line.isEmpty()) {
        dispatch(events);
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return; // a comment
    const QByteArrayView field = colon < 0 ? line : line.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    if (field == "data") {
        if (m_hasData)
            m_event.data.append('\n');
        m_event.data.append(value);
        m_hasData = true;
    } else if (field == "event") {
        m_event.name = value.toByteArray();
    }
}

void SseDecoder::dispatch(std::vector<SseEvent> &events)
{
    if (m_hasData)
        events.push_back(std::move(m_event));
    m_event = {};
    m_hasData = false;
}

} // namespace quintet::net
