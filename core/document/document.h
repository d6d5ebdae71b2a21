// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace quintet::document {

/// A stretch of a document that people can find again: a page, a section, a row, some lines.
struct Place {
    enum Kind { Page, Slide, Sheet, Section, Line };

    Kind kind = Line;
    QString label;           ///< as a person would say it: "iv", "Results", "12–15"; of a sheet its name
    qint64 start = 0;        ///< Unicode code points into Document::text
    qint64 end = 0;          ///< the first code point behind it
    std::optional<int> page; ///< counted from 1, for pages and slides
    std::optional<int> row;  ///< counted from 1 as the program that made the sheet does; the first if there are more

    bool operator==(const Place &) const = default;
};

/// A line of a document's outline.
struct Heading {
    qint64 start = 0; ///< where its section begins: Unicode code points into Document::text
    int level = 1;    ///< 1 is the highest
    QString title;

    bool operator==(const Heading &) const = default;
};

/// What was read out of a file: its text and where in the file the text stands. Places are in order and do not
/// overlap; what lies between them is white space. Headings are in order.
struct Document {
    QString path; ///< empty for what came from no file
    QString text; ///< as text::normalized() leaves it; never only white space
    std::vector<Place> places;
    std::vector<Heading> headings;
    QString title; ///< what the document says of itself; empty if it says nothing
    QString author;
    QString language;      ///< ISO 639-1, stated or guessed
    QString format;        ///< "text", "markdown", "pdf", "docx" …
    QDateTime date;        ///< stated, else of the file's last change; UTC
    qint64 characters = 0; ///< Unicode code points in `text`

    bool operator==(const Document &) const = default;
};

/// "page", "slide", "sheet", "section" or "line".
QString nameOf(Place::Kind kind);

/// The place that holds the code point at `offset`, or the last one before it; null if there is none before.
/// Logarithmic. The pointer lives as long as `places` is unchanged.
const Place *placeAt(const std::vector<Place> &places, qint64 offset);

/// The titles of the sections that the code point at `offset` stands in, the outermost first. Linear in the headings
/// before it.
QStringList headingPath(const std::vector<Heading> &headings, qint64 offset);

/// How a citation names the place: "p. 3", "slide 4", "Accounts, row 12", "Results", "line 12–15"; empty for an unnamed
/// section.
QString citationLabel(const Place &place);

} // namespace quintet::document
