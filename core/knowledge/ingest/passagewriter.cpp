// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/ingest/passagewriter.h"

#include "knowledge/store/termstore.h"

#include <QCoreApplication>
#include <QMutex>

namespace quintet::knowledge {

namespace {

constexpr size_t together = 256;          // passages of a job: about 20 ms of writing
constexpr qint64 addedUpTogether = 2'000; // passages whose terms are added up in one go

QString tr(const char *sentence)
{
    return QCoreApplication::translate("knowledge", sentence);
}

Result<void> write(store::Connection &connection, ChunkStore &chunks, const Addition &addition)
{
    return chunks.begin(addition.content).and_then([&](const KnownContent &content) -> Result<void> {
        const Result<int> before = chunks.chunksOf(content.id);
        if (!before)
            return std::unexpected(before.error());
        // Never a content with a hole in it.
        if (!addition.chunks.empty() && *before != addition.chunks.front().number)
            return failure(ErrorKind::Storage, tr("Some passages of this document are not written. It is read again."));
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

/// What one job writes. Others may join until it begins; it may run again where SQLite gave a transaction up.
struct PassageWriter::Group {
    QMutex mutex;
    bool hasBegun = false;
    size_t passages = 0;
    std::vector<Addition> additions;
    QFuture<Result<void>> written;

    bool takes(Addition &addition)
    {
        const QMutexLocker lock(&mutex);
        const size_t more = addition.chunks.size();
        if (hasBegun || (!additions.empty() && passages + more > together))
            return false;
        passages += more;
        additions.push_back(std::move(addition));
        return true;
    }

    Result<void> write(store::Connection &connection)
    {
        {
            const QMutexLocker lock(&mutex);
            hasBegun = true;
        }
        ChunkStore chunks(connection);
        for (const Addition &addition : additions) {
            if (auto done = knowledge::write(connection, chunks, addition); !done)
                return done;
        }
        return chunks.addSums().and_then([&] { return TermStore(connection).addUp(addedUpTogether); });
    }
};

PassageWriter::PassageWriter(store::Writer &writer) : m_writer(writer) { }

QFuture<Result<void>> PassageWriter::add(Addition addition)
{
    if (const auto open = m_open.lock(); open && open->takes(addition))
        return open->written;
    const auto group = std::make_shared<Group>();
    group->takes(addition);
    group->written = m_writer.write([group](store::Connection &connection) { return group->write(connection); });
    m_open = group;
    return group->written;
}

} // namespace quintet::knowledge
