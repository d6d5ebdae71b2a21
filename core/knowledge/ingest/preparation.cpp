// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/ingest/preparation.h"

#include "document/chunks/chunker.h"
#include "knowledge/terms/termreader.h"
#include "text/codepoints.h"

namespace quintet::knowledge {

namespace {

constexpr size_t batchSize = 128; // passages: about 30 ms of writing

/// Reads the terms of passages.
class TermGatherer final {
public:
    explicit TermGatherer(const QString &language) : m_reader(language) { }

    void read(const QString &body, const QString &heading, PreparedChunk &chunk)
    {
        TermCounts counts;
        m_reader.read(heading, [&](const Term *term) {
            if (term)
                take(*term, chunk.headingTerms, counts, {term->id, 0, 1});
        });
        m_reader.read(body, [&](const Term *term) {
            if (term)
                take(*term, chunk.bodyTerms, counts, {term->id, 1, 0});
        });
        chunk.tokens = int(counts.size());
        chunk.counts = summedUp(std::move(counts));
    }

private:
    static void take(const Term &term, QString &line, TermCounts &counts, const TermCount &count)
    {
        if (!line.isEmpty())
            line += u' ';
        line += term.text;
        counts.push_back(count);
    }

    TermReader m_reader;
};

QString headingOf(const document::Document &document, const document::Chunk &chunk)
{
    // A document's title often is its first heading; it is not to count twice.
    const bool isSaid = chunk.headings.contains(document.title);
    return (isSaid ? QString() : document.title + u'\n') + chunk.headings.join(u'\n');
}

} // namespace

std::vector<std::vector<PreparedChunk>> prepared(const document::Document &document, int first, CancelToken token)
{
    const text::CodePointMap map(document.text);
    const std::vector<document::Chunk> chunks = document::chunksOf(document);
    TermGatherer gatherer(document.language);
    std::vector<std::vector<PreparedChunk>> batches;
    qsizetype before = 0; // where the passage before ends, in UTF-16 units
    for (size_t i = 0; i < chunks.size() && !token.stop_requested(); ++i) {
        const document::Chunk &chunk = chunks[i];
        const qsizetype start = map.unit(chunk.start);
        const qsizetype end = map.unit(chunk.end);
        const qsizetype gapStart = std::exchange(before, end);
        if (int(i) < first)
            continue;
        PreparedChunk row{.number = int(i), .start = chunk.start, .end = chunk.end, .headings = chunk.headings};
        row.text = document.text.sliced(start, end - start);
        row.header = chunk.text.endsWith(row.text) ? chunk.text.chopped(row.text.size()) : QString();
        row.gap = start > gapStart ? document.text.sliced(gapStart, start - gapStart) : QString();
        if (const document::Place *place = document::placeAt(document.places, chunk.start)) {
            row.place = document::citationLabel(*place);
            row.page = place->page;
        }
        if (batches.empty() || batches.back().size() == batchSize)
            batches.emplace_back();
        gatherer.read(chunk.text, headingOf(document, chunk), row);
        batches.back().push_back(std::move(row));
    }
    return batches;
}

ContentRow contentFrom(const document::Document &document, const QByteArray &hash)
{
    return {hash,          document.title,     document.author, document.language, document.format,
            document.date, document.characters};
}

} // namespace quintet::knowledge
