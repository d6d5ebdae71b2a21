// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/exchange/chatimport.h"

#include "chat/exchange/foreignchats.h"

#include <KZip>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 largestJson = 4LL << 30; // bytes; no export comes near it

QString tr(const char *text)
{
    return QCoreApplication::translate("chat", text);
}

/// Takes conversations out of JSON, of which there may be gigabytes: only one entry at a time becomes a tree in memory.
class Reader final {
public:
    Reader(const std::function<Result<void>(ChatFile)> &take, CancelToken token)
        : m_take(take),
          m_token(std::move(token))
    {
    }

    void read(QByteArrayView json)
    {
        if (json.startsWith("\xef\xbb\xbf"))
            json = json.sliced(3);
        json = json.trimmed();
        if (json.startsWith('['))
            readArray(json.sliced(1));
        else
            readLines(json);
    }

    const Imported &imported() const { return m_imported; }
    const std::optional<Error> &failure() const { return m_failure; } ///< of whoever takes conversations

private:
    /// The objects of an array, told apart by their braces: an array that breaks off gives those before the break.
    void readArray(QByteArrayView json)
    {
        int depth = 0;
        bool isString = false;
        qsizetype start = 0;
        for (qsizetype i = 0; i < json.size() && !m_token.stop_requested(); ++i) {
            const char c = json[i];
            if (isString) {
                i += c == '\\' ? 1 : 0;
                isString = c != '"';
            } else if (c == '"') {
                isString = true;
            } else if (c == '{') {
                start = depth++ == 0 ? i : start;
            } else if (c == '}' && --depth == 0) {
                readEntry(json.sliced(start, i + 1 - start));
            } else if (c == ']' && depth == 0) {
                return;
            }
        }
        m_imported.isDamaged = true;
    }

    /// One object, or one a line.
    void readLines(QByteArrayView json)
    {
        QJsonParseError error;
        const QJsonDocument whole = QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), json.size()), &error);
        if (error.error == QJsonParseError::NoError)
            return take(whole.object());
        while (!json.isEmpty() && !m_token.stop_requested()) {
            const qsizetype end = json.indexOf('\n');
            const QByteArrayView line = end < 0 ? json : json.first(end);
            json = end < 0 ? QByteArrayView() : json.sliced(end + 1);
            if (!line.trimmed().isEmpty())
                readEntry(line);
        }
    }

    void readEntry(QByteArrayView json)
    {
        QJsonParseError error;
        const QJsonDocument entry = QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), json.size()), &error);
        if (error.error != QJsonParseError::NoError)
            m_imported.isDamaged = true;
        else
            take(entry.object());
    }

    void take(const QJsonObject &entry)
    {
        std::optional<ChatFile> chat = chatFrom(entry);
        if (!chat || chat->conversation.isEmpty()) {
            ++m_imported.passedOver;
            return;
        }
        if (m_failure)
            return;
        if (const Result<void> taken = m_take(std::move(*chat)); taken)
            ++m_imported.conversations;
        else
            m_failure = taken.error();
    }

    const std::function<Result<void>(ChatFile)> &m_take;
    CancelToken m_token;
    Imported m_imported;
    std::optional<Error> m_failure;
};

/// The files in an archive that hold conversations, wherever they lie in it.
std::vector<const KArchiveFile *> conversationFiles(const KArchiveDirectory *folder)
{
    std::vector<const KArchiveFile *> files;
    for (const QString &name : folder->entries()) {
        const KArchiveEntry *const entry = folder->entry(name);
        if (entry->isDirectory()) {
            const auto below = conversationFiles(static_cast<const KArchiveDirectory *>(entry));
            files.insert(files.end(), below.begin(), below.end());
        } else if (name.startsWith("conversations"_L1) && name.endsWith(".json"_L1)) {
            files.push_back(static_cast<const KArchiveFile *>(entry));
        }
    }
    return files;
}

Result<void> readZip(const QString &path, Reader &reader)
{
    KZip archive(path);
    if (!archive.open(QIODevice::ReadOnly))
        return failure(ErrorKind::BadInput, tr("%1 is a damaged archive.").arg(path));
    for (const KArchiveFile *file : conversationFiles(archive.directory())) {
        if (file->size() > largestJson)
            return failure(ErrorKind::BadInput, tr("%1 holds more than 4 GB of conversations.").arg(path));
        reader.read(file->data());
    }
    return {};
}

} // namespace

Result<Imported> importChats(const QString &path, const std::function<Result<void>(ChatFile)> &take, CancelToken token)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::BadInput, tr("%1 cannot be read: %2").arg(path, file.errorString()));
    if (file.size() > largestJson)
        return failure(ErrorKind::BadInput, tr("%1 is larger than 4 GB.").arg(path));
    Reader reader(take, token);
    if (file.peek(2) == "PK") {
        if (auto read = readZip(path, reader); !read)
            return std::unexpected(read.error());
    } else if (const uchar *bytes = file.map(0, file.size())) {
        reader.read(QByteArrayView(bytes, file.size()));
    }
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    if (reader.failure())
        return std::unexpected(*reader.failure());
    if (reader.imported().conversations == 0) {
        return failure(
            ErrorKind::BadInput,
            tr("There is no conversation in %1. Quintet reads the exports of ChatGPT, Claude and Open WebUI, "
               "chat-completions JSON, and its own.")
                .arg(path));
    }
    return reader.imported();
}

Result<Imported> importChats(const QString &path, ConversationStore &conversations, AttachmentStore &attachments,
                             CancelToken token)
{
    return importChats(
        path,
        [&](const ChatFile &file) {
            // Waiting here bounds what is in memory by one conversation, however large the file is.
            QFuture<Result<void>> kept = keepChatFile(conversations, attachments, file);
            kept.waitForFinished();
            return kept.result();
        },
        token);
}

} // namespace quintet::chat
