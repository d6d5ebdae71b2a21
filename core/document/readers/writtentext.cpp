// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/writtentext.h"

#include "document/readers/documentbuilder.h"
#include "document/readers/encoding.h"
#include "text/codepoints.h"
#include "text/normalize.h"
#include "text/span.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::document {

namespace {

constexpr int linesTogether = 40;
constexpr int codeLinesTogether = 80;

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

/// Stretches of lines without a blank one between, in UTF-16 units for now.
std::vector<Place> linePlaces(QStringView text, bool isCode)
{
    std::vector<Place> places;
    const qint64 most = isCode ? codeLinesTogether : linesTogether;
    qint64 number = 0;
    qint64 first = 0;
    bool blank = true;
    for (qsizetype from = 0; from < text.size();) {
        qsizetype to = text.indexOf(u'\n', from);
        if (to < 0)
            to = text.size();
        ++number;
        text::Span line = text::trimmed(text, {from, to});
        const bool isIndented = line.start > from;
        if (line.isEmpty()) {
            blank = true;
        } else {
            if (isCode)
                line.start = from;
            if (places.empty() || (blank && !(isCode && isIndented)) || number - first >= most) {
                places.push_back(Place{.kind = Place::Line, .label = {}, .start = line.start, .end = line.end});
                first = number;
            }
            places.back().end = line.end;
            places.back().label = lineLabel(first, number);
            blank = false;
        }
        from = to + 1;
    }
    return places;
}

/// From each heading to the next; what stands before the first has no name.
std::vector<Place> sectionPlaces(QStringView text, const std::vector<FoundHeading> &headings)
{
    std::vector<Place> places;
    const auto add = [&](const QString &label, qsizetype start, qsizetype end) {
        const text::Span span = text::trimmed(text, {start, end});
        if (!span.isEmpty())
            places.push_back(Place{.kind = Place::Section, .label = label, .start = span.start, .end = span.end});
    };
    add({}, 0, headings.front().start);
    for (size_t i = 0; i < headings.size(); ++i)
        add(headings[i].title, headings[i].start, i + 1 < headings.size() ? headings[i + 1].start : text.size());
    return places;
}

} // namespace

Result<QString> textOf(const Content &content, const Reading &reading)
{
    std::optional<QString> raw = decodedText(content.bytes, content.encoding);
    if (!raw)
        return badInput(
            tr("“%1” is not text but binary data that Quintet does not know. Give a text, Markdown or PDF file."),
            content.name);
    if (reading.stops())
        return std::unexpected(cancelledError());
    QString text = text::normalized(*raw);
    if (std::ranges::all_of(text, [](QChar c) { return c.isSpace(); }))
        return badInput(tr("“%1” holds nothing but white space. Give a file with text in it."), content.name);
    return text;
}

Document writtenDocument(QString text, const QString &format, const std::vector<FoundHeading> &headings, bool isCode)
{
    Document document;
    document.format = format;
    document.places = headings.empty() ? linePlaces(text, isCode) : sectionPlaces(text, headings);
    const text::CodePointMap map(text);
    for (Place &place : document.places) {
        place.start = map.codePoint(qsizetype(place.start));
        place.end = map.codePoint(qsizetype(place.end));
    }
    for (const FoundHeading &heading : headings)
        document.headings.push_back({map.codePoint(heading.start), heading.level, heading.title});
    document.characters = map.size();
    document.text = std::move(text);
    return document;
}

} // namespace quintet::document
