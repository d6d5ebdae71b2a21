// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/upload.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMimeDatabase>

#include <gmime/gmime.h>

#include <memory>
#include <mutex>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

struct Releaser {
    void operator()(gpointer object) const { g_object_unref(object); }
};

template<typename T>
using Owned = std::unique_ptr<T, Releaser>;

QByteArray mimeOf(const Exchange &exchange)
{
    return exchange.header("Content-Type").split(';').first().trimmed().toLower();
}

/// What comes from outside names a file, never a place.
QString nameOnly(const QString &name)
{
    return QFileInfo(QString(name).replace(u'\\', u'/')).fileName();
}

QByteArray bytesOf(GMimePart *part)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    if (!content)
        return {};
    const Owned<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, stream.get());
    const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return bytes ? QByteArray(reinterpret_cast<const char *>(bytes->data), qsizetype(bytes->len)) : QByteArray();
}

QList<UploadedFile> filesOfForm(const QByteArray &contentType, const QByteArray &body)
{
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
    const QByteArray whole = "MIME-Version: 1.0\r\nContent-Type: " + contentType + "\r\n\r\n" + body;
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(whole.constData(), size_t(whole.size())));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Owned<GMimeObject> object(g_mime_parser_construct_part(parser.get(), nullptr));
    QList<UploadedFile> files;
    if (!object || !GMIME_IS_MULTIPART(object.get()))
        return files;
    auto *form = GMIME_MULTIPART(object.get());
    for (int i = 0; i < g_mime_multipart_get_count(form); ++i) {
        GMimeObject *each = g_mime_multipart_get_part(form, i);
        const char *name = g_mime_object_get_content_disposition_parameter(each, "filename");
        if (name && GMIME_IS_PART(each))
            files.append({nameOnly(QString::fromUtf8(name)), bytesOf(GMIME_PART(each))});
    }
    return files;
}

} // namespace

bool hasFiles(const Exchange &exchange)
{
    const QByteArray mime = mimeOf(exchange);
    // curl calls what it is given with -d a form unless told otherwise.
    return !mime.isEmpty() && mime != "application/json" && mime != "application/x-www-form-urlencoded";
}

Result<QList<UploadedFile>> filesIn(const Exchange &exchange)
{
    const QByteArray mime = mimeOf(exchange);
    QList<UploadedFile> files;
    if (mime == "multipart/form-data") {
        files = filesOfForm(exchange.header("Content-Type"), exchange.body());
    } else if (!exchange.body().isEmpty()) {
        const QString ending = QMimeDatabase().mimeTypeForName(QString::fromLatin1(mime)).preferredSuffix();
        const QString name = nameOnly(exchange.query(u"name"_s));
        files.append({name.isEmpty() ? u"upload."_s + (ending.isEmpty() ? u"txt"_s : ending) : name, exchange.body()});
    }
    if (files.isEmpty())
        return failure(ErrorKind::BadInput, tr("No file was sent. With curl: -F file=@report.pdf"));
    return files;
}

} // namespace quintet::serve
