// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/store/attachmentstore.h"

#include "document/worker/protocol.h"

#include <QCoreApplication>
#include <QSqlQuery>

namespace quintet::chat {

using namespace Qt::StringLiterals;

QFuture<Result<void>> AttachmentStore::put(const QString &hash, const AttachmentContent &content)
{
    const QByteArray facts = content.image.isEmpty() ? document::factsBytes(content.document) : QByteArray("");
    return m_database.writer().write([hash, content, facts](store::Connection &connection) {
        return connection.execute(u"INSERT INTO attachment (hash, added, text, facts, image) VALUES (?, ?, ?, ?, ?) "
                                  "ON CONFLICT (hash) DO UPDATE SET added = excluded.added"_s,
                                  {hash, QDateTime::currentMSecsSinceEpoch(),
                                   content.document.text.isNull() ? u""_s : content.document.text, facts,
                                   content.image.isNull() ? QByteArray("") : content.image});
    });
}

Result<AttachmentContent> AttachmentStore::find(const Attachment &attachment) const
{
    std::optional<AttachmentContent> content;
    const auto read = m_database.reader().and_then([&](store::Connection connection) {
        return connection.select(u"SELECT text, facts, image FROM attachment WHERE hash = ?"_s, {attachment.hash},
                                 [&](const QSqlQuery &row) {
                                     content.emplace();
                                     content->image = row.value(2).toByteArray();
                                     if (content->image.isEmpty())
                                         content->document = document::documentFrom(row.value(1).toByteArray(),
                                                                                    row.value(0).toString().toUtf8())
                                                                 .value_or(document::Document());
                                 });
    });
    if (!read)
        return std::unexpected(read.error());
    if (!content) {
        return failure(ErrorKind::BadInput,
                       QCoreApplication::translate("chat", "The content of %1 is no longer there. Attach it again.")
                           .arg(attachment.name));
    }
    return std::move(*content);
}

} // namespace quintet::chat
