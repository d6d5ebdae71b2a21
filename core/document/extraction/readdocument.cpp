// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/readdocument.h"

#include "document/containers/archivereader.h"
#include "document/containers/mailreader.h"
#include "document/extraction/input.h"
#include "document/office/epubreader.h"
#include "document/office/opendocumentreader.h"
#include "document/office/slidesreader.h"
#include "document/office/wordreader.h"
#include "document/office/workbookreader.h"
#include "document/pdf/pdfreader.h"
#include "document/readers/datareader.h"
#include "document/readers/delimitedreader.h"
#include "document/readers/format.h"
#include "document/readers/htmlreader.h"
#include "document/readers/latexreader.h"
#include "document/readers/markupreader.h"
#include "document/readers/rtfreader.h"
#include "document/readers/subtitlereader.h"
#include "document/readers/textreader.h"
#include "document/readers/xmlreader.h"
#include "text/language.h"

#include <QCoreApplication>

namespace quintet::document {

namespace {

using Reader = Result<Document> (*)(const Content &, const Reading &);

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

Result<Document> refuseImage(const Content &content, const Reading &)
{
    return needsRecognition(
        tr("“%1” is an image, whose text can be read only where the program Tesseract is installed. "
           "Install tesseract-ocr, then try again."),
        content.name, 0);
}

Reader readerOf(Format format)
{
    switch (format) {
    case Format::Text: return readPlainText;
    case Format::Code: return readCode;
    case Format::Markdown: return readMarkdown;
    case Format::RestructuredText: return readRestructuredText;
    case Format::Org: return readOrg;
    case Format::AsciiDoc: return readAsciiDoc;
    case Format::Latex: return readLatex;
    case Format::Html: return readHtml;
    case Format::Rtf: return readRtf;
    case Format::Delimited: return readDelimited;
    case Format::Json: return readJson;
    case Format::JsonLines: return readJsonLines;
    case Format::Notebook: return readNotebook;
    case Format::Xml: return readXml;
    case Format::Subtitles: return readSubtitles;
    case Format::Pdf: return readPdf;
    case Format::Word: return readWord;
    case Format::Slides: return readSlides;
    case Format::Workbook: return readWorkbook;
    case Format::OpenDocument: return readOpenDocument;
    case Format::Epub: return readEpub;
    case Format::Image: return refuseImage;
    case Format::Message: return readMessage;
    case Format::Mailbox: return readMailbox;
    case Format::Zip: return readZip;
    case Format::Tar: return readTar;
    }
    Q_UNREACHABLE();
}

/// Formats that are gone through without being held in memory whole.
bool isRead(Format format, qsizetype size)
{
    return format == Format::Pdf || size <= maximumText;
}

Result<Document> read(const Content &content, const Reading &reading)
{
    const auto format = formatOf(content);
    if (!format)
        return std::unexpected(format.error());
    if (!isRead(*format, content.bytes.size()))
        return badInput(tr("“%1” is too large: %2 MB, where at most %3 MB can be read. Split it, or give a part of it.")
                            .arg(QStringLiteral("%1"), QString::number(content.bytes.size() >> 20),
                                 QString::number(maximumText >> 20)),
                        content.name);
    Result<Document> document = readerOf(*format)(content, reading);
    if (reading.token.stop_requested())
        return std::unexpected(cancelledError());
    if (!document)
        return document;
    if (!document->date.isValid())
        document->date = content.changed;
    if (document->language.isEmpty())
        document->language = text::guessLanguage(document->text);
    return document;
}

} // namespace

Result<Document> readDocument(const Content &content, Reading reading)
{
    if (reading.token.stop_requested())
        return std::unexpected(cancelledError());
    reading.readNested = readDocument;
    try {
        return read(content, reading);
    } catch (const std::exception &exception) {
        // Memory, or a library that throws: nothing is known of the file but that it could not be read.
        return badInput(
            tr("“%1” could not be read: it needs more memory than there is, or is damaged. Try a smaller part of it."),
            content.name, QString::fromUtf8(exception.what()));
    }
}

} // namespace quintet::document
