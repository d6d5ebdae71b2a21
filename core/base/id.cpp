// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/id.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QtEndian>

#include <array>

namespace quintet {

QString makeId()
{
    const quint64 time = static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) & 0xffff'ffff'ffffU;
    QRandomGenerator *random = QRandomGenerator::system();
    const quint64 high = (time << 16) | 0x7000U | (random->generate() & 0x0fffU);
    const quint64 low = (random->generate64() & 0x3fff'ffff'ffff'ffffU) | 0x8000'0000'0000'0000U;
    const std::array parts{qToBigEndian(high), qToBigEndian(low)};
    return QString::fromLatin1(
        QByteArray::fromRawData(reinterpret_cast<const char *>(parts.data()), sizeof parts).toHex());
}

} // namespace quintet
