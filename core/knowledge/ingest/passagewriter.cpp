// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/ingest/passagewriter.h"

#include "knowledge/store/termstore.h"

#include <QMutex>

#include <deque>

namespace quintet::knowledge {

namespace {

constexpr size_t together = 256;          // passages of a job: about 20 ms of writing
constexpr qint64 addedUpTogether = 2'000; // passages whose terms are added up in one go

Result<void> write(store::Connection &connection, ChunkStore &chunks, const Addition &addition)
{
    return chunks.begin(addition.content).and_then([&](const KnownContent &content) {
        return chunks.add(content.id, addition.chunks).and_then([&]() -> Result<void> {
            if (!addition.end)
                return {};
            return chunks.finish(content.id).and_then([&] {
                return DocumentStore(connection).settle(addition.end->document, addition.end->file, content.id);
            });
        });
    });
}

} // namespace

struct PassageWriter::Queue {
    QMutex mutex;
    std::deque<Addition> waiting;

    /// The next few; there is a job for each addition, so that each is written by its own at the latest.
    std::vector<Addition> take()
    {
        const QMutexLocker lock(&mutex);
        std::vector<Addition> taken;
        size_t passages = 0;
        while (!waiting.empty() && (taken.empty() || passages + waiting.front().chunks.size() <= together)) {
            passages += waiting.front().chunks.size();
            taken.push_back(std::move(waiting.front()));
            waiting.pop_front();
        }
        return taken;
    }
};

PassageWriter::PassageWriter(store::Writer &writer) : m_writer(writer), m_queue(std::make_shared<Queue>()) { }

QFuture<Result<void>> PassageWriter::add(Addition addition)
{
    {
        const QMutexLocker lock(&m_queue->mutex);
        m_queue->waiting.push_back(std::move(addition));
    }
    return m_writer.write([queue = m_queue](store::Connection &connection) -> Result<void> {
        const std::vector<Addition> additions = queue->take();
        if (additions.empty())
            return {};
        ChunkStore chunks(connection);
        for (const Addition &addition : additions) {
            if (auto written = write(connection, chunks, addition); !written)
                return written;
        }
        return chunks.addSums().and_then([&] { return TermStore(connection).addUp(addedUpTogether); });
    });
}

} // namespace quintet::knowledge
