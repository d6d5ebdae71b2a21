// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/provider/providerrun.h"

#include "base/onpool.h"
#include "batch/output/atomicfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto firstWait = 5s;
constexpr auto longestWait = 60s;
constexpr int mostRounds = 2; // of handing over what expired
constexpr int mostAttempts = 4;

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

/// Whether a failed call says only that the provider cannot be asked now.
bool isPassing(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::RateLimited:
    case ErrorKind::Unavailable:
    case ErrorKind::Network:
    case ErrorKind::Timeout: return true;
    default: return false;
    }
}

/// By which a part's job is found again at the provider.
QString tagOf(const Run &run, const Part &part)
{
    return u"%1-%2"_s.arg(run.id.value).arg(part.number);
}

} // namespace

ProviderRun::ProviderRun(const Parts &parts, const Run &run, RecordResult record, std::function<void()> onProgress)
    : m_parts(parts),
      m_run(run),
      m_record(std::move(record)),
      m_onProgress(std::move(onProgress)),
      m_api(parts.client, parts.catalog, parts.clock, parts.answerer.asking().endpoint),
      m_store(parts.database)
{
}

Result<std::vector<Part>> ProviderRun::openParts() const
{
    return m_store.all(m_run).transform([](std::vector<Part> parts) {
        std::erase_if(parts, [](const Part &part) { return part.state == PartState::Collected; });
        return parts;
    });
}

bool ProviderRun::isOpen(store::Database &database, const Run &run)
{
    const auto parts = PartStore(database).all(run);
    return parts && std::ranges::any_of(*parts, [](const Part &part) { return part.state != PartState::Collected; });
}

QString ProviderRun::fileOf(const Part &part) const
{
    return QFileInfo(m_parts.database.path()).absolutePath()
           + u"/batch/%1-%2.jsonl"_s.arg(m_run.id.value).arg(part.number);
}

Task<Result<void>> ProviderRun::work(CancelToken token)
{
    std::chrono::milliseconds wait = firstWait;
    for (int round = 0; round < mostRounds; ++round) {
        m_hasExpired = false;
        if (auto submitted = co_await submitWaiting(token); !submitted)
            co_return submitted;
        for (;;) {
            const auto open = openParts();
            if (!open)
                co_return std::unexpected(open.error());
            if (open->empty())
                break;
            for (const Part &part : *open) {
                const auto advanced = co_await advance(part, token);
                if (!advanced && !isPassing(advanced.error()))
                    co_return advanced;
            }
            m_onProgress();
            const auto left = openParts();
            if (left && !left->empty() && !co_await m_parts.clock.sleep(wait, token))
                co_return std::unexpected(cancelledError());
            wait = std::min<std::chrono::milliseconds>(wait * 3 / 2, longestWait);
        }
        if (!m_hasExpired)
            break;
    }
    co_return Result<void>();
}

/// Writes all that waits into parts.
Task<Result<void>> ProviderRun::submitWaiting(CancelToken token)
{
    RequestWriter writer(m_parts.items, m_parts.reader, m_parts.answerer, m_run);
    const auto known = m_store.all(m_run);
    if (!known)
        co_return std::unexpected(known.error());
    int number = known->empty() ? 1 : known->back().number + 1;
    qint64 after = 0;
    for (bool isEnd = false; !isEnd;) {
        auto lines = co_await writer.next(after, token);
        if (!lines)
            co_return std::unexpected(lines.error());
        after = lines->last;
        isEnd = lines->isEnd;
        if (lines->items.empty())
            continue;
        const Part part{.number = number++,
                        .state = PartState::Written,
                        .items = qint64(lines->items.size()),
                        .fileId = {},
                        .batchId = {},
                        .expires = {}};
        const auto written =
            co_await onPool([path = fileOf(part), content = lines->lines] { return writeAtomically(path, content); });
        if (!written)
            co_return std::unexpected(written.error());
        if (auto added = co_await m_store.add(m_run, part, lines->items); !added)
            co_return added;
        m_onProgress();
    }
    co_return Result<void>();
}

/// Takes a part one step on, as far as the provider lets it.
Task<Result<void>> ProviderRun::advance(Part part, CancelToken token)
{
    if (part.state == PartState::Written) {
        QFile file(fileOf(part));
        if (!file.open(QIODevice::ReadOnly)) // nothing was sent: its items wait again
            co_return co_await m_store.close(m_run, part);
        const auto id = co_await m_api.upload(file.readAll(), QFileInfo(file).fileName(), token);
        if (!id)
            co_return std::unexpected(id.error());
        part.fileId = *id;
        part.state = PartState::Uploaded;
        if (auto saved = co_await m_store.save(m_run, part); !saved)
            co_return saved;
    }
    if (part.state == PartState::Uploaded || part.state == PartState::Creating)
        co_return co_await begin(part, token);
    const auto job = co_await m_api.job(part.batchId, token);
    if (!job)
        co_return std::unexpected(job.error());
    if (!job->isOver())
        co_return Result<void>();
    co_return co_await collect(part, *job, token);
}

/// Begins the job, which is what is paid for: never twice.
Task<Result<void>> ProviderRun::begin(Part part, CancelToken token)
{
    std::optional<BatchJob> job;
    if (part.state == PartState::Creating) {
        const auto found = co_await m_api.find(tagOf(m_run, part), token);
        if (!found)
            co_return std::unexpected(found.error());
        job = *found;
    }
    if (!job) {
        part.state = PartState::Creating;
        if (auto saved = co_await m_store.save(m_run, part); !saved)
            co_return saved;
        const auto created = co_await m_api.create(part.fileId, tagOf(m_run, part), token);
        if (!created)
            co_return std::unexpected(created.error());
        job = *created;
    }
    part.batchId = job->id;
    part.expires = job->expires;
    part.state = PartState::Submitted;
    co_return co_await m_store.save(m_run, part);
}

Task<Result<void>> ProviderRun::collect(Part part, BatchJob job, CancelToken token)
{
    qint64 count = 0;
    for (const QString &file : {job.outputFile, job.errorFile}) {
        if (file.isEmpty())
            continue;
        const auto taken = co_await takeFile(file, token);
        if (!taken)
            co_return std::unexpected(taken.error());
        count += *taken;
    }
    // To ask again for what was answered, only not understood, would be to pay twice.
    if (count == 0 && job.state == u"completed")
        co_return failure(ErrorKind::Protocol,
                          tr("The provider's answers to the batch %1 were not understood.").arg(job.id));
    if (job.state == u"expired")
        m_hasExpired = true;
    if (auto closed = co_await m_store.close(m_run, part); !closed)
        co_return closed;
    QFile::remove(fileOf(part));
    if (job.state == u"failed")
        co_return failure(ErrorKind::BadInput, tr("The provider declined the batch: %1").arg(job.problem));
    co_return Result<void>();
}

/// How many answers were in a file of a job.
Task<Result<qint64>> ProviderRun::takeFile(QString fileId, CancelToken token)
{
    const auto content = co_await m_api.download(fileId, token);
    if (!content)
        co_return std::unexpected(content.error());
    qint64 count = 0;
    for (qsizetype from = 0; from < content->size();) {
        const qsizetype end = content->indexOf('\n', from);
        const QByteArray line = content->sliced(from, (end < 0 ? content->size() : end) - from);
        from = end < 0 ? content->size() : end + 1;
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
        const auto answer = answerFrom(line);
        if (!answer)
            continue;
        m_hasExpired = m_hasExpired || answer->hasExpired;
        if (const auto taken = co_await take(*answer, Pricing::Batch); !taken)
            co_return std::unexpected(taken.error());
        ++count;
    }
    co_return count;
}

usage::UsageEvent ProviderRun::eventFor(const Item &item, const ItemResult &result,
                                        const llm::Completion &completion) const
{
    usage::UsageEvent event;
    event.time = m_parts.clock.now();
    event.pattern = u"batch"_s;
    event.endpoint = m_parts.answerer.asking().endpoint.name;
    event.model = result.model;
    event.run = m_run.id.value;
    event.tokens = completion.usage;
    event.cost = result.cost;
    event.attempts = item.attempts;
    event.outcome = u"done"_s;
    return event;
}

Task<Result<void>> ProviderRun::take(BatchAnswer answer, Pricing pricing)
{
    const auto item = m_parts.items.find(itemId(m_run.number, answer.position));
    if (!item || item->state == ItemState::Done || item->state == ItemState::Answered)
        co_return Result<void>();
    if (answer.hasExpired)
        co_return Result<void>(); // close() puts it back
    const auto result = answer.completion.and_then(
        [this](const llm::Completion &completion) { return m_parts.answerer.resultFrom(completion); });
    if (!result) {
        const bool mayHelp = isPassing(result.error()) || result.error().kind == ErrorKind::Protocol;
        if (mayHelp && item->attempts < mostAttempts) {
            m_hasExpired = true; // it goes round once more
            co_return Result<void>();
        }
        co_return co_await m_parts.items.fail(item->id, result.error());
    }
    ItemResult priced = *result;
    const llm::Endpoint &endpoint = m_parts.answerer.asking().endpoint;
    if (priced.model.isEmpty())
        priced.model = endpoint.model;
    const auto price = m_parts.prices.find(endpoint.model, m_parts.clock.now().date(), priced.promptTokens);
    priced.cost.reset();
    if (llm::isLocal(endpoint) || pricing == Pricing::Free)
        priced.cost = usage::Money();
    else if (price)
        priced.cost = usage::Money::fromDollars(price->costOf(answer.completion->usage).dollars() * price->batchFactor);
    const auto recorded = co_await m_record(*item, priced);
    if (recorded)
        m_parts.ledger.record(eventFor(*item, priced, *answer.completion));
    co_return recorded;
}

Task<Result<void>> cancelParts(store::Database &database, net::HttpClient &client, llm::Catalog &catalog, Clock &clock,
                               llm::Endpoint endpoint, Run run)
{
    const auto parts = PartStore(database).all(run);
    if (!parts)
        co_return std::unexpected(parts.error());
    ProviderApi api(client, catalog, clock, endpoint);
    Result<void> result;
    for (const Part &part : *parts) {
        QString id = part.batchId;
        if (part.state == PartState::Creating) {
            // It was asked for, but its answer never came; the provider may have begun it all the same.
            const auto found = co_await api.find(tagOf(run, part), {});
            if (!found)
                result = std::unexpected(found.error());
            id = found && *found ? (*found)->id : QString();
        } else if (part.state != PartState::Submitted) {
            continue;
        }
        if (id.isEmpty())
            continue;
        if (const auto cancelled = co_await api.cancel(id, {}); !cancelled)
            result = std::unexpected(cancelled.error());
    }
    co_return result;
}

} // namespace quintet::batch
