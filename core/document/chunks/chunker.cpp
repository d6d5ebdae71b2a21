// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/chunks/chunker.h"

#include "document/chunks/pieces.h"
#include "text/tokenestimate.h"

#include <algorithm>

namespace quintet::document {

namespace {

/// Gathers pieces into chunks.
class Packer final {
public:
    Packer(const Document &document, const text::CodePointMap &map, const ChunkSize &size)
        : m_document(document),
          m_map(map),
          m_most(std::max(8, size.tokens)),
          m_overlap(std::clamp(size.overlap, 0, m_most / 2))
    {
    }

    void add(const Piece &piece)
    {
        // A section of a line or two is not worth a chunk of its own.
        const bool isNewSection = piece.opensSection && m_tokens * 4 >= m_most;
        const qint64 gap = m_pieces.empty() ? 0 : 1;
        if (!m_pieces.empty() && (isNewSection || m_tokens + gap + piece.tokens > m_most))
            close(isNewSection ? nullptr : &piece);
        if (m_pieces.empty() && isInsideTable(piece))
            m_tokens += text::estimateTokens(piece.header.of(m_document.text)) + 1;
        m_tokens += piece.tokens + gap;
        m_pieces.push_back(piece);
    }

    std::vector<Chunk> take()
    {
        close(nullptr);
        return std::move(m_chunks);
    }

private:
    static bool isInsideTable(const Piece &piece)
    {
        return !piece.header.isEmpty() && piece.span.start > piece.header.start;
    }

    /// `next`: what goes on where this chunk ends, null if nothing does.
    void close(const Piece *next)
    {
        if (m_pieces.empty())
            return;
        const text::Span span{m_pieces.front().span.start, m_pieces.back().span.end};
        Chunk chunk;
        chunk.start = m_map.codePoint(span.start);
        chunk.end = m_map.codePoint(span.end);
        chunk.text = span.of(m_document.text).toString();
        if (isInsideTable(m_pieces.front()))
            chunk.text.prepend(m_pieces.front().header.of(m_document.text).toString() + u'\n');
        chunk.tokens = int(text::estimateTokens(chunk.text));
        chunk.headings = headingsAt(chunk);
        m_chunks.push_back(std::move(chunk));
        repeatTail(next);
    }

    /// The chunk that follows begins with the last sentences of this one, as far as there is room for both.
    void repeatTail(const Piece *next)
    {
        const std::vector<Piece> closed = std::exchange(m_pieces, {});
        m_tokens = 0;
        if (!next || !next->mayBeRepeated || m_overlap == 0)
            return;
        const qsizetype end = closed.back().span.end;
        const qint64 room = std::min<qint64>(m_overlap, m_most - next->tokens - 1);
        qsizetype start = end;
        for (auto piece = closed.rbegin(); piece != closed.rend() && piece->mayBeRepeated; ++piece) {
            const qsizetype before = start;
            std::vector<qsizetype> starts = piece->sentences;
            starts.insert(starts.begin(), piece->span.start);
            for (auto sentence = starts.rbegin(); sentence != starts.rend(); ++sentence) {
                if (*sentence < start && fits(*sentence, end, room) && *sentence > closed.front().span.start)
                    start = *sentence;
            }
            // Once something did not fit, nothing before it does.
            if (start == before || start > piece->span.start)
                break;
        }
        if (start == end)
            return;
        m_tokens = tokensOf(start, end);
        m_pieces.push_back({.span = {start, end}, .tokens = m_tokens});
    }

    qint64 tokensOf(qsizetype start, qsizetype end) const
    {
        return text::estimateTokens(QStringView(m_document.text).sliced(start, end - start));
    }

    /// No token is shorter than a fifth of a character, so that what is long is not counted.
    bool fits(qsizetype start, qsizetype end, qint64 room) const
    {
        return end - start <= room * 5 && tokensOf(start, end) <= room;
    }

    /// The path at the chunk's start.
    QStringList headingsAt(const Chunk &chunk)
    {
        while (m_heading < m_document.headings.size() && m_document.headings[m_heading].start <= chunk.start) {
            const Heading &heading = m_document.headings[m_heading++];
            std::erase_if(m_path, [&heading](const Heading &open) { return open.level >= heading.level; });
            m_path.push_back(heading);
        }
        QStringList titles;
        for (const Heading &heading : m_path)
            titles << heading.title;
        return titles;
    }

    const Document &m_document;
    const text::CodePointMap &m_map;
    int m_most;
    int m_overlap;
    std::vector<Piece> m_pieces;
    qint64 m_tokens = 0;
    std::vector<Chunk> m_chunks;
    std::vector<Heading> m_path;
    size_t m_heading = 0;
};

} // namespace

std::vector<Chunk> chunksOf(const Document &document, const ChunkSize &size)
{
    const text::CodePointMap map(document.text);
    const int most = std::max(8, size.tokens);
    Packer packer(document, map, size);
    for (const Piece &piece : piecesOf(document, map, most))
        packer.add(piece);
    return packer.take();
}

} // namespace quintet::document
