// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/provider/answerrecorder.h"

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

constexpr int mostAttempts = 4;

} // namespace

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

AnswerRecorder::AnswerRecorder(const Parts &parts, const Run &run, RecordResult record)
    : m_parts(parts),
      m_run(run),
      m_record(std::move(record))
{
}

std::optional<usage::Money> AnswerRecorder::costOf(const usage::TokenUsage &tokens, Pricing pricing) const
{
    const llm::Endpoint &endpoint = m_parts.answerer.asking().endpoint;
    if (llm::isLocal(endpoint) || pricing == Pricing::Free)
        return usage::Money();
    return m_parts.prices.find(endpoint.model, m_parts.clock.now().date(), tokens.prompt)
        .transform([&tokens](const usage::Price &price) { return price.inBatch().costOf(tokens); });
}

QString AnswerRecorder::modelOf(const llm::Completion &completion) const
{
    return completion.model.isEmpty() ? m_parts.answerer.asking().endpoint.model : completion.model;
}

usage::UsageEvent AnswerRecorder::eventFor(const Item &item, const llm::Completion &completion,
                                           const Result<ItemResult> &result, Pricing pricing,
                                           const QString &origin) const
{
    usage::UsageEvent event;
    // One answer counts once, also where it is read again because the process ended in between.
    event.id = u"%1-%2-%3"_s.arg(m_run.id.value).arg(item.position()).arg(origin);
    event.time = m_parts.clock.now();
    event.pattern = u"batch"_s;
    event.endpoint = m_parts.answerer.asking().endpoint.name;
    event.model = modelOf(completion);
    event.run = m_run.id.value;
    event.tokens = completion.usage;
    event.cost = costOf(completion.usage, pricing);
    event.attempts = item.attempts;
    event.outcome = result ? u"done"_s : nameOf(result.error().kind);
    return event;
}

Task<Result<bool>> AnswerRecorder::take(BatchAnswer answer, Pricing pricing, QString origin)
{
    const auto item = m_parts.items.find(itemId(m_run.number, answer.position));
    if (!item && item.error().kind != ErrorKind::BadInput)
        co_return std::unexpected(item.error());
    if (!item || item->state == ItemState::Done || item->state == ItemState::Answered)
        co_return true;
    if (!answer.wasWorkedOn)
        co_return false;
    const auto result = answer.completion.and_then(
        [this](const llm::Completion &completion) { return m_parts.answerer.resultFrom(completion); });
    if (answer.completion) // also one that is of no use is paid for; and before its result is written down
        m_parts.ledger.record(eventFor(*item, *answer.completion, result, pricing, origin));
    if (!result) {
        const bool mayHelp = isPassing(result.error()) || result.error().kind == ErrorKind::Protocol;
        if (mayHelp && item->attempts < mostAttempts)
            co_return false;
        co_return (co_await m_parts.items.fail(item->id, result.error())).transform([] { return true; });
    }
    ItemResult priced = *result;
    priced.model = modelOf(*answer.completion);
    priced.cost = costOf(answer.completion->usage, pricing);
    co_return (co_await m_record(*item, priced)).transform([] { return true; });
}

} // namespace quintet::batch
