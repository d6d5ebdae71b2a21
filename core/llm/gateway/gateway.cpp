// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/gateway.h"

#include "llm/gateway/call.h"
#include "llm/gateway/embedder.h"

namespace quintet::llm {

namespace {

/// What came so far, as the events that would fold into it.
std::vector<Event> eventsOf(const Completion &completion)
{
    std::vector<Event> events{ModelNamed{completion.model}};
    if (!completion.reasoning.isEmpty())
        events.push_back(ReasoningDelta{completion.reasoning});
    for (const Thinking &thinking : completion.thinking)
        events.push_back(Thought{thinking});
    if (!completion.text.isEmpty())
        events.push_back(TextDelta{completion.text});
    for (const Cited &cited : completion.citations)
        events.push_back(cited);
    for (size_t i = 0; i < completion.toolCalls.size(); ++i) {
        const ToolCall &call = completion.toolCalls[i];
        events.push_back(ToolCallDelta{static_cast<int>(i), call.id, call.name, call.arguments, call.extra});
    }
    if (completion.usage != usage::TokenUsage())
        events.push_back(UsageReported{completion.usage, completion.cost});
    return events;
}

} // namespace

/// What one asker sees of a request: an answer that was kept, a call of its own, or one that it shares.
class Gateway::Exchange final : public Stream {
public:
    Exchange(Gateway &gateway, const Endpoint &endpoint, const Request &request)
        : m_gateway(gateway),
          m_endpoint(endpoint.name),
          m_pattern(request.pattern),
          m_run(request.run),
          m_start(gateway.m_parts.clock.monotonic())
    {
        answer().endpoint = endpoint.name;
        answer().model = request.model;
        if (isCacheable(endpoint, request))
            m_key = cacheKey(endpoint, request);
        if (!m_key.isEmpty() && (m_kept = gateway.m_parts.cache.find(m_key))) {
            QMetaObject::invokeMethod(this, [this] { replay(); }, Qt::QueuedConnection);
            return;
        }
        follow(gateway.callFor(endpoint, request, m_key));
    }

    ~Exchange() override { leave(); }

    void cancel() override
    {
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (isFinished())
                    return;
                leave();
                finish(std::unexpected(cancelledError()));
            },
            Qt::QueuedConnection);
    }

private:
    bool isCacheable(const Endpoint &endpoint, const Request &request) const
    {
        return request.mayCache && endpoint.kind != EndpointKind::Builtin
               && !m_gateway.m_parts.settings.cache().patternsOff.contains(request.pattern);
    }

    void follow(std::shared_ptr<Call> call)
    {
        m_call = std::move(call);
        m_isShared = !m_call->join();
        connect(m_call.get(), &Call::received, this, &Exchange::pass);
        connect(m_call.get(), &Call::finished, this, &Exchange::conclude);
        if (m_isShared)
            QMetaObject::invokeMethod(this, [this] { catchUp(); }, Qt::QueuedConnection);
    }

    /// A call that others had begun has said something already.
    void catchUp()
    {
        if (isFinished() || m_hasCaughtUp)
            return;
        m_hasCaughtUp = true;
        if (!m_call)
            return;
        const QPointer self(this);
        for (const Event &event : eventsOf(m_call->soFar())) {
            receive(event);
            if (!self)
                return;
        }
    }

    void pass(const Event &event)
    {
        if (m_isShared && !m_hasCaughtUp) {
            catchUp(); // which includes this event
            return;
        }
        if (m_call->hasBegun())
            begin();
        receive(event);
    }

    void conclude()
    {
        const std::shared_ptr<Call> call = m_call;
        if (call->hasBegun())
            begin();
        if (m_isShared) { // which may have joined a moment ago, and heard nothing yet
            const QPointer self(this);
            catchUp();
            if (!self)
                return;
        }
        const Completion &whole = call->soFar();
        answer() = whole;
        if (m_isShared) {
            markSaved(call->outcome() ? whole.cost : std::nullopt, whole.totalTime);
            record(call->outcome() ? QStringLiteral("done") : nameOf(call->outcome().error().kind));
        } else if (call->outcome() && isWorthKeeping(whole) && !m_key.isEmpty()) {
            m_gateway.m_parts.cache.put(m_key, whole);
        }
        finish(call->outcome());
    }

    static bool isWorthKeeping(const Completion &completion)
    {
        return completion.toolCalls.empty() && completion.citations.empty() && !completion.text.trimmed().isEmpty()
               && completion.stopReason == StopReason::End;
    }

    /// Gives an answer that was kept, as a stream like any other.
    void replay()
    {
        if (isFinished())
            return;
        const QPointer self(this);
        for (const Event &event : eventsOf(*m_kept)) {
            receive(event);
            if (!self)
                return;
        }
        answer().usage = m_kept->usage;
        answer().firstTokenTime = sinceStart();
        markSaved(m_kept->cost, m_kept->totalTime);
        record(QStringLiteral("done"));
        finish({});
    }

    void markSaved(std::optional<usage::Money> cost, std::chrono::milliseconds time)
    {
        answer().cached = true;
        answer().cost = usage::Money();
        answer().saved = cost;
        answer().savedTime = time;
        answer().attempts = 0;
        answer().totalTime = sinceStart();
    }

    void record(const QString &outcome)
    {
        usage::UsageEvent event;
        event.time = m_gateway.m_parts.clock.now();
        event.pattern = m_pattern;
        event.endpoint = m_endpoint;
        event.model = answer().model;
        event.run = m_run;
        event.tokens = answer().usage;
        event.cached = true;
        event.cost = usage::Money();
        event.saved = answer().saved;
        event.savedTime = answer().savedTime;
        event.firstTokenTime = answer().firstTokenTime;
        event.totalTime = answer().totalTime;
        event.outcome = outcome;
        m_gateway.m_parts.ledger.record(event);
    }

    void leave()
    {
        if (!m_call || isFinished())
            return;
        m_call->disconnect(this);
        m_call->leave();
        if (m_call->isFinished())
            answer() = m_call->soFar(); // with what it took
        m_call.reset();
    }

    std::chrono::milliseconds sinceStart() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(m_gateway.m_parts.clock.monotonic() - m_start);
    }

    Gateway &m_gateway;
    QString m_endpoint; ///< its name
    QString m_pattern;
    QString m_run;
    std::chrono::nanoseconds m_start;
    QByteArray m_key; ///< empty where the answer is neither looked up nor kept
    std::optional<Completion> m_kept;
    std::shared_ptr<Call> m_call;
    bool m_isShared = false; ///< the call is another's
    bool m_hasCaughtUp = false;
};

Gateway::Gateway(GatewayParts parts) : m_parts(std::move(parts)), m_limiter(m_parts.rates, m_parts.clock)
{
    m_parts.life = m_life;
    m_parts.holding =
        std::make_shared<Holding>(m_parts.spending, m_parts.settings, m_parts.consent, std::weak_ptr(m_life));
}

Gateway::~Gateway() = default;

std::unique_ptr<Stream> Gateway::ask(const Endpoint &endpoint, const Request &request)
{
    return std::make_unique<Exchange>(*this, endpoint, request);
}

std::shared_ptr<Call> Gateway::callFor(const Endpoint &endpoint, const Request &request, const QByteArray &key)
{
    // One that stands under a budget of its own may be cut short by it, which is no other's concern.
    if (key.isEmpty() || request.budget.isSet() || request.runBudget.isSet()) {
        const auto call =
            std::make_shared<Call>(m_parts, m_limiter, endpoint, request, estimatedTokens(endpoint, request));
        call->start();
        return call;
    }
    if (const auto underWay = m_underWay.value(key).lock(); underWay && !underWay->isFinished())
        return underWay;
    const auto call = std::make_shared<Call>(m_parts, m_limiter, endpoint, request, estimatedTokens(endpoint, request));
    m_underWay.insert(key, call);
    QObject::connect(call.get(), &Call::finished, call.get(), [this, key] { m_underWay.remove(key); });
    call->start();
    return call;
}

qint64 Gateway::estimatedTokens(const Endpoint &endpoint, const Request &request) const
{
    const double factor =
        endpoint.kind == EndpointKind::Builtin ? 1 : m_parts.facts.tokenFactor(endpoint, request.model);
    return static_cast<qint64>(static_cast<double>(plainTokenEstimate(request)) * factor);
}

Task<Result<usage::Spending::Hold>> Gateway::hold(usage::Expense expense, CancelToken token)
{
    return Holding::hold(m_parts.holding, std::move(expense), {}, token);
}

Task<Result<Embeddings>> Gateway::embed(Endpoint endpoint, EmbeddingRequest request, CancelToken token)
{
    co_return co_await embedAll(m_parts, m_limiter, m_vectors, std::move(endpoint), std::move(request), token);
}

Task<Result<Ranking>> Gateway::rerank(Endpoint endpoint, RerankRequest request, CancelToken token)
{
    co_return co_await rerankOnce(m_parts, m_limiter, std::move(endpoint), std::move(request), token);
}

} // namespace quintet::llm
