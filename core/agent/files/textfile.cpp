// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/files/textfile.h"

#include <QStringDecoder>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr QByteArrayView byteOrderMark = "\xEF\xBB\xBF";

} // namespace

std::optional<QString> plainText(const QByteArray &bytes)
{
    if (bytes.contains('\0'))
        return std::nullopt;
    QStringDecoder decode(QStringDecoder::Utf8); // drops a byte order mark
    QString text = decode(bytes);
    return decode.hasError() ? std::nullopt : std::optional(std::move(text));
}

QByteArray bytesOf(const QString &text, const QByteArray &former)
{
    return former.startsWith(byteOrderMark) ? byteOrderMark.toByteArray() + text.toUtf8() : text.toUtf8();
}

bool isMarkup(const QString &name)
{
    static const QStringList endings{u"html"_s, u"htm"_s,  u"xhtml"_s, u"rtf"_s,   u"eml"_s,  u"mbox"_s,
                                     u"fb2"_s,  u"fodt"_s, u"fods"_s,  u"ipynb"_s, u"mhtml"_s};
    return endings.contains(name.section(u'.', -1).toLower());
}

} // namespace quintet::agent
