// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/encoding.h"

#include <QStringConverter>
#include <QUtf8StringView>

#include <uchardet.h>

#include <memory>

namespace quintet::document {

namespace {

constexpr qsizetype lookedAt = 1 << 20;

/// UTF-16 without a mark shows in Western and most other text by its zero or small high bytes on one side.
QByteArray utf16ByZeros(QByteArrayView head)
{
    qsizetype zeros[2] = {0, 0};
    for (qsizetype i = 0; i < head.size(); ++i)
        zeros[i % 2] += head[i] == '\0' ? 1 : 0;
    const qsizetype pairs = head.size() / 2;
    if (pairs < 2)
        return {};
    if (zeros[1] * 10 > pairs * 2 && zeros[0] * 50 < pairs)
        return "UTF-16LE";
    if (zeros[0] * 10 > pairs * 2 && zeros[1] * 50 < pairs)
        return "UTF-16BE";
    return {};
}

/// More controls than a stray one here and there: no text of a one-byte encoding or UTF-8.
bool hasControls(QByteArrayView head)
{
    qsizetype controls = 0;
    for (const char c : head) {
        const auto byte = static_cast<unsigned char>(c);
        const bool ordinary = byte >= 0x20 || byte == '\n' || byte == '\r' || byte == '\t' || byte == '\f'
                              || byte == 0x1B || byte == 0x1A;
        controls += ordinary ? 0 : 1;
    }
    return controls * 100 > head.size();
}

QByteArray guessed(QByteArrayView head)
{
    const std::unique_ptr<std::remove_pointer_t<uchardet_t>, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                                                  &uchardet_delete);
    if (!detector)
        return {};
    if (uchardet_handle_data(detector.get(), head.data(), size_t(head.size())) != 0)
        return {};
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

} // namespace

QByteArray detectedEncoding(const QByteArray &bytes)
{
    if (const auto marked = QStringConverter::encodingForData(bytes))
        return QStringConverter::nameForEncoding(*marked);
    const QByteArrayView head = QByteArrayView(bytes).first(std::min(bytes.size(), lookedAt));
    if (const QByteArray wide = utf16ByZeros(head); !wide.isEmpty())
        return wide;
    if (hasControls(head))
        return {};
    if (QUtf8StringView(bytes).isValidUtf8())
        return "UTF-8";
    const QByteArray name = guessed(head);
    // ASCII is what uchardet says of a head before the first other byte.
    if (!name.isEmpty() && name != "ASCII" && name != "UTF-8" && QStringDecoder(name.constData()).isValid())
        return name;
    return "windows-1252";
}

std::optional<QString> decodedText(const QByteArray &bytes, const QString &named)
{
    QByteArray encoding = detectedEncoding(bytes);
    const bool isCertain = encoding.startsWith("UTF");
    if (!isCertain && !named.isEmpty() && QStringDecoder(named.toLatin1().constData()).isValid())
        encoding = named.toLatin1();
    if (encoding.isEmpty())
        return std::nullopt;
    QStringDecoder decoder(encoding.constData());
    if (!decoder.isValid())
        return QString::fromLatin1(bytes);
    QString text = decoder.decode(bytes);
    return text;
}

} // namespace quintet::document
