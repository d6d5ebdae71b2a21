// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/sequentialbody.h"

#include <algorithm>

namespace quintet::net {

SequentialBody::SequentialBody(const QByteArray &bytes, QObject *parent) : QIODevice(parent), m_bytes(bytes)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 SequentialBody::readData(char *data, qint64 maximum)
{
    const qint64 count = std::min(maximum, m_bytes.size() - m_position);
    if (count <= 0)
        return -1;
    std::copy_n(m_bytes.constData() + m_position, count, data);
    m_position += count;
    return count;
}

} // namespace quintet::net
