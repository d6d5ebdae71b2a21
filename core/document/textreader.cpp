// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/textreader.h"

#include "document/encoding.h"
#include "text/codepoints.h"
#include "text/markdown.h"
#include "text/normalize.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <algorithm>

namespace quintet::document {

namespace {

constexpr int linesTogether = 40;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

Result<QString> textOf(const Content &content, CancelToken token)
{
    std::optional<QString> raw = decodedText(content.bytes, content.encoding);
    if (!raw)
        return badInput(
            tr("“%1” is not text but binary data that Quintet does not know. Give a text, Markdown or PDF file."),
            content.name);
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    QString text = text::normalized(*raw);
    if (std::ranges::all_of(text, [](QChar c) { return c.isSpace(); }))
        return badInput(tr("“%1” holds nothing but white space. Give a file with text in it."), content.name);
    return text;
}

QString lineLabel(qint64 first, qint64 last)
{
    return first == last ? QString::number(first)
                         : QString::number(first) + QStringLiteral("–") + QString::number(last);
}

/// Stretches of lines without a blank one between, in UTF-16 units for now.
std::vector<Place> linePlaces(QStringView text)
{
    std::vector<Place> places;
    qint64 number = 0;
    qint64 first = 0;
    bool open = false;
    for (qsizetype from = 0; from < text.size();) {
        qsizetype to = text.indexOf(u'\n', from);
        if (to < 0)
            to = text.size();
        ++number;
        const text::Span line = text::trimmed(text, {from, to});
        from = to + 1;
        if (line.isEmpty()) {
            open = false;
            continue;
        }
        if (!open || number - first >= linesTogether) {
            places.push_back(Place{.kind = Place::Line, .label = {}, .start = line.start, .end = line.end, .page = {}});
            first = number;
            open = true;
        }
        places.back().end = line.end;
        places.back().label = lineLabel(first, number);
    }
    return places;
}

/// A place from each heading to the next; what stands before the first has no name.
std::vector<Place> sectionPlaces(QStringView text)
{
    std::vector<Place> places;
    const auto open = [&](const QString &label, qsizetype start) {
        places.push_back(Place{.kind = Place::Section, .label = label, .start = start, .end = start, .page = {}});
    };
    for (const text::Block &block : text::splitMarkdownBlocks(text)) {
        const bool heading = block.kind == text::BlockKind::Heading && block.level > 0;
        // The heading's marks belong to its section: from the start of its line.
        const qsizetype start = heading ? text.first(block.span.start).lastIndexOf(u'\n') + 1 : block.span.start;
        if (heading)
            open(text::plainInline(block.span.of(text)), start);
        else if (places.empty())
            open({}, start);
        places.back().end = block.span.end;
    }
    return places;
}

void toCodePoints(std::vector<Place> &places, const text::CodePointMap &map)
{
    for (Place &place : places) {
        place.start = map.codePoint(qsizetype(place.start));
        place.end = map.codePoint(qsizetype(place.end));
    }
}

Document finished(QString text, std::vector<Place> places, const QString &format)
{
    const text::CodePointMap map(text);
    toCodePoints(places, map);
    Document document;
    document.text = std::move(text);
    document.places = std::move(places);
    document.format = format;
    document.characters = map.size();
    return document;
}

QString firstHeading(QStringView text)
{
    for (const text::Block &block : text::splitMarkdownBlocks(text.first(std::min<qsizetype>(text.size(), 20'000)))) {
        if (block.kind == text::BlockKind::Heading && block.level == 1)
            return text::plainInline(block.span.of(text));
    }
    return {};
}

} // namespace

Result<Document> readPlainText(const Content &content, CancelToken token)
{
    auto text = textOf(content, token);
    if (!text)
        return std::unexpected(text.error());
    auto places = linePlaces(*text);
    return finished(std::move(*text), std::move(places), QStringLiteral("text"));
}

Result<Document> readMarkdown(const Content &content, CancelToken token)
{
    auto text = textOf(content, token);
    if (!text)
        return std::unexpected(text.error());
    auto places = sectionPlaces(*text);
    const bool sections = std::ranges::any_of(places, [](const Place &place) { return !place.label.isEmpty(); });
    Document document = finished(*text, sections ? std::move(places) : linePlaces(*text), QStringLiteral("markdown"));
    document.title = text::frontMatterField(*text, u"title");
    if (document.title.isEmpty())
        document.title = firstHeading(*text);
    document.author = text::frontMatterField(*text, u"author");
    QString language = text::frontMatterField(*text, u"lang");
    if (language.isEmpty())
        language = text::frontMatterField(*text, u"language");
    if (language.size() == 2 || (language.size() > 2 && !language[2].isLetter()))
        document.language = language.first(2).toLower();
    document.date = QDateTime::fromString(text::frontMatterField(*text, u"date"), Qt::ISODate);
    if (document.date.isValid())
        document.date.setTimeZone(QTimeZone::UTC);
    return document;
}

} // namespace quintet::document
