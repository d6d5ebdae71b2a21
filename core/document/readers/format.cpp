// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/format.h"

#include "document/readers/encoding.h"
#include "document/readers/htmlreader.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QSet>

namespace quintet::document {

namespace {

constexpr qsizetype headSize = 4096;
constexpr qsizetype zipEnd = 1 << 20; ///< of a ZIP file, where its directory stands

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

struct Signature {
    qsizetype offset;
    QByteArrayView bytes;
    const char *kind;
};

/// What has no text that can be read, and is named instead.
constexpr Signature refused[] = {
    {0,
     "\x7f"
     "ELF",
     QT_TRANSLATE_NOOP("document", "a program")},
    {0, "MZ\x90", QT_TRANSLATE_NOOP("document", "a Windows program")},
    {0, "\xca\xfe\xba\xbe", QT_TRANSLATE_NOOP("document", "a compiled program")},
    {0, "!<arch>\n", QT_TRANSLATE_NOOP("document", "an archive of compiled code or a package")},
    {8, "WAVE", QT_TRANSLATE_NOOP("document", "a sound file")},
    {0, "ID3", QT_TRANSLATE_NOOP("document", "a sound file")},
    {0, "fLaC", QT_TRANSLATE_NOOP("document", "a sound file")},
    {0, "OggS", QT_TRANSLATE_NOOP("document", "a sound or video file")},
    {4, "ftyp", QT_TRANSLATE_NOOP("document", "a video or image file")},
    {0, "\x1a\x45\xdf\xa3", QT_TRANSLATE_NOOP("document", "a video file")},
    {0, "7z\xbc\xaf", QT_TRANSLATE_NOOP("document", "a 7-Zip archive")},
    {0, "Rar!\x1a", QT_TRANSLATE_NOOP("document", "a RAR archive")},
    {0, "SQLite format 3", QT_TRANSLATE_NOOP("document", "a SQLite database")},
};

constexpr QByteArrayView imageSignatures[] = {"\x89PNG\r\n", "\xff\xd8\xff", "GIF87a",
                                              "GIF89a",      {"II*\0", 4},   {"MM\0*", 4}};

constexpr QByteArrayView compressed[] = {"\x1f\x8b", "BZh",
                                         "\xfd"
                                         "7zXZ",
                                         "\x28\xb5\x2f\xfd"};

bool startsWithOneOf(QByteArrayView head, const auto &signatures)
{
    return std::ranges::any_of(signatures, [head](QByteArrayView bytes) { return head.startsWith(bytes); });
}

/// Office formats are ZIP files; what is in them says which.
Format zipFormat(const Content &content)
{
    const QByteArrayView bytes = content.bytes;
    const QByteArrayView head = bytes.first(std::min(bytes.size(), headSize));
    const QByteArrayView tail = bytes.last(std::min(bytes.size(), zipEnd));
    const auto has = [&](QByteArrayView name) { return tail.contains(name) || head.contains(name); };
    if (head.contains("mimetypeapplication/epub+zip") || (has("META-INF/container.xml") && has(".opf")))
        return Format::Epub;
    if (head.contains("mimetypeapplication/vnd.oasis.opendocument") || (has("content.xml") && has("META-INF/manifest")))
        return Format::OpenDocument;
    if (has("[Content_Types].xml")) {
        if (has("word/document"))
            return Format::Word;
        if (has("ppt/presentation"))
            return Format::Slides;
        if (has("xl/workbook"))
            return Format::Workbook;
    }
    static const QHash<QString, Format> named{
        {QStringLiteral("docx"), Format::Word},        {QStringLiteral("pptx"), Format::Slides},
        {QStringLiteral("xlsx"), Format::Workbook},    {QStringLiteral("odt"), Format::OpenDocument},
        {QStringLiteral("ods"), Format::OpenDocument}, {QStringLiteral("odp"), Format::OpenDocument},
        {QStringLiteral("epub"), Format::Epub}};
    return named.value(QFileInfo(content.name).suffix().toLower(), Format::Zip);
}

/// The old office formats, and what wraps encrypted new ones (MS-CFB; the name of a stream is UTF-16).
std::unexpected<Error> compoundFile(const Content &content)
{
    const QByteArrayView start =
        QByteArrayView(content.bytes).first(std::min<qsizetype>(content.bytes.size(), 1 << 20));
    static constexpr QByteArrayView package("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
    const bool isEncrypted =
        start.contains(package)
        || QByteArrayView(content.bytes).last(std::min<qsizetype>(content.bytes.size(), 1 << 20)).contains(package);
    if (isEncrypted)
        return lockedByItsProgram(content.name);
    return badInput(tr("“%1” is a document of an old office program. Open it in an office program and save it as DOCX, "
                       "XLSX, PPTX or PDF."),
                    content.name);
}

Result<std::optional<Format>> binaryFormat(const Content &content)
{
    const QByteArrayView head = QByteArrayView(content.bytes).first(std::min(headSize, content.bytes.size()));
    if (head.first(std::min<qsizetype>(head.size(), 1024)).contains("%PDF-"))
        return Format::Pdf;
    if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06"))
        return zipFormat(content);
    if (head.startsWith("{\\rtf"))
        return Format::Rtf;
    if (startsWithOneOf(head, imageSignatures) || (head.startsWith("RIFF") && head.sliced(8).startsWith("WEBP")))
        return Format::Image;
    if (startsWithOneOf(head, compressed) || (head.size() > 262 && head.sliced(257).startsWith("ustar")))
        return Format::Tar;
    if (head.startsWith("\xd0\xcf\x11\xe0"))
        return compoundFile(content);
    for (const Signature &signature : refused) {
        if (head.size() > signature.offset && head.sliced(signature.offset).startsWith(signature.bytes))
            return badInput(tr("“%1” is %2, which has no text that Quintet can read. Give a document.")
                                .arg(QStringLiteral("%1"), tr(signature.kind)),
                            content.name);
    }
    return std::nullopt;
}

std::optional<Format> namedFormat(const QString &name)
{
    static const QHash<QString, Format> formats = [] {
        QHash<QString, Format> all;
        const auto add = [&all](Format format, const char *endings) {
            for (const QString &ending : QString::fromLatin1(endings).split(u' '))
                all.insert(ending, format);
        };
        add(Format::Markdown, "md markdown mdown mkd rmd qmd");
        add(Format::RestructuredText, "rst rest");
        add(Format::Org, "org");
        add(Format::AsciiDoc, "adoc asciidoc asc");
        add(Format::Latex, "tex latex ltx");
        add(Format::Html, "html htm xhtml xht");
        add(Format::Delimited, "csv tsv tab");
        add(Format::Json, "json geojson webmanifest");
        add(Format::JsonLines, "jsonl ndjson");
        add(Format::Notebook, "ipynb");
        add(Format::Xml, "xml rss atom rdf xsd xsl xslt svg kml gpx dbk docbook opml fb2 tei");
        add(Format::Subtitles, "srt vtt");
        add(Format::Message, "eml mht mhtml");
        add(Format::Mailbox, "mbox mbx");
        add(Format::Text, "txt text log");
        add(Format::Code,
            "c h cc cpp cxx hh hpp hxx cs java kt kts scala go rs py pyw rb pl pm php js jsx mjs cjs ts tsx swift m mm "
            "lua r jl hs ml mli fs fsx clj cljs lisp el scm erl ex exs dart groovy gradle sh bash zsh fish ps1 bat cmd "
            "sql proto thrift cmake mk make dockerfile tf hcl nix zig nim v vhd vhdl sv asm s f f90 f95 for pas ada "
            "adb "
            "ads cob vb vbs css scss sass less vue svelte qml glsl hlsl cu ini cfg conf toml yaml yml properties");
        return all;
    }();
    const auto found = formats.constFind(QFileInfo(name).suffix().toLower());
    return found == formats.cend() ? std::nullopt : std::optional(*found);
}

/// At least two of the fields that every message has, among lines that all are fields.
bool looksLikeMessage(QStringView head)
{
    static const QSet<QString> known{
        QStringLiteral("from"),         QStringLiteral("to"),          QStringLiteral("subject"),
        QStringLiteral("date"),         QStringLiteral("cc"),          QStringLiteral("message-id"),
        QStringLiteral("received"),     QStringLiteral("return-path"), QStringLiteral("mime-version"),
        QStringLiteral("content-type"), QStringLiteral("delivered-to")};
    QSet<QString> seen;
    for (const QStringView line : head.tokenize(u'\n')) {
        if (line.trimmed().isEmpty())
            break;
        if (line[0].isSpace())
            continue;
        const qsizetype colon = line.indexOf(u':');
        if (colon <= 0 || line.first(colon).contains(u' '))
            return false;
        if (const QString field = line.first(colon).toString().toLower(); known.contains(field))
            seen.insert(field);
    }
    return seen.contains(QStringLiteral("from")) ? seen.size() >= 2 : seen.size() >= 3;
}

bool looksLikeMailbox(QStringView head)
{
    const qsizetype end = head.indexOf(u'\n');
    return head.startsWith(u"From ") && end > 0 && end < 300 && looksLikeMessage(head.sliced(end + 1));
}

/// What a text is by how it begins.
std::optional<Format> textFormat(const Content &content, QStringView head)
{
    const QStringView start = head.trimmed();
    // Mail goes first, since it may hold pages.
    if (looksLikeMailbox(head))
        return Format::Mailbox;
    if (looksLikeMessage(head))
        return Format::Message;
    if (looksLikeHtml(start.toUtf8(), content.name))
        return Format::Html;
    if (start.startsWith(u"<?xml"))
        return Format::Xml;
    if (start.startsWith(u"WEBVTT"))
        return Format::Subtitles;
    return std::nullopt;
}

std::optional<Format> guessedFormat(QStringView head)
{
    const QStringView start = head.trimmed();
    if (start.startsWith(u"\\documentclass"))
        return Format::Latex;
    if (start.startsWith(u"{\"") || start.startsWith(u"{\n") || start.startsWith(u"[{") || start.startsWith(u"[\n"))
        return start.contains(u"\"nbformat\"") || start.contains(u"\"cell_type\"") ? Format::Notebook : Format::Json;
    if (start.startsWith(u"#!"))
        return Format::Code;
    return std::nullopt;
}

} // namespace

Result<Format> formatOf(const Content &content)
{
    const auto binary = binaryFormat(content);
    if (!binary)
        return std::unexpected(binary.error());
    if (*binary)
        return **binary;
    const auto named = namedFormat(content.name);
    const QString head = decodedText(content.bytes.first(std::min(headSize, content.bytes.size())), content.encoding)
                             .value_or(QString());
    if (named != Format::Markdown && named != Format::Code) {
        if (const auto told = textFormat(content, head))
            return *told;
    }
    if (named)
        return *named;
    return guessedFormat(head).value_or(Format::Text);
}

} // namespace quintet::document
