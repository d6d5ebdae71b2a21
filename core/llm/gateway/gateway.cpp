// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/gateway.h"

#include "base/log.h"
#include "llm/gateway/budget.h"
#include "text/tokenestimate.h"
#include "usage/prices.h"

#include <QRandomGenerator>
#include <qcorosignal.h>

namespace quintet::llm {

/// One request on its way through the gateway. What it needs of the gateway is copied or outlives it; after every wait
/// it asks whether anybody still listens.
class Gateway::Exchange final : public Stream {
public:
    Exchange(Gateway &gateway, const Endpoint &endpoint, const Request &request)
        : m_gateway(gateway),
          m_endpoint(endpoint),
          m_request(request),
          m_start(gateway.m_clock.monotonic())
    {
        m_event.time = gateway.m_clock.now();
        m_event.pattern = request.pattern;
        m_event.endpoint = endpoint.name;
        m_event.run = request.run;
        answer().endpoint = endpoint.name;
        answer().model = request.model;
        QMetaObject::invokeMethod(this, [this] { run(QPointer(this), m_cancel.get_token()); }, Qt::QueuedConnection);
    }

    ~Exchange() override
    {
        m_cancel.request_stop();
        if (!isFinished())
            record(cancelledError());
    }

    void cancel() override { m_cancel.request_stop(); }

private:
    static Task<void> run(QPointer<Exchange> self, CancelToken token)
    {
        if (self->answeredFromCache())
            co_return;
        if (auto affordable = withinBudget(self->m_endpoint, self->m_request, self->m_event.time.date())) {
            self->m_request = *affordable;
        } else {
            self->conclude(std::unexpected(affordable.error()));
            co_return;
        }
        const Result<Limiter::Permit> permit = co_await self->m_gateway.m_limiter.acquire(self->m_endpoint.name, token);
        if (!self)
            co_return;
        self->m_event.queueTime = self->sinceStart();
        if (!permit) {
            self->conclude(std::unexpected(permit.error()));
            co_return;
        }
        const auto backend = co_await self->m_gateway.m_backends(self->m_endpoint);
        if (!self)
            co_return;
        if (!backend) {
            self->conclude(std::unexpected(backend.error()));
            co_return;
        }
        co_await attempts(self, *backend, token);
    }

    /// Replays an answer that was kept, as a stream like any other.
    bool answeredFromCache()
    {
        if (!m_request.mayCache || m_endpoint.kind == EndpointKind::Builtin)
            return false;
        m_cacheKey = cacheKey(m_endpoint, m_request);
        const std::optional<Completion> kept = m_gateway.m_cache.find(m_cacheKey);
        if (!kept)
            return false;
        m_event.cached = true;
        answer().cached = true;
        answer().cost = usage::Money();
        std::vector<Event> events{ModelNamed{kept->model}};
        if (!kept->reasoning.isEmpty())
            events.push_back(ReasoningDelta{kept->reasoning});
        events.insert(events.end(), {TextDelta{kept->text}, UsageReported{kept->usage}});
        const QPointer self(this);
        for (const Event &event : events) {
            pass(event);
            if (!self)
                return true;
        }
        conclude({});
        return true;
    }

    static Task<void> attempts(QPointer<Exchange> self, std::shared_ptr<Backend> backend, CancelToken token)
    {
        for (;;) {
            const Result<void> result = co_await attempt(self, backend, token);
            if (!self)
                co_return;
            const bool nothingArrived = !self->m_event.firstTokenTime && !self->m_begun;
            const auto wait =
                result || !nothingArrived || token.stop_requested()
                    ? std::nullopt
                    : net::retryDelay(self->m_gateway.m_policy.retry, result.error(), self->m_event.attempts,
                                      QRandomGenerator::global()->generateDouble());
            if (!wait) {
                self->conclude(result);
                co_return;
            }
            qCInfo(lcGateway) << "attempt" << self->m_event.attempts << "failed:" << result.error().message
                              << "again in" << wait->count() << "ms";
            const bool slept = co_await self->m_gateway.m_clock.sleep(*wait, token);
            if (!self)
                co_return;
            if (!slept) {
                self->conclude(std::unexpected(cancelledError()));
                co_return;
            }
        }
    }

    static Task<Result<void>> attempt(QPointer<Exchange> self, std::shared_ptr<Backend> backend, CancelToken token)
    {
        ++self->m_event.attempts;
        const std::unique_ptr<Stream> stream = backend->start(self->m_request);
        connect(stream.get(), &Stream::received, self.data(),
                [exchange = self.data()](const Event &event) { exchange->pass(event); });
        const OnCancel onCancel(token, stream.get(), [&stream] { stream->cancel(); });
        co_await qCoro(stream.get(), &Stream::finished);
        if (self && stream->hasBegun())
            self->m_begun = true;
        co_return stream->outcome().transform([](const Completion &) { });
    }

    void pass(const Event &event)
    {
        if (!m_event.firstTokenTime && !std::holds_alternative<ModelNamed>(event)) {
            m_event.firstTokenTime = sinceStart();
            answer().firstTokenTime = m_event.firstTokenTime;
        }
        receive(event);
    }

    void conclude(const Result<void> &result)
    {
        Completion &whole = answer();
        const bool answered = !whole.text.isEmpty() || !whole.reasoning.isEmpty() || !whole.toolCalls.empty();
        if (answered && whole.usage == usage::TokenUsage())
            whole.usage = estimate();
        if (!whole.cost)
            whole.cost = costOf(whole);
        whole.attempts = m_event.attempts;
        whole.totalTime = sinceStart();
        record(result ? std::optional<Error>() : result.error());
        const bool isWorthKeeping = result && !whole.cached && whole.toolCalls.empty()
                                    && !whole.text.trimmed().isEmpty() && whole.stopReason == StopReason::End;
        if (isWorthKeeping && !m_cacheKey.isEmpty())
            m_gateway.m_cache.put(m_cacheKey, whole);
        finish(result);
    }

    std::optional<usage::Money> costOf(const Completion &completion) const
    {
        if (isLocal(m_endpoint) || m_event.attempts == 0)
            return usage::Money();
        if (completion.usage == usage::TokenUsage())
            return std::nullopt; // something was sent, and nobody knows what it took
        const auto price = usage::priceOf(m_request.model, m_event.time.date(), completion.usage.prompt);
        return price ? std::optional(price->costOf(completion.usage)) : std::nullopt;
    }

    /// What an answer took whose server reported no figures, or broke off before it could.
    usage::TokenUsage estimate()
    {
        usage::TokenUsage tokens;
        for (const Message &message : m_request.messages)
            tokens.prompt += text::estimateTokens(message.text);
        tokens.completion = text::estimateTokens(answer().text) + text::estimateTokens(answer().reasoning);
        for (const ToolCall &call : answer().toolCalls)
            tokens.completion += text::estimateTokens(call.name) + text::estimateTokens(call.arguments);
        tokens.estimated = true;
        return m_endpoint.kind == EndpointKind::Builtin ? usage::TokenUsage() : tokens;
    }

    void record(const std::optional<Error> &error)
    {
        m_event.model = answer().model;
        m_event.tokens = answer().usage;
        m_event.cost = answer().cost;
        m_event.totalTime = sinceStart();
        m_event.outcome = error ? nameOf(error->kind) : QStringLiteral("done");
        m_gateway.m_ledger.record(m_event);
    }

    std::chrono::milliseconds sinceStart() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(m_gateway.m_clock.monotonic() - m_start);
    }

    Gateway &m_gateway;
    Endpoint m_endpoint;
    Request m_request;
    std::chrono::nanoseconds m_start;
    usage::UsageEvent m_event;
    QByteArray m_cacheKey; ///< empty where the answer is not to be kept
    CancelSource m_cancel;
    bool m_begun = false; ///< a piece of an answer has arrived: nothing is sent again
};

Gateway::Gateway(BackendFactory backends, Clock &clock, usage::Ledger &ledger, ResponseCache &cache, Policy policy)
    : m_backends(std::move(backends)),
      m_clock(clock),
      m_ledger(ledger),
      m_cache(cache),
      m_policy(policy),
      m_limiter(policy.atOnce)
{
}

std::unique_ptr<Stream> Gateway::ask(const Endpoint &endpoint, const Request &request)
{
    return std::make_unique<Exchange>(*this, endpoint, request);
}

} // namespace quintet::llm
