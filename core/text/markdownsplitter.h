// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet::text {

/// Tells line by line where Markdown that is still being written can be cut, so that what stands before the cut is
/// never read again. Holds to what CommonMark lets no later line change, but for definitions of links; when in doubt
/// it doesn't cut. A list is cut between its outermost items, a table between its rows.
class MarkdownSplitter final {
public:
    struct Cut {
        bool before = false;     ///< all lines before this one are a whole of their own
        bool after = false;      ///< so is this line
        bool opensFence = false; ///< this line opens a code block at the margin; the splitter waits for closeFence()
        bool inTable = false;    ///< the cut before this line is between rows of a table

        bool operator==(const Cut &) const = default;
    };

    /// Takes the next whole line, without its end.
    Cut read(QStringView line);

    /// Whether `line` ends the code block at the margin; then it is read.
    bool closeFence(QStringView line);

    /// The number of the ordered list's item that stands open, if it goes on from an item before it; else -1.
    int ordinal() const { return m_ordinal; }

    /// Whether what stands open is a paragraph, or nothing yet.
    bool isInParagraph() const { return m_open == Open::Nothing || m_open == Open::Paragraph; }

    /// Whether what stands open is a table.
    bool isInTable() const { return m_open == Open::Table; }

    /// Whether `line` is the definition of a link.
    static bool isDefinition(QStringView line);

private:
    enum class Open { Nothing, Paragraph, Table, List, Quote, Indented };
    struct Line;

    Cut readInList(const Line &line);
    Cut begin(const Line &line, bool before);
    void beginItem(const Line &line);

    Open m_open = Open::Nothing;
    bool m_blank = false;        ///< the line before was blank
    bool m_isSecondLine = false; ///< of a paragraph: the next may make it a table
    bool m_firstHasBar = false;
    int m_rows = 0;
    QString m_fence;     ///< at the margin
    QString m_itemFence; ///< in the list's item
    qsizetype m_itemIndent = 0;
    QChar m_itemMark;
    int m_number = 0;
    int m_ordinal = -1;
};

} // namespace quintet::text
