// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/markdownstream.h"

#include "text/leafmarks.h"
#include "text/markdowntail.h"

#include <algorithm>
#include <iterator>

namespace quintet::text {

namespace {

constexpr qsizetype longestOpen = 8'000; // of a paragraph, and a quarter

} // namespace

MarkdownStream::Change MarkdownStream::update()
{
    const size_t before = m_committed;
    m_new.clear();
    for (qsizetype end = m_text.indexOf(u'\n', m_scanned); end >= 0; end = m_text.indexOf(u'\n', m_scanned)) {
        readLine(m_scanned, end);
        m_scanned = end + 1;
    }
    if (m_isInFence)
        commitCode(m_text.size(), false);
    else
        commitLongParagraph();
    std::vector<LeafBlock> leaves = std::move(m_new);
    m_committed = before + leaves.size();
    for (LeafBlock &leaf : openLeaves())
        leaves.push_back(std::move(leaf));
    return replaceFrom(before, std::move(leaves));
}

MarkdownStream::Change MarkdownStream::finish()
{
    m_isFinished = true;
    m_charactersRead += m_text.size();
    const Change change = replaceFrom(0, readLeaves(m_text, m_options));
    m_committed = m_leaves.size();
    return change;
}

void MarkdownStream::readLine(qsizetype start, qsizetype end)
{
    const QStringView line = QStringView(m_text).sliced(start, end - start);
    if (m_isInFence) {
        if (m_splitter.closeFence(line)) {
            commitCode(start, true);
            m_isInFence = false;
            m_start = end + 1;
        }
        return;
    }
    const bool isDefinition = m_splitter.isInParagraph() && MarkdownSplitter::isDefinition(line);
    const MarkdownSplitter::Cut cut = m_splitter.read(line);
    if (cut.before)
        commitTo(start, cut.inTable);
    m_ordinal = m_splitter.ordinal();
    if (isDefinition)
        m_definitions += line.toString() + u'\n';
    if (cut.opensFence) {
        const auto fence = readLeaves(line.toString());
        m_language = fence.empty() ? QString() : fence.front().language;
        m_isInFence = true;
        m_isCodeContinued = false;
        m_start = end + 1;
    } else if (cut.after) {
        commitTo(end + 1, false);
    }
}

void MarkdownStream::commitTo(qsizetype position, bool inTable)
{
    if (position <= m_start)
        return;
    std::vector<LeafBlock> leaves = readPiece(m_text.sliced(m_start, position - m_start), m_start);
    if (inTable && !leaves.empty()) {
        leaves.back().isLast = false;
        if (m_tableHead.isEmpty())
            m_tableHead = m_text.sliced(m_start, position - m_start);
    } else {
        m_tableHead.clear();
    }
    put(std::move(leaves));
    m_start = position;
    m_isContinued = false;
}

void MarkdownStream::commitCode(qsizetype end, bool isClosed)
{
    // The last line end belongs to the fence.
    qsizetype codeEnd = end;
    if (codeEnd > m_start && m_text[codeEnd - 1] == u'\n')
        --codeEnd;
    bool isLast = false;
    while (!isLast) {
        const QStringView code = QStringView(m_text).sliced(m_start, std::max<qsizetype>(codeEnd - m_start, 0));
        const qsizetype size = codeLeafEnd(code, 0, &isLast);
        if (isLast && !isClosed)
            return;
        LeafBlock leaf = codeLeaves(code.first(size).toString(), m_language, {m_start, m_start + size}).front();
        leaf.isFirst = !m_isCodeContinued;
        leaf.isLast = isLast;
        if (leaf.isFirst)
            leaf.source.start = m_text.lastIndexOf(u'\n', m_start - 2) + 1;
        if (leaf.isLast && isClosed) {
            const qsizetype fence = m_text.indexOf(u'\n', end);
            leaf.source.end = fence < 0 ? m_text.size() : fence;
        }
        put({std::move(leaf)});
        m_isCodeContinued = true;
        m_start += size;
        if (m_start < codeEnd && m_text[m_start] == u'\n')
            ++m_start;
    }
}

void MarkdownStream::commitLongParagraph()
{
    while (m_text.size() - m_start > longestOpen + longestOpen / 4 && m_splitter.isInParagraph()) {
        const qsizetype limit = m_start + longestOpen;
        qsizetype cut = std::max(m_text.lastIndexOf(u' ', limit), m_text.lastIndexOf(u'\n', limit)) + 1;
        if (cut <= m_start + longestOpen / 2)
            cut = m_text[limit].isLowSurrogate() ? limit + 1 : limit;
        put(readPiece(m_text.sliced(m_start, cut - m_start), m_start));
        m_start = cut;
        m_isContinued = true;
    }
}

std::vector<LeafBlock> MarkdownStream::openLeaves()
{
    if (!m_isInFence)
        return readPiece(
            m_tableHead.isEmpty() ? shownTail(QStringView(m_text).sliced(m_start)) : m_text.sliced(m_start), m_start);
    QStringView code = QStringView(m_text).sliced(m_start);
    if (code.endsWith(u'\n'))
        code.chop(1);
    std::vector<LeafBlock> leaves = codeLeaves(code.toString(), m_language, {m_start, m_start + code.size()});
    leaves.front().isFirst = !m_isCodeContinued;
    return leaves;
}

std::vector<LeafBlock> MarkdownStream::readPiece(const QString &piece, qsizetype offset)
{
    if (piece.isEmpty())
        return {};
    PieceContext context{offset - m_tableHead.size(), m_definitions, m_ordinal, m_isContinued};
    m_charactersRead += piece.size() + m_tableHead.size();
    std::vector<LeafBlock> leaves = readLeaves(m_tableHead + piece, m_options, context);
    if (!m_tableHead.isEmpty())
        std::erase_if(leaves, [offset](const LeafBlock &leaf) { return leaf.source.start < offset; });
    for (LeafBlock &leaf : leaves)
        leaf.source.end = std::min(leaf.source.end, m_text.size());
    return leaves;
}

void MarkdownStream::put(std::vector<LeafBlock> leaves)
{
    std::ranges::move(leaves, std::back_inserter(m_new));
}

MarkdownStream::Change MarkdownStream::replaceFrom(size_t first, std::vector<LeafBlock> leaves)
{
    const auto old = m_leaves.begin() + static_cast<std::ptrdiff_t>(first);
    const auto [keptOld, keptNew] = std::mismatch(old, m_leaves.end(), leaves.begin(), leaves.end());
    auto oldEnd = m_leaves.end();
    auto newEnd = leaves.end();
    while (oldEnd != keptOld && newEnd != keptNew && *(oldEnd - 1) == *(newEnd - 1)) {
        --oldEnd;
        --newEnd;
    }
    const Change change{static_cast<size_t>(keptOld - m_leaves.begin()), static_cast<size_t>(oldEnd - keptOld),
                        static_cast<size_t>(newEnd - keptNew)};
    const auto at = m_leaves.erase(keptOld, oldEnd);
    m_leaves.insert(at, std::make_move_iterator(keptNew), std::make_move_iterator(newEnd));
    return change;
}

} // namespace quintet::text
