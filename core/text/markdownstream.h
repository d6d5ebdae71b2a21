// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/leafreader.h"
#include "text/markdownsplitter.h"

namespace quintet::text {

/// Markdown that is being written, as leaf blocks. Whatever a later line cannot change is read once; only the last
/// block, which is open, is read again at each update(). When the text is finished all is read once more and what
/// turned out otherwise is replaced, as by a link that is defined at the end.
///
/// Invariant: the first `committed()` leaves do not change until finish(); after it the leaves are those of
/// readLeaves() of the whole. Use from one thread.
class MarkdownStream final {
public:
    /// Leaves [first, first + removed) gave place to [first, first + added).
    struct Change {
        size_t first = 0;
        size_t removed = 0;
        size_t added = 0;

        bool isEmpty() const { return removed == 0 && added == 0; }
        bool operator==(const Change &) const = default;
    };

    explicit MarkdownStream(const LeafOptions &options = {}) : m_options(options) { }

    /// Adds text; update() reads it.
    void append(QStringView text) { m_text += text; }

    Change update();

    /// As update(), for the last time.
    Change finish();

    const QString &text() const { return m_text; }
    const std::vector<LeafBlock> &leaves() const { return m_leaves; }
    size_t committed() const { return m_committed; }
    bool isFinished() const { return m_isFinished; }

    /// Characters that were read as Markdown so far, for those who count work.
    qint64 charactersRead() const { return m_charactersRead; }

private:
    void readLine(qsizetype start, qsizetype end);
    void commitTo(qsizetype position, bool inTable);
    void commitCode(qsizetype end, bool isClosed);
    void commitLongParagraph();
    std::vector<LeafBlock> openLeaves();
    std::vector<LeafBlock> readPiece(const QString &piece, qsizetype offset);
    void put(std::vector<LeafBlock> leaves);
    Change replaceFrom(size_t first, std::vector<LeafBlock> leaves);

    LeafOptions m_options;
    QString m_text;
    MarkdownSplitter m_splitter;
    std::vector<LeafBlock> m_leaves;
    std::vector<LeafBlock> m_new; ///< committed by this update()
    size_t m_committed = 0;
    qsizetype m_start = 0;   ///< of what is open
    qsizetype m_scanned = 0; ///< whole lines up to here were looked at
    int m_ordinal = -1;      ///< of the item that is open
    QString m_definitions;
    QString m_tableHead; ///< the rows that the open rows' columns come from
    bool m_isInFence = false;
    bool m_isCodeContinued = false;
    QString m_language;
    bool m_isContinued = false; ///< what is open goes on in a paragraph
    bool m_isFinished = false;
    qint64 m_charactersRead = 0;
};

} // namespace quintet::text
