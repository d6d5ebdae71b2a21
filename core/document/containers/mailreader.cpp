// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/containers/mailreader.h"

#include "document/readers/htmlreader.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <gmime/gmime.h>

#include <mutex>

namespace quintet::document {

namespace {

constexpr int deepestParts = 50;
constexpr int mostMessages = 100'000;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

struct Releaser {
    void operator()(char *text) const { g_free(text); }
    void operator()(gpointer object) const { g_object_unref(object); }
};

/// Objects of GLib count their owners; this is one.
template<typename T>
using Owned = std::unique_ptr<T, Releaser>;

using OwnedText = Owned<char>;

QString addressesOf(InternetAddressList *list)
{
    if (!list)
        return {};
    const OwnedText text(internet_address_list_to_string(list, nullptr, FALSE));
    return QString::fromUtf8(text.get()).simplified();
}

QDateTime dateOf(GMimeMessage *message)
{
    GDateTime *date = g_mime_message_get_date(message);
    return date ? QDateTime::fromSecsSinceEpoch(g_date_time_to_unix(date), QTimeZone::UTC) : QDateTime();
}

/// The decoded bytes of a part.
QByteArray bytesOf(GMimePart *part)
{
    GMimeDataWrapper *wrapper = g_mime_part_get_content(part);
    if (!wrapper)
        return {};
    const Owned<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(wrapper, stream.get());
    const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return bytes ? QByteArray(reinterpret_cast<const char *>(bytes->data), qsizetype(bytes->len)) : QByteArray();
}

bool isType(GMimeObject *part, const char *type, const char *subtype)
{
    GMimeContentType *content = g_mime_object_get_content_type(part);
    return content && g_mime_content_type_is_type(content, type, subtype);
}

/// Writes messages into a builder.
class MailText final {
public:
    MailText(DocumentBuilder &builder, const Content &content, const Reading &reading)
        : m_builder(builder),
          m_content(content),
          m_reading(reading)
    {
        ++m_reading.depth;
    }

    void addMessage(GMimeMessage *message, int level)
    {
        const QString subject = QString::fromUtf8(g_mime_message_get_subject(message)).simplified();
        m_builder.addHeading(subject.isEmpty() ? tr("(no subject)") : subject, level);
        addField(tr("From: %1"), addressesOf(g_mime_message_get_from(message)));
        addField(tr("To: %1"), addressesOf(g_mime_message_get_to(message)));
        addField(tr("Cc: %1"), addressesOf(g_mime_message_get_cc(message)));
        if (const QDateTime date = dateOf(message); date.isValid())
            addField(tr("Date: %1"), date.toString(u"yyyy-MM-dd HH:mm 'UTC'"));
        m_builder.addGap();
        if (GMimeObject *part = g_mime_message_get_mime_part(message))
            addPart(part, level, 0);
        m_builder.addGap();
    }

private:
    void addField(const QString &label, const QString &value)
    {
        if (!value.isEmpty())
            m_builder.addLine(label.arg(value));
    }

    void addPart(GMimeObject *part, int level, int depth)
    {
        if (depth > deepestParts || m_builder.isFull() || m_reading.stops())
            return;
        if (GMIME_IS_MULTIPART(part)) {
            addMultipart(GMIME_MULTIPART(part), level, depth);
        } else if (GMIME_IS_MESSAGE_PART(part)) {
            if (GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)))
                addMessage(message, level + 1);
        } else if (GMIME_IS_PART(part)) {
            addLeaf(GMIME_PART(part), level);
        }
    }

    void addMultipart(GMimeMultipart *parts, int level, int depth)
    {
        const int count = g_mime_multipart_get_count(parts);
        if (isType(GMIME_OBJECT(parts), "multipart", "alternative")) {
            if (GMimeObject *best = bestOf(parts, count))
                addPart(best, level, depth + 1);
            return;
        }
        for (int i = 0; i < count; ++i)
            addPart(g_mime_multipart_get_part(parts, i), level, depth + 1);
    }

    /// Plain text where there is some, else the last one, which the sender liked best.
    static GMimeObject *bestOf(GMimeMultipart *parts, int count)
    {
        for (int i = 0; i < count; ++i) {
            GMimeObject *part = g_mime_multipart_get_part(parts, i);
            if (isType(part, "text", "plain") && !bytesOf(GMIME_PART(part)).trimmed().isEmpty())
                return part;
        }
        return count > 0 ? g_mime_multipart_get_part(parts, count - 1) : nullptr;
    }

    void addLeaf(GMimePart *part, int level)
    {
        const QString name = QString::fromUtf8(g_mime_part_get_filename(part));
        if (!name.isEmpty() || g_mime_part_is_attachment(part)) {
            addAttachment(part, name.isEmpty() ? tr("attachment") : name, level);
        } else if (GMIME_IS_TEXT_PART(part)) {
            const OwnedText text(g_mime_text_part_get_text(GMIME_TEXT_PART(part)));
            const QString words = QString::fromUtf8(text.get());
            if (!isType(GMIME_OBJECT(part), "text", "html"))
                m_builder.addVerbatim(words);
            else
                addPage(m_builder, words);
        }
    }

    void addAttachment(GMimePart *part, const QString &name, int level)
    {
        if (!m_reading.readNested || m_reading.depth > Reading::deepest || m_reading.allowance->documents-- <= 0)
            return;
        const QByteArray bytes = bytesOf(part);
        m_reading.allowance->bytes -= bytes.size();
        if (m_reading.allowance->bytes < 0)
            return;
        const auto document =
            m_reading.readNested({.name = name, .bytes = bytes, .password = m_content.password}, m_reading);
        if (document)
            m_builder.addDocument(*document, name, level + 1);
        else
            m_builder.addParagraph(tr("Attached, not read: %1").arg(name));
    }

    DocumentBuilder &m_builder;
    const Content &m_content;
    Reading m_reading;
};

Owned<GMimeParser> parserOf(const Content &content, GMimeFormat format)
{
    static std::once_flag once;
    std::call_once(once, g_mime_init);
    const Owned<GMimeStream> stream(
        g_mime_stream_mem_new_with_buffer(content.bytes.constData(), size_t(content.bytes.size())));
    Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    g_mime_parser_set_format(parser.get(), format);
    return parser;
}

} // namespace

Result<Document> readMessage(const Content &content, const Reading &reading)
{
    const auto parser = parserOf(content, GMIME_FORMAT_MESSAGE);
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (!message)
        return badInput(tr("“%1” is no readable message. Save it again, or give another file."), content.name);
    DocumentBuilder builder(QStringLiteral("eml"));
    Document &facts = builder.facts();
    facts.title = QString::fromUtf8(g_mime_message_get_subject(message.get()));
    facts.author = addressesOf(g_mime_message_get_from(message.get()));
    facts.date = dateOf(message.get());
    MailText(builder, content, reading).addMessage(message.get(), 1);
    if (reading.token.stop_requested())
        return std::unexpected(cancelledError());
    return builder.finish(content.name);
}

Result<Document> readMailbox(const Content &content, const Reading &reading)
{
    const auto parser = parserOf(content, GMIME_FORMAT_MBOX);
    DocumentBuilder builder(QStringLiteral("mbox"));
    MailText text(builder, content, reading);
    for (int count = 0; count < mostMessages && !builder.isFull() && !g_mime_parser_eos(parser.get()); ++count) {
        if (reading.stops())
            return std::unexpected(cancelledError());
        const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
        if (!message)
            break;
        text.addMessage(message.get(), 1);
    }
    return builder.finish(content.name);
}

} // namespace quintet::document
