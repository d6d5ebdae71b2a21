// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway.h"

#include "base/log.h"
#include "text/tokenestimate.h"

#include <QRandomGenerator>
#include <qcorosignal.h>

namespace quintet::llm {

/// One request on its way through the gateway. What it needs of the gateway is copied or outlives it; after every wait
/// it asks whether anybody still listens.
class Gateway::Exchange final : public Stream {
public:
    Exchange(Gateway &gateway, const Endpoint &endpoint, const Request &request)
        : m_gateway(gateway), m_endpoint(endpoint), m_request(request), m_start(gateway.m_clock.monotonic())
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

    static Task<void> attempts(QPointer<Exchange> self, std::shared_ptr<Backend> backend, CancelToken token)
    {
        for (;;) {
            const Result<void> result = co_await attempt(self, backend, token);
            if (!self)
                co_return;
            const bool nothingArrived = !self->m_event.firstTokenTime;
            const auto wait = result || !nothingArrived || token.stop_requested()
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
        connect(stream.get(), &Stream::received, self.data(), [exchange = self.data()](const Event &event) { exchange->pass(event); });
        const OnCancel onCancel(token, stream.get(), [&stream] { stream->cancel(); });
        co_await qCoro(stream.get(), &Stream::finished);
        co_return stream->outcome().transform([](const Completion &) {});
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
        const bool answered = whole.usage != usage::TokenUsage() || !whole.text.isEmpty() || !whole.reasoning.isEmpty();
        if (answered && whole.usage == usage::TokenUsage())
            whole.usage = estimate();
        if (isLocal(m_endpoint))
            whole.cost = usage::Money();
        whole.attempts = m_event.attempts;
        whole.totalTime = sinceStart();
        record(result ? std::optional<Error>() : result.error());
        finish(result);
    }

    /// What an answer took whose server reported no figures, or broke off before it could.
    usage::TokenUsage estimate()
    {
        usage::TokenUsage tokens;
        for (const Message &message : m_request.messages)
            tokens.prompt += text::estimateTokens(message.text);
        tokens.completion = text::estimateTokens(answer().text) + text::estimateTokens(answer().reasoning);
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
    CancelSource m_cancel;
};

Gateway::Gateway(BackendFactory backends, Clock &clock, usage::Ledger &ledger, Policy policy)
    : m_backends(std::move(backends)), m_clock(clock), m_ledger(ledger), m_policy(policy), m_limiter(policy.atOnce)
{
}

std::unique_ptr<Stream> Gateway::ask(const Endpoint &endpoint, const Request &request)
{
    return std::make_unique<Exchange>(*this, endpoint, request);
}

} // namespace quintet::llm
