// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/answering/attachments.h"

#include "base/onpool.h"
#include "text/tokenestimate.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 largestImage = 20LL << 20; // bytes; what servers take at most

QString tr(const char *text)
{
    return QCoreApplication::translate("chat", text);
}

/// The kind of picture that begins with these bytes, of those that models read; empty for anything else.
QString imageType(const QByteArray &head)
{
    if (head.startsWith("\x89PNG\r\n\x1a\n"))
        return u"image/png"_s;
    if (head.startsWith("\xff\xd8\xff"))
        return u"image/jpeg"_s;
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a"))
        return u"image/gif"_s;
    if (head.startsWith("RIFF") && head.mid(8, 4) == "WEBP")
        return u"image/webp"_s;
    return {};
}

/// The bytes that tell what a source is, and the hash that names its content.
struct Looked {
    QByteArray image; ///< all of it where it is a picture
    QString imageType;
    QString hash;
};

Result<Looked> look(const document::Source &source)
{
    QByteArray bytes = source.bytes;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    Looked looked;
    if (!source.path.isEmpty()) {
        // A pipe or a device may never end.
        if (const QFileInfo info(source.path); info.exists() && !info.isFile())
            return failure(ErrorKind::BadInput, tr("%1 is no file that can be read.").arg(source.path));
        QFile file(source.path);
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::BadInput, tr("%1 cannot be read: %2").arg(source.path, file.errorString()));
        looked.imageType = imageType(file.peek(16));
        if (!looked.imageType.isEmpty() && file.size() <= largestImage)
            bytes = file.readAll();
        file.seek(0);
        if (!hash.addData(&file))
            return failure(ErrorKind::BadInput, tr("%1 cannot be read: %2").arg(source.path, file.errorString()));
        if (!looked.imageType.isEmpty() && file.size() > largestImage)
            return failure(
                ErrorKind::BadInput,
                tr("%1 is a picture of over 20 MB, more than models take. Make it smaller.").arg(source.path));
    } else {
        looked.imageType = imageType(bytes.left(16));
        hash.addData(bytes);
    }
    if (!looked.imageType.isEmpty())
        looked.image = bytes;
    looked.hash = QString::fromLatin1(hash.result().toHex());
    return looked;
}

} // namespace

Task<Result<Attachment>> Attachments::attach(document::Source source, bool isTemporary, CancelToken token)
{
    const Result<Looked> looked = co_await onPool([source] { return look(source); });
    if (!looked)
        co_return std::unexpected(looked.error());
    Attachment attachment{looked->hash, source.name, source.path, looked->imageType, 0};
    if (attachment.name.isEmpty())
        attachment.name = QFileInfo(source.path).fileName();
    AttachmentContent content{{}, looked->image};
    if (!attachment.isImage()) {
        Result<document::Document> document = co_await m_extractor.extract(source, token);
        if (!document)
            co_return std::unexpected(document.error());
        content.document = std::move(*document);
        attachment.mimeType = u"text/plain"_s;
        attachment.tokens = co_await onPool([text = content.document.text] { return text::estimateTokens(text); });
    }
    if (isTemporary) {
        m_temporary.insert(attachment.hash, content);
        co_return attachment;
    }
    const Result<void> kept = co_await valueOf(m_store.put(attachment.hash, content));
    if (!kept)
        co_return std::unexpected(kept.error());
    co_return attachment;
}

Task<Result<void>> Attachments::keep(std::vector<Attachment> attachments)
{
    for (const Attachment &attachment : attachments) {
        const auto kept = m_temporary.constFind(attachment.hash);
        if (kept == m_temporary.cend())
            continue;
        if (const Result<void> written = co_await valueOf(m_store.put(attachment.hash, *kept)); !written)
            co_return written;
    }
    co_return {};
}

Task<Result<AttachmentContent>> Attachments::content(Attachment attachment)
{
    if (const auto kept = m_temporary.constFind(attachment.hash); kept != m_temporary.cend())
        co_return *kept;
    co_return co_await onPool([this, attachment] { return m_store.find(attachment); });
}

} // namespace quintet::chat
