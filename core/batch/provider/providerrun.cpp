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

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

} // namespace

ProviderRun::ProviderRun(const Parts &parts, const Run &run, AnswerRecorder &recorder, std::function<void()> onProgress)
    : m_parts(parts),
      m_run(run),
      m_recorder(recorder),
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
    for (int round = 0; round < mostRounds; ++round) {
        m_hasExpired = false;
        if (auto submitted = co_await submitWaiting(token); !submitted)
            co_return submitted;
        if (auto followed = co_await follow(token); !followed)
            co_return followed;
        if (!m_hasExpired)
            break;
    }
    co_return Result<void>();
}

Task<Result<void>> ProviderRun::stop(CancelToken token)
{
    m_isStopping = true;
    co_return co_await follow(token);
}

/// Takes all parts on until each is over.
Task<Result<void>> ProviderRun::follow(CancelToken token)
{
    for (std::chrono::milliseconds wait = firstWait;;) {
        const auto open = openParts();
        if (!open)
            co_return std::unexpected(open.error());
        for (const Part &part : *open) {
            const auto advanced = co_await (m_isStopping ? endOne(part, token) : advance(part, token));
            if (!advanced && !isPassing(advanced.error()))
                co_return advanced;
        }
        m_onProgress();
        const auto left = openParts();
        if (!left || left->empty())
            co_return left.transform([](const std::vector<Part> &) { });
        if (!co_await m_parts.clock.sleep(wait, token))
            co_return std::unexpected(cancelledError());
        wait = std::min<std::chrono::milliseconds>(wait * 3 / 2, longestWait);
    }
}

/// Makes parts of all that waits: all of them or, where that would pass a budget, none.
Task<Result<void>> ProviderRun::submitWaiting(CancelToken token)
{
    // What a process that is gone did not come to hand over is written anew.
    if (auto withdrawn = co_await withdrawUnsent(); !withdrawn)
        co_return withdrawn;
    const Result<void> written = co_await writeWaiting(token);
    if (!written) {
        if (auto withdrawn = co_await withdrawUnsent(); !withdrawn)
            co_return withdrawn;
    }
    co_return written;
}

/// Takes back what was written to be handed over, but was not yet.
Task<Result<void>> ProviderRun::withdrawUnsent()
{
    const auto open = openParts();
    if (!open)
        co_return std::unexpected(open.error());
    for (const Part &part : *open) {
        if (part.state != PartState::Written)
            continue;
        if (auto closed = co_await close(part); !closed)
            co_return closed;
    }
    co_return Result<void>();
}

/// The part is over. What was set aside for it stands in the ledger by now, or was not spent.
Task<Result<void>> ProviderRun::close(Part part)
{
    if (auto closed = co_await m_store.close(m_run, part); !closed)
        co_return closed;
    m_parts.spending.release(tagOf(m_run, part));
    QFile::remove(fileOf(part));
    co_return Result<void>();
}

/// Checks a part against all budgets, and sets aside what it is reckoned to cost until it is back.
Task<Result<void>> ProviderRun::setAside(Part part, qint64 promptTokens, qint64 answerTokens, CancelToken token)
{
    const Asking &asking = m_parts.answerer.asking();
    const auto price = m_parts.prices.find(asking.endpoint.model, m_parts.clock.now().date(),
                                           promptTokens / std::max<qint64>(1, part.items));
    const usage::Expense expense{.model = asking.endpoint.model,
                                 .isFree = llm::isLocal(asking.endpoint),
                                 .price = price.transform(&usage::Price::inBatch),
                                 .promptTokens = promptTokens,
                                 .answerTokens = static_cast<int>(answerTokens),
                                 .own = {},
                                 .run = m_run.id.value,
                                 .runLimit = asking.runBudget,
                                 .isWhole = true,
                                 .lastingHold = tagOf(m_run, part)};
    const auto held = co_await m_parts.gateway.hold(expense, token);
    co_return held.transform([](const usage::Spending::Hold &) { });
}

Task<Result<void>> ProviderRun::writeWaiting(CancelToken token)
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
        if (auto held = co_await setAside(part, lines->promptTokens, lines->answerTokens, token); !held)
            co_return held;
        m_onProgress();
    }
    co_return Result<void>();
}

/// Takes a part one step on, as far as the provider lets it.
Task<Result<void>> ProviderRun::advance(Part part, CancelToken token)
{
    if (part.state == PartState::Written)
        co_return co_await handOver(part, token);
    if (part.state == PartState::Uploaded || part.state == PartState::Creating)
        co_return co_await begin(part, token);
    const auto job = co_await m_api.job(part.batchId, token);
    if (!job)
        co_return std::unexpected(job.error());
    if (!job->isOver())
        co_return Result<void>();
    co_return co_await collect(part, *job, token);
}

Task<Result<void>> ProviderRun::handOver(Part part, CancelToken token)
{
    QFile file(fileOf(part));
    if (!file.open(QIODevice::ReadOnly)) // nothing was sent: its items wait again
        co_return co_await close(part);
    const auto id = co_await m_api.upload(file.readAll(), QFileInfo(file).fileName(), token);
    if (!id)
        co_return std::unexpected(id.error());
    part.fileId = *id;
    part.state = PartState::Uploaded;
    if (auto saved = co_await m_store.save(m_run, part); !saved)
        co_return saved;
    co_return co_await begin(part, token);
}

/// Takes a part one step nearer to its early end.
Task<Result<void>> ProviderRun::endOne(Part part, CancelToken token)
{
    if (part.state == PartState::Written || part.state == PartState::Uploaded)
        co_return co_await close(part);
    if (part.state == PartState::Creating) {
        // It was asked for, but its answer never came; the provider may have begun it all the same.
        const auto found = co_await m_api.find(tagOf(m_run, part), token);
        if (!found)
            co_return std::unexpected(found.error());
        if (!*found)
            co_return co_await close(part);
        part.batchId = (*found)->id;
        part.state = PartState::Submitted;
        if (auto saved = co_await m_store.save(m_run, part); !saved)
            co_return saved;
    }
    const auto job = co_await m_api.job(part.batchId, token);
    if (!job)
        co_return std::unexpected(job.error());
    if (job->isOver())
        co_return co_await collect(part, *job, token);
    if (job->state == u"cancelling")
        co_return Result<void>();
    const auto cancelled = co_await m_api.cancel(part.batchId, token);
    // One that ended in between is refused, and collected the next time.
    const bool wasRefused = !cancelled && cancelled.error().kind == ErrorKind::Refused;
    co_return cancelled || wasRefused ? Result<void>() : std::unexpected(cancelled.error());
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
        const auto taken = co_await takeFile(part, file, token);
        if (!taken)
            co_return std::unexpected(taken.error());
        count += *taken;
    }
    // To ask again for what was answered, only not understood, would be to pay twice.
    if (count == 0 && job.state == u"completed" && !m_isStopping)
        co_return failure(ErrorKind::Protocol,
                          tr("The provider's answers to the batch %1 were not understood.").arg(job.id));
    if (job.state == u"expired")
        m_hasExpired = true;
    if (auto closed = co_await close(part); !closed)
        co_return closed;
    if (m_isStopping)
        co_return Result<void>();
    if (job.state == u"failed")
        co_return failure(ErrorKind::BadInput, tr("The provider declined the batch: %1").arg(job.problem));
    if (job.state == u"cancelled") // by somebody else: to ask for the rest is the user's to say
        co_return failure(ErrorKind::Refused,
                          tr("The batch was cancelled at the provider. What it had answered is kept; "
                             "resuming hands the rest over again."));
    co_return Result<void>();
}

/// How many answers were in a file of a job.
Task<Result<qint64>> ProviderRun::takeFile(Part part, QString fileId, CancelToken token)
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
        const auto isSettled = co_await m_recorder.take(*answer, Pricing::Batch, u"p%1"_s.arg(part.number));
        if (!isSettled)
            co_return std::unexpected(isSettled.error());
        m_hasExpired = m_hasExpired || !*isSettled;
        ++count;
    }
    co_return count;
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
            const auto found = co_await api.find(tagOf(run, part), {});
            if (!found)
                result = std::unexpected(found.error());
            id = found && *found ? (*found)->id : QString();
        }
        if (id.isEmpty() || part.state == PartState::Collected)
            continue;
        const auto job = co_await api.job(id, {});
        if (job && (job->isOver() || job->state == u"cancelling"))
            continue; // which providers refuse to cancel
        if (const auto cancelled = co_await api.cancel(id, {}); !cancelled)
            result = std::unexpected(cancelled.error());
    }
    co_return result;
}

} // namespace quintet::batch
