// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/ingest/ingestrun.h"

#include "document/extraction/runonpool.h"
#include "knowledge/ingest/preparation.h"
#include "knowledge/store/termstore.h"
#include "knowledge/store/written.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QScopeGuard>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

constexpr int queueLength = 256;
constexpr int filesTogether = 24; // enough that the writer has several to write at a time
constexpr qint64 mostBytesTogether = 8 << 20;
constexpr qsizetype rowsAtOnce = 500; // put or removed in one job
constexpr qsizetype mostFailures = 100;

QString tr(const char *text)
{
    return QCoreApplication::translate("knowledge", text);
}

std::optional<FoundFile> fileOf(const DocumentRow &row)
{
    const QFileInfo info(row.path);
    if (!info.isFile())
        return std::nullopt;
    return FoundFile{row.path, row.source, info.size(), info.lastModified(QTimeZone::UTC).toMSecsSinceEpoch()};
}

Result<QByteArray> sha256(const QString &path, CancelToken token)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::BadInput, tr("The file cannot be opened: %1").arg(file.errorString()));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray block(1 << 18, Qt::Uninitialized);
    for (;;) {
        if (token.stop_requested())
            return std::unexpected(cancelledError());
        const qint64 count = file.read(block.data(), block.size());
        if (count < 0)
            return failure(ErrorKind::BadInput, tr("The file cannot be read: %1").arg(file.errorString()));
        if (count == 0)
            return hash.result();
        hash.addData(QByteArrayView(block).first(count));
    }
}

/// Whether a file of this name is expected to hold text, so that it is a failure where none can be read.
bool isExpectedToHoldText(const QString &path)
{
    static const QSet<QString> endings{u"pdf"_s,  u"docx"_s, u"pptx"_s,  u"xlsx"_s, u"odt"_s,  u"odp"_s,  u"ods"_s,
                                       u"epub"_s, u"rtf"_s,  u"html"_s,  u"htm"_s,  u"md"_s,   u"txt"_s,  u"rst"_s,
                                       u"org"_s,  u"tex"_s,  u"ipynb"_s, u"csv"_s,  u"tsv"_s,  u"json"_s, u"jsonl"_s,
                                       u"xml"_s,  u"srt"_s,  u"vtt"_s,   u"eml"_s,  u"mbox"_s, u"adoc"_s};
    return endings.contains(QFileInfo(path).suffix().toLower());
}

/// Whether an error is about the file alone, so that others may go on.
bool isOfTheFile(const Error &error)
{
    return error.kind != ErrorKind::Cancelled && error.kind != ErrorKind::Storage;
}

} // namespace

IngestRun::IngestRun(store::Database &database, ReadingThread &reading, document::Extractor &extractor, Clock &clock,
                     IngestWish wish, CancelToken token)
    : m_database(database),
      m_reading(reading),
      m_extractor(extractor),
      m_clock(clock),
      m_wish(std::move(wish)),
      m_token(std::move(token)),
      m_passages(database.writer()),
      m_start(clock.monotonic())
{
}

Task<Result<void>> IngestRun::write(store::Writer::Job job)
{
    return valueOf(m_database.writer().write(std::move(job)));
}

Task<Result<void>> IngestRun::scan()
{
    struct Known {
        std::vector<SourceRow> sources;
        CollectionSettings settings;
        std::vector<DocumentRow> documents;
    };
    auto known = co_await m_reading.read<Known>([](store::Connection &connection) -> Result<Known> {
        CollectionStore collection(connection);
        auto sources = collection.sources();
        auto settings = collection.settings();
        auto documents = DocumentStore(connection).all();
        if (!sources || !settings || !documents)
            return std::unexpected(!sources ? sources.error() : !settings ? settings.error() : documents.error());
        return Known{std::move(*sources), std::move(*settings), std::move(*documents)};
    });
    if (!known)
        co_return std::unexpected(known.error());
    const auto changes = co_await document::runOnPool<ScanChanges>(
        m_pool,
        [known = std::move(*known)](CancelToken token) -> Result<ScanChanges> {
            const ScanResult found = knowledge::scan(known.sources, known.settings, token);
            if (token.stop_requested())
                return std::unexpected(cancelledError());
            return changesFrom(found, known.documents);
        },
        m_token);
    if (!changes)
        co_return std::unexpected(changes.error());
    m_gone = changes->gone;
    m_report.unchanged = changes->unchanged;
    const auto &changed = changes->changed;
    for (size_t from = 0; from < changed.size(); from += rowsAtOnce) {
        const size_t to = std::min(changed.size(), from + size_t(rowsAtOnce));
        std::vector<FoundFile> files(changed.begin() + qsizetype(from), changed.begin() + qsizetype(to));
        const auto put = co_await write([files, urgent = m_wish.urgent](store::Connection &connection) {
            DocumentStore documents(connection);
            Result<void> done;
            for (const FoundFile &file : files) {
                const bool isUrgent = std::ranges::any_of(urgent, [&file](const QString &path) {
                    return file.path == path || file.path.startsWith(path + u'/');
                });
                if (done = documents.put(file, isUrgent ? 1 : 0); !done)
                    break;
            }
            return done;
        });
        if (!put)
            co_return put;
    }
    co_return Result<void>();
}

Task<Result<void>> IngestRun::drain()
{
    const auto pending = co_await m_reading.read<qint64>([](store::Connection &connection) {
        return CollectionStore(connection).sums().transform([](const CollectionSums &sums) { return sums.pending; });
    });
    if (!pending)
        co_return std::unexpected(pending.error());
    m_progress.total = *pending;
    if (*pending > 0) {
        const auto prepared =
            co_await write([](store::Connection &connection) { return ChunkStore(connection).expectMuch(); });
        if (!prepared)
            co_return prepared;
    }
    tell();
    std::vector<Task<Result<void>>> workers;
    for (int i = 0; i < filesTogether; ++i)
        workers.push_back(work());
    Result<void> whole;
    for (Task<Result<void>> &worker : workers) {
        const Result<void> done = co_await worker;
        if (!done && whole)
            whole = done;
    }
    co_return whole;
}

Task<Result<void>> IngestRun::work()
{
    for (;;) {
        if (m_token.stop_requested())
            co_return std::unexpected(cancelledError());
        const auto row = co_await next();
        if (!row)
            co_return std::unexpected(row.error());
        if (!*row)
            co_return Result<void>();
        begin(**row);
        const Result<void> done = co_await handle(**row);
        std::erase(m_underWay, (*row)->id);
        m_done.insert((*row)->id);
        if (!done)
            co_return done;
        ++m_progress.done;
        m_progress.bytes += (*row)->size;
        m_report.bytes += (*row)->size;
        m_progress.failed = m_report.failed;
        tell();
    }
}

/// The next file to be read, or nothing if there is none. The queue is read again when it is empty, and so what came
/// in meanwhile and is urgent comes soon.
Task<Result<std::optional<DocumentRow>>> IngestRun::next()
{
    while (m_queue.empty() && !m_isDrained) {
        if (!m_isReadingQueue) {
            if (const auto read = co_await readQueue(); !read)
                co_return std::unexpected(read.error());
        } else if (!co_await m_clock.sleep(std::chrono::milliseconds(2), m_token)) {
            co_return std::unexpected(cancelledError());
        }
    }
    if (m_queue.empty())
        co_return std::nullopt;
    const DocumentRow row = m_queue.front();
    m_queue.pop_front();
    m_underWay.push_back(row.id);
    co_return row;
}

Task<Result<void>> IngestRun::readQueue()
{
    m_isReadingQueue = true;
    const auto ended = qScopeGuard([this] { m_isReadingQueue = false; });
    // What is done while the rows are being read is still pending in them.
    m_done.clear();
    auto rows =
        co_await m_reading.read<std::vector<DocumentRow>>([underWay = m_underWay](store::Connection &connection) {
            return DocumentStore(connection).pending(queueLength, underWay);
        });
    if (!rows)
        co_return std::unexpected(rows.error());
    m_isDrained = rows->empty();
    std::erase_if(*rows, [this](const DocumentRow &row) { return m_done.contains(row.id); });
    m_queue.assign(rows->begin(), rows->end());
    co_return Result<void>();
}

void IngestRun::begin(const DocumentRow &row)
{
    m_progress.file = row.path;
    m_progress.total = std::max(m_progress.total, m_progress.done + qint64(m_underWay.size() + m_queue.size()));
    tell();
}

void IngestRun::tell()
{
    m_progress.time = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - m_start);
    m_report.time = m_progress.time;
    if (m_wish.onProgress)
        m_wish.onProgress(m_progress);
}

Task<Result<QByteArray>> IngestRun::hashOf(QString path)
{
    return document::runOnPool<QByteArray>(m_pool, [path](CancelToken token) { return sha256(path, token); }, m_token);
}

Task<Result<void>> IngestRun::handle(DocumentRow row)
{
    const std::optional<FoundFile> file = fileOf(row);
    if (!file) {
        ++m_report.removed;
        m_removed.insert(row.id);
        co_return co_await write(
            [id = row.id](store::Connection &connection) { return DocumentStore(connection).remove(id); });
    }
    const Result<QByteArray> hash = co_await hashOf(row.path);
    if (!hash)
        co_return co_await fail(row, *file, hash.error());
    // Files with the same bytes wait for the first of them.
    while (m_hashesUnderWay.contains(*hash)) {
        if (!co_await m_clock.sleep(std::chrono::milliseconds(5), m_token))
            co_return std::unexpected(cancelledError());
    }
    m_hashesUnderWay.insert(*hash);
    const Result<void> done = co_await read(row, *file, *hash);
    m_hashesUnderWay.remove(*hash);
    co_return done;
}

/// Waits until `size` more bytes may be worked on, in turn; a large file is worked on alone. False where that was
/// cancelled.
Task<bool> IngestRun::makeRoom(qint64 size)
{
    const qint64 turn = m_nextTurn++;
    while (turn != m_turn || (m_bytesUnderWay > 0 && m_bytesUnderWay + size > mostBytesTogether)) {
        if (!co_await m_clock.sleep(std::chrono::milliseconds(20), m_token))
            co_return false;
    }
    ++m_turn;
    m_bytesUnderWay += size;
    co_return true;
}

Task<Result<void>> IngestRun::read(DocumentRow row, FoundFile file, QByteArray hash)
{
    struct Known {
        KnownContent content;
        int chunks = 0;
    };
    const auto known = co_await m_reading.read<Known>([hash](store::Connection &connection) {
        ChunkStore chunks(connection);
        return chunks.contentOf(hash).and_then([&](const std::optional<KnownContent> &content) -> Result<Known> {
            if (!content)
                return Known();
            return chunks.chunksOf(content->id).transform([&](int count) { return Known{*content, count}; });
        });
    });
    if (!known)
        co_return std::unexpected(known.error());
    if (known->content.isWhole) {
        ++m_report.known;
        co_return co_await write([id = row.id, file, content = known->content.id](store::Connection &connection) {
            return DocumentStore(connection).settle(id, file, content);
        });
    }
    if (!co_await makeRoom(file.size))
        co_return std::unexpected(cancelledError());
    const auto leave = qScopeGuard([this, &file] { m_bytesUnderWay -= file.size; });
    auto document = co_await m_extractor.extract({.path = file.path}, m_token);
    if (!document)
        co_return co_await fail(row, file, document.error());
    // One that is being written to is read when the next scan finds it changed.
    co_return co_await add(row, file, std::move(*document), hash, known->chunks);
}

/// Adds the passages of a document from number `first` on; those before are there already.
Task<Result<void>> IngestRun::add(DocumentRow row, FoundFile file, document::Document document, QByteArray hash,
                                  int first)
{
    using Batches = std::vector<std::vector<PreparedChunk>>;
    const ContentRow content = contentFrom(document, hash);
    auto batches = co_await document::runOnPool<Batches>(
        m_pool,
        [document = std::move(document), first](CancelToken token) -> Result<Batches> {
            return prepared(document, first, token);
        },
        m_token);
    if (!batches)
        co_return std::unexpected(batches.error());
    if (batches->empty())
        batches->emplace_back();
    for (size_t i = 0; i < batches->size(); ++i) {
        Addition addition{.content = content, .chunks = std::move(batches->at(i)), .end = {}};
        if (i + 1 == batches->size())
            addition.end = Addition::End{row.id, file};
        const auto added = co_await valueOf(m_passages.add(std::move(addition)));
        if (!added)
            co_return added;
        if (m_token.stop_requested() && i + 1 < batches->size())
            co_return std::unexpected(cancelledError());
    }
    ++m_report.read;
    co_return Result<void>();
}

Task<Result<void>> IngestRun::fail(DocumentRow row, FoundFile file, Error error)
{
    if (!isOfTheFile(error))
        co_return std::unexpected(error);
    const bool isFailure = isExpectedToHoldText(file.path) && file.size > 0;
    ++(isFailure ? m_report.failed : m_report.skipped);
    if (isFailure && m_report.failures.size() < mostFailures)
        m_report.failures << file.path + u": "_s + error.message;
    const DocumentState state = isFailure ? DocumentState::Failed : DocumentState::Skipped;
    co_return co_await write([id = row.id, state, reason = error.message](store::Connection &connection) {
        return DocumentStore(connection).setState(id, state, reason);
    });
}

Task<Result<void>> IngestRun::finish()
{
    std::erase_if(m_gone, [this](const DocumentRow &row) { return m_removed.contains(row.id); });
    for (size_t from = 0; from < m_gone.size(); from += rowsAtOnce) {
        const size_t to = std::min(m_gone.size(), from + size_t(rowsAtOnce));
        std::vector<qint64> ids;
        for (size_t i = from; i < to; ++i)
            ids.push_back(m_gone[i].id);
        const auto removed = co_await write([ids](store::Connection &connection) {
            DocumentStore documents(connection);
            Result<void> done;
            for (const qint64 id : ids) {
                if (done = documents.remove(id); !done)
                    break;
            }
            return done;
        });
        if (!removed)
            co_return removed;
        m_report.removed += qint64(ids.size());
    }
    m_gone.clear();
    co_return co_await write([](store::Connection &connection) { return TermStore(connection).addUp(0); });
}

} // namespace quintet::knowledge
