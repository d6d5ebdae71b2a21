// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/call.h"

#include "text/tokenestimate.h"

#include <QJsonDocument>
#include <qcorosignal.h>

namespace quintet::llm {

namespace {

using std::chrono::milliseconds;

constexpr auto longSilence = std::chrono::seconds(5); // after which a local server is taken to be loading its model
constexpr qint64 imageTokens = 1000;                  // of an ordinary picture, for most models that see
constexpr int usualAnswer = 512;                      // tokens, for limits per minute
constexpr double caution = 1.25;                      // an estimate may be a fifth short

} // namespace

qint64 plainTokenEstimate(const Request &request)
{
    qint64 tokens = 0;
    for (const Message &message : request.messages) {
        tokens += text::estimateTokens(message.text) + 4 + imageTokens * static_cast<qint64>(message.images.size());
        for (const ToolCall &call : message.toolCalls)
            tokens += text::estimateTokens(call.name) + text::estimateTokens(call.arguments);
    }
    if (request.format)
        tokens += text::estimateTokens(
            QString::fromUtf8(QJsonDocument(request.format->schema).toJson(QJsonDocument::Compact)));
    for (const Tool &tool : request.tools)
        tokens += text::estimateTokens(tool.name + tool.description
                                       + QString::fromUtf8(QJsonDocument(tool.schema).toJson(QJsonDocument::Compact)));
    return tokens;
}

Call::Call(const GatewayParts &parts, Limiter &limiter, const Endpoint &endpoint, const Request &request,
           qint64 estimatedTokens)
    : m_parts(parts),
      m_limiter(limiter),
      m_endpoint(endpoint),
      m_isLocal(isLocal(endpoint)),
      m_request(request),
      m_estimatedTokens(estimatedTokens),
      m_claimedTokens(estimatedTokens + request.parameters.maxTokens.value_or(usualAnswer)),
      m_start(parts.clock.monotonic()),
      m_silence(parts.deadlines, [this] { pass(Waiting{Waiting::Reason::Loading, {}}); })
{
    m_event.time = parts.clock.now();
    m_event.pattern = request.pattern;
    m_event.endpoint = endpoint.name;
    m_event.run = request.run;
    m_soFar.endpoint = endpoint.name;
    m_soFar.model = request.model;
}

void Call::start()
{
    QMetaObject::invokeMethod(this, [self = shared_from_this()] { run(self); }, Qt::QueuedConnection);
}

void Call::leave()
{
    if (--m_listeners > 0 || m_finished)
        return;
    m_cancel.request_stop();
    if (m_stream && m_stream->wasSent())
        ++m_unanswered;
    settle(std::unexpected(cancelledError()));
}

Task<void> Call::run(std::shared_ptr<Call> self)
{
    if (self->m_finished)
        co_return;
    const Result<void> outcome = co_await send(self);
    self->settle(outcome);
}

Task<Result<void>> Call::send(std::shared_ptr<Call> self)
{
    const auto backend = co_await self->m_parts.backends(self->m_endpoint);
    if (self->m_finished) // given up meanwhile
        co_return std::unexpected(cancelledError());
    if (!backend)
        co_return std::unexpected(backend.error());
    if (const auto problem = self->m_parts.settings.problem(); problem && !self->m_isLocal)
        co_return std::unexpected(*problem);
    const usage::Budgets budgets = self->m_parts.settings.budgets();
    const bool isLimited = budgets.isSet() || self->m_request.budget.isSet() || self->m_request.runBudget.isSet();
    if (isLimited && self->m_endpoint.kind != EndpointKind::Builtin) {
        const auto onWaiting = [call = self.get()](const Waiting &waiting) { call->pass(waiting); };
        const auto hold =
            co_await Holding::hold(self->m_parts.holding, self->expense(), onWaiting, self->m_cancel.get_token());
        if (!hold)
            co_return std::unexpected(hold.error());
        self->m_hold = hold->id;
        self->m_request.parameters.maxTokens = hold->allowance.answerTokens;
    }
    co_return co_await attempt(self->planFor(*backend), self->m_cancel.get_token());
}

usage::Expense Call::expense() const
{
    const qint64 prompt = static_cast<qint64>(static_cast<double>(m_estimatedTokens) * caution) + 8;
    return {.model = m_request.model,
            .isFree = m_isLocal,
            .price = m_parts.prices.find(m_request.model, m_event.time.date(), prompt),
            .promptTokens = prompt,
            .answerTokens = m_request.parameters.maxTokens,
            .own = m_request.budget,
            .run = m_request.run,
            .runLimit = m_request.runBudget};
}

AttemptPlan Call::planFor(const std::shared_ptr<Backend> &backend)
{
    net::RetryPolicy retry = m_parts.retry;
    retry.retries = m_endpoint.retries;
    // The plan lives as long as the attempts, during which this call is held by run().
    return {.limiter = m_limiter,
            .clock = m_parts.clock,
            .retry = retry,
            .claim = {.account = backend->account(),
                      .pattern = m_request.pattern,
                      .rates = m_endpoint.rates,
                      .isLocal = m_isLocal,
                      .tokens = m_claimedTokens},
            .loadingPatience = m_endpoint.limits.firstByte,
            .once = [this, backend] { return sendOnce(shared_from_this(), backend); },
            .hasBegun = [this] { return m_begun || m_event.firstTokenTime; },
            .onWaiting = [this](const Waiting &waiting) { pass(waiting); },
            .log = m_log};
}

Task<Result<void>> Call::sendOnce(std::shared_ptr<Call> self, std::shared_ptr<Backend> backend)
{
    const auto onHead = [weak = self->weak_from_this(), account = backend->account()](const net::HttpHead &head) {
        if (const auto call = weak.lock(); call && !account.isEmpty())
            call->m_parts.rates.learn(account, head.headers);
    };
    const std::unique_ptr<Stream> stream = backend->start(self->m_request, onHead);
    self->m_stream = stream.get();
    if (self->m_isLocal && !backend->account().isEmpty())
        self->m_silence.set(longSilence);
    connect(stream.get(), &Stream::received, self.get(), [call = self.get()](const Event &event) {
        call->m_begun = true;
        call->pass(event);
    });
    const OnCancel onCancel(self->m_cancel.get_token(), stream.get(), [&stream] { stream->cancel(); });
    co_await qCoro(stream.get(), &Stream::finished);
    self->m_silence.clear();
    self->m_stream = nullptr;
    const bool wasRefused = !stream->outcome() && stream->outcome().error().http >= 300;
    if (!stream->outcome() && stream->wasSent() && !wasRefused)
        ++self->m_unanswered;
    if (stream->hasBegun())
        self->m_begun = true;
    co_return stream->outcome().transform([](const Completion &) { });
}

void Call::pass(const Event &event)
{
    if (m_finished)
        return;
    if (!std::holds_alternative<Waiting>(event)) {
        m_silence.clear();
        if (!m_event.firstTokenTime && !std::holds_alternative<ModelNamed>(event))
            m_soFar.firstTokenTime = m_event.firstTokenTime = sinceStart();
    }
    m_soFar.apply(event);
    const auto self = shared_from_this(); // a listener may be the last, and leave
    Q_EMIT received(event);
}

/// The end, however it came: what it took is reckoned, written down, and told.
void Call::settle(const Result<void> &outcome)
{
    if (m_finished)
        return;
    m_finished = true;
    m_silence.clear();
    m_outcome = outcome;
    reckon(outcome);
    learn(outcome);
    m_event.model = m_soFar.model;
    m_event.tokens = m_soFar.usage;
    m_event.cost = m_soFar.cost;
    m_event.totalTime = m_soFar.totalTime;
    m_event.queueTime = m_log->queueTime;
    m_event.attempts = m_log->attempts;
    m_event.outcome = outcome ? QStringLiteral("done") : nameOf(outcome.error().kind);
    m_parts.ledger.record(m_event);
    m_parts.holding->release(m_hold);
    const auto self = shared_from_this();
    Q_EMIT finished();
}

void Call::reckon(const Result<void> &outcome)
{
    usage::TokenUsage &usage = m_soFar.usage;
    const bool wasReported = usage != usage::TokenUsage();
    const bool hasAnswer = !m_soFar.text.isEmpty() || !m_soFar.reasoning.isEmpty() || !m_soFar.toolCalls.empty();
    const bool mayBePaid = outcome || hasAnswer || wasReported || m_unanswered > 0;
    // What broke off, or was given up, was read and written all the same; the server's last figures are from before.
    if ((hasAnswer && !wasReported) || (!outcome && mayBePaid)) {
        const usage::TokenUsage estimated = estimatedUsage();
        usage.prompt = std::max(usage.prompt, estimated.prompt);
        usage.completion = std::max(usage.completion, estimated.completion);
        usage.estimated = estimated.estimated;
    }
    m_reportedPrompt = usage.estimated ? 0 : usage.prompt;
    if (const int earlier = m_unanswered - (outcome ? 0 : 1); earlier > 0) {
        usage.prompt += m_estimatedTokens * earlier;
        usage.estimated = true;
    }
    m_soFar.attempts = m_log->attempts;
    m_soFar.totalTime = sinceStart();
    if (!m_soFar.cost)
        m_soFar.cost = mayBePaid ? costOf(usage) : usage::Money();
}

/// What an answer took whose server reported no figures, or broke off before it could.
usage::TokenUsage Call::estimatedUsage() const
{
    if (m_endpoint.kind == EndpointKind::Builtin)
        return {};
    usage::TokenUsage tokens{.prompt = m_estimatedTokens,
                             .completion = text::estimateTokens(m_soFar.text) + text::estimateTokens(m_soFar.reasoning),
                             .estimated = true};
    for (const ToolCall &call : m_soFar.toolCalls)
        tokens.completion += text::estimateTokens(call.name) + text::estimateTokens(call.arguments);
    return tokens;
}

std::optional<usage::Money> Call::costOf(const usage::TokenUsage &tokens)
{
    if (m_isLocal || m_log->attempts == 0)
        return usage::Money();
    if (tokens == usage::TokenUsage())
        return std::nullopt; // something was sent, and nobody knows what it took
    const auto price = m_parts.prices.find(m_request.model, m_event.time.date(), tokens.prompt);
    if (!price)
        return std::nullopt;
    m_event.price = QString::fromUtf8(QJsonDocument(toJson(*price)).toJson(QJsonDocument::Compact));
    return price->costOf(tokens);
}

void Call::learn(const Result<void> &outcome)
{
    if (m_endpoint.kind == EndpointKind::Builtin)
        return;
    if (outcome && m_reportedPrompt > 0)
        m_parts.facts.countedPrompt(m_endpoint, m_request.model, plainTokenEstimate(m_request), m_reportedPrompt);
    if (!outcome) {
        if (const auto context = contextFrom(outcome.error()))
            m_parts.facts.overflowed(m_endpoint, m_request.model, *context);
    }
}

milliseconds Call::sinceStart() const
{
    return std::chrono::duration_cast<milliseconds>(m_parts.clock.monotonic() - m_start);
}

} // namespace quintet::llm
