// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "llm/event.h"

#include <QObject>

#include <chrono>
#include <vector>

namespace quintet::llm {

/// An answer, whole or as far as it came.
struct Completion {
    QString text;
    QString reasoning;
    std::vector<ToolCall> toolCalls;
    std::vector<Thinking> thinking;
    std::vector<Cited> citations;
    std::vector<Quoted> quotes;
    QString endpoint;
    QString model;
    usage::TokenUsage usage;
    std::optional<usage::Money> cost; ///< nothing where the price is unknown
    StopReason stopReason = StopReason::End;
    bool cached = false;               ///< not asked for anew: kept from before, or shared with an equal request
    std::optional<usage::Money> saved; ///< what a cached answer cost when it was made, if that is known
    std::chrono::milliseconds savedTime{0};
    std::optional<std::chrono::milliseconds> firstTokenTime;
    std::chrono::milliseconds totalTime{0};
    int attempts = 0;

    /// Folds one event in: a pure step, the same wherever an answer is put together.
    void apply(const Event &event);

    /// Adds to tokens, cost, attempts and time what `other` took; of one that was kept, the time alone.
    void addTaken(const Completion &other);

    /// Tokens that were read and written for it: none where it was kept.
    qint64 takenTokens() const { return cached ? 0 : usage.prompt + usage.completion; }

    bool operator==(const Completion &) const = default;
};

/// An answer as it comes, as QNetworkReply is one. received() any number of times, then finished() exactly once, from
/// the event loop; then outcome() holds the answer or the reason why it is not whole, and soFar() what arrived in
/// either case. Destroying it stops the work without a further signal. Lives on the engine thread.
class Stream : public QObject {
    Q_OBJECT

public:
    /// Stops; finished() follows with Cancelled as the outcome, unless it had ended.
    virtual void cancel() = 0;

    bool isFinished() const { return m_finished; }

    /// Whether a piece of an answer has arrived, understood or not: from then on the request may have been paid for.
    bool hasBegun() const { return m_begun; }

    /// False if the request surely reached no server, so that nothing can have been paid for.
    virtual bool wasSent() const { return true; }

    const Result<Completion> &outcome() const { return m_outcome; }
    const Completion &soFar() const { return m_soFar; }

Q_SIGNALS:
    void received(const quintet::llm::Event &event);
    void finished();

protected:
    void begin() { m_begun = true; }
    void receive(const Event &event);
    void finish(Result<void> result);
    Completion &answer() { return m_soFar; }

private:
    Completion m_soFar;
    Result<Completion> m_outcome = std::unexpected(Error());
    bool m_begun = false;
    bool m_finished = false;
};

/// The whole answer of `stream`. `onEvent`, if given, sees every event first.
Task<Result<Completion>> collect(std::unique_ptr<Stream> stream, std::function<void(const Event &)> onEvent,
                                 CancelToken token);

} // namespace quintet::llm
