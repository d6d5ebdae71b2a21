// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/deadlines.h"
#include "llm/gateway/attempts.h"
#include "llm/gateway/gateway.h"

namespace quintet::llm {

/// One request on its way to a server and back: budget, limiter, retries, ledger. Any number of exchanges listen to it;
/// when the last one leaves, it is given up. Keeps itself alive as long as it is under way. Lives on the engine thread.
class Call final : public QObject, public std::enable_shared_from_this<Call> {
    Q_OBJECT

public:
    Call(const GatewayParts &parts, Limiter &limiter, const Endpoint &endpoint, const Request &request,
         qint64 estimatedTokens);

    /// Begins; nothing is emitted before the event loop runs again, and only what is said for join()ed listeners.
    void start();

    /// True for the first, whose request it is.
    bool join() { return ++m_listeners == 1; }
    void leave();

    const Completion &soFar() const { return m_soFar; }
    bool hasBegun() const { return m_begun; }
    bool isFinished() const { return m_finished; }

    /// After finished(): how it ended.
    const Result<void> &outcome() const { return m_outcome; }

Q_SIGNALS:
    void received(const quintet::llm::Event &event);
    void finished();

private:
    static Task<void> run(std::shared_ptr<Call> self);
    static Task<Result<void>> send(std::shared_ptr<Call> self);
    static Task<Result<void>> sendOnce(std::shared_ptr<Call> self, std::shared_ptr<Backend> backend);

    usage::Expense expense() const;
    AttemptPlan planFor(const std::shared_ptr<Backend> &backend);
    void pass(const Event &event);
    void settle(const Result<void> &outcome);
    void reckon(const Result<void> &outcome);
    void learn(const Result<void> &outcome);
    usage::TokenUsage estimatedUsage() const;
    std::optional<usage::Money> costOf(const usage::TokenUsage &tokens);
    std::chrono::milliseconds sinceStart() const;

    GatewayParts m_parts;
    Limiter &m_limiter;
    Endpoint m_endpoint;
    bool m_isLocal;
    Request m_request;
    qint64 m_estimatedTokens;
    qint64 m_claimedTokens; ///< with the answer, for limits per minute
    std::chrono::nanoseconds m_start;
    usage::UsageEvent m_event;
    std::shared_ptr<AttemptLog> m_log = std::make_shared<AttemptLog>();
    QString m_hold;
    Completion m_soFar;
    Result<void> m_outcome;
    CancelSource m_cancel;
    Deadline m_silence;
    int m_listeners = 0;
    qint64 m_reportedPrompt = 0; ///< tokens, as the server counted them
    int m_unanswered = 0;        ///< attempts that a server may have worked for, of which no whole answer came
    Stream *m_stream = nullptr;  ///< of the attempt under way
    bool m_begun = false;
    bool m_finished = false;
};

/// How many tokens the parts of a request have that a model reads, by our estimate alone.
qint64 plainTokenEstimate(const Request &request);

} // namespace quintet::llm
