// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/document.h"

namespace quintet::document {

/// Puts a document together piece by piece, in the order of reading: paragraphs with a blank line between, lines and
/// table rows one under the other. Every piece is normalised as it comes, and places and headings get their offsets.
/// Costs no more than the text. One thread.
class DocumentBuilder final {
public:
    static constexpr qsizetype mostText = 192LL << 20; ///< UTF-16 units; what comes behind is dropped

    explicit DocumentBuilder(const QString &format);

    /// What comes from now on stands there, until the next place. One that stays empty is dropped.
    void beginPlace(Place::Kind kind, const QString &label, std::optional<int> page = {}, std::optional<int> row = {});

    /// A title on a line of its own that opens a section, and a Section place where no page, slide or sheet is open.
    void addHeading(const QString &title, int level);

    /// The next addParagraph() or addLine() is the title of that section: for formats whose text stays as it is
    /// written.
    void markHeading(const QString &title, int level);

    /// A blank line before it.
    void addParagraph(const QString &text);

    /// On the line under what stands there.
    void addLine(const QString &text);

    /// The same with `depth` steps of two spaces before it.
    void addIndented(const QString &text, int depth);

    /// An item of a list with its mark, below the item before it.
    void addItem(const QString &text, int depth);

    /// Something whose line ends and indents matter: a blank line before it.
    void addVerbatim(const QString &text);

    /// Cells of a row of a table, parted by " | ", below the row before it.
    void addRow(const QStringList &cells);

    /// The next piece is parted from what stands there by a blank line.
    void addGap() { m_gap = true; }

    /// Another document that was inside of this one, under its name, which its places then carry.
    void addDocument(const Document &document, const QString &name, int level);

    bool isEmpty() const { return m_document.text.isEmpty(); }
    bool isFull() const { return m_document.text.size() > mostText; }

    /// Title, author, language, date: set by readers as they find them.
    Document &facts() { return m_document; }

    /// The document; its places are as wide as their text. Fails with BadInput where no text came, naming `name`.
    Result<Document> finish(const QString &name);

private:
    enum class Shape { Paragraph, Line, Row, Item, Verbatim, Indented };

    void append(const QString &raw, Shape shape);
    bool needsGap(Shape shape) const;
    void openPending();

    Document m_document;
    qint64 m_points = 0; ///< code points in the text
    bool m_gap = false;
    Shape m_last = Shape::Line;
    std::optional<Place> m_pending;
    std::optional<Heading> m_heading;
};

/// "12", "12–15".
QString lineLabel(qint64 first, qint64 last);

/// The first two letters of a language tag in lower case ("de-AT" is "de"); empty for what is none.
QString languageOf(const QString &tag);

} // namespace quintet::document
