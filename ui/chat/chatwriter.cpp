// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatwriter.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

QByteArray pdfOf(const chat::ChatFile &file)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins({18, 18, 18, 18}, QPageLayout::Millimeter);
    writer.setTitle(file.conversation.title());
    QTextDocument document;
    document.setHtml(QString::fromUtf8(chat::exported(file, chat::ExportFormat::Html)));
    document.print(&writer);
    buffer.close();
    return bytes;
}

QByteArray bytesFor(const QString &path, const chat::ChatFile &file)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == u"pdf")
        return pdfOf(file);
    if (path.endsWith(u"messages.json"_s, Qt::CaseInsensitive))
        return chat::exported(file, chat::ExportFormat::ChatCompletions);
    return chat::exported(file, chat::exportFormatFrom(ending).value_or(chat::ExportFormat::Markdown));
}

} // namespace

Result<void> writeChat(const QString &path, const chat::ChatFile &file)
{
    QSaveFile output(path);
    const QByteArray bytes = bytesFor(path, file);
    if (!output.open(QIODevice::WriteOnly) || output.write(bytes) != bytes.size() || !output.commit()) {
        return failure(ErrorKind::Storage, QCoreApplication::translate("quintet::ui::Chat", "%1 cannot be written: %2")
                                               .arg(path, output.errorString()));
    }
    return {};
}

} // namespace quintet::ui
