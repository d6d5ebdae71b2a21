// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/linedecoder.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::net {

Result<void> LineDecoder::feed(QByteArrayView bytes, const Sink &sink)
{
    if (m_afterCarriageReturn && !bytes.isEmpty()) {
        // The CR already ended its line; an LF right behind it belongs to the same end.
        if (bytes.front() == '\n')
            bytes = bytes.sliced(1);
        m_afterCarriageReturn = false;
    }
    while (!bytes.isEmpty()) {
        const auto end = std::find_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; });
        const qsizetype length = end - bytes.begin();
        if (m_rest.size() + length > m_longestLine) {
            return failure(ErrorKind::Protocol,
                           QCoreApplication::translate("net", "The server sent a line of over %1 MB; the answer was "
                                                              "given up. Check that the address is a model server's.")
                               .arg(m_longestLine / (1024 * 1024)));
        }
        if (end == bytes.end()) {
            m_rest.append(bytes);
            return {};
        }
        if (m_rest.isEmpty()) {
            sink(bytes.first(length));
        } else {
            m_rest.append(bytes.first(length));
            sink(m_rest);
            m_rest.clear();
        }
        const bool carriageReturn = *end == '\r';
        bytes = bytes.sliced(length + 1);
        if (carriageReturn) {
            if (bytes.isEmpty())
                m_afterCarriageReturn = true;
            else if (bytes.front() == '\n')
                bytes = bytes.sliced(1);
        }
    }
    return {};
}

void LineDecoder::finish(const Sink &sink)
{
    if (!m_rest.isEmpty())
        sink(m_rest);
    m_rest.clear();
    m_afterCarriageReturn = false;
}

} // namespace quintet::net
