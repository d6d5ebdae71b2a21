// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/stream.h"

#include <QCoreApplication>
#include <qcorosignal.h>

#include <algorithm>

namespace quintet::llm {

QString nameOf(StopReason reason)
{
    switch (reason) {
    case StopReason::End: return QStringLiteral("end");
    case StopReason::Length: return QStringLiteral("length");
    case StopReason::ToolCalls: return QStringLiteral("toolCalls");
    case StopReason::Filtered: return QStringLiteral("filtered");
    case StopReason::Refused: return QStringLiteral("refused");
    }
    Q_UNREACHABLE();
}

QString sentenceFor(const Waiting &waiting)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("llm", text); };
    const auto seconds = std::max<qint64>(1, (waiting.time.count() + 500) / 1000);
    switch (waiting.reason) {
    case Waiting::Reason::InLine: return tr("Waiting for a free place at the server …");
    case Waiting::Reason::Budget: return tr("Waiting for what others leave of the budget …");
    case Waiting::Reason::Rate: return tr("The server allows no more for now; on in %1 s …").arg(seconds);
    case Waiting::Reason::Loading: return tr("The server is loading its model …");
    case Waiting::Reason::Retrying: return tr("That failed; again in %1 s …").arg(seconds);
    }
    Q_UNREACHABLE();
}

void Completion::addTaken(const Completion &other)
{
    totalTime += other.totalTime;
    if (other.cached)
        return;
    usage.prompt += other.usage.prompt;
    usage.completion += other.usage.completion;
    usage.cached += other.usage.cached;
    usage.reasoning += other.usage.reasoning;
    usage.estimated = usage.estimated || other.usage.estimated;
    cost = cost && other.cost ? std::optional(usage::Money{cost->nanoDollars + other.cost->nanoDollars}) : std::nullopt;
    attempts += other.attempts;
}

void Completion::apply(const Event &event)
{
    const auto takeToolCall = [this](const ToolCallDelta &delta) {
        const auto index = static_cast<size_t>(delta.call);
        if (index >= toolCalls.size())
            toolCalls.resize(index + 1);
        ToolCall &call = toolCalls[index];
        if (!delta.id.isEmpty())
            call.id = delta.id;
        call.name += delta.name;
        call.arguments += delta.arguments;
        if (!delta.extra.isEmpty())
            call.extra = delta.extra;
    };
    std::visit(Visitor{[this](const TextDelta &delta) { text += delta.text; },
                       [this](const ReasoningDelta &delta) { reasoning += delta.text; }, takeToolCall,
                       [this](const Thought &thought) { thinking.push_back(thought.thinking); },
                       [this](const Cited &cited) { citations.push_back(cited); },
                       [this](const Quoted &quoted) { quotes.push_back(quoted); },
                       [this](const UsageReported &reported) {
                           usage = reported.usage;
                           cost = reported.cost;
                       },
                       [this](const ModelNamed &named) { model = named.model; },
                       [this](const Stopped &stopped) { stopReason = stopped.reason; }, [](const Waiting &) {}},
               event);
}

void Stream::receive(const Event &event)
{
    if (m_finished)
        return;
    m_soFar.apply(event);
    Q_EMIT received(event);
}

void Stream::finish(Result<void> result)
{
    if (m_finished)
        return;
    m_finished = true;
    m_outcome = result ? Result<Completion>(m_soFar) : Result<Completion>(std::unexpected(result.error()));
    Q_EMIT finished();
}

Task<Result<Completion>> collect(std::unique_ptr<Stream> stream, std::function<void(const Event &)> onEvent,
                                 CancelToken token)
{
    if (onEvent)
        QObject::connect(stream.get(), &Stream::received, stream.get(), onEvent);
    const OnCancel onCancel(token, stream.get(), [&stream] { stream->cancel(); });
    if (!stream->isFinished())
        co_await qCoro(stream.get(), &Stream::finished);
    co_return stream->outcome();
}

} // namespace quintet::llm
