// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/loop/condenser.h"

#include <QCoreApplication>

namespace quintet::agent {

namespace {

constexpr int stepsKept = 2;          // told in full, at the end
constexpr qint64 answerRoom = 4'096;  // tokens for what the model says, in a large context
constexpr qsizetype shortest = 1'000; // characters of a result that are always told

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

Task<Result<llm::Request>> Condenser::fit(std::vector<ToolFacts> tools, Telling telling, CancelToken token)
{
    const llm::Endpoint endpoint = m_journal.run().spec().endpoint;
    const qint64 context = co_await m_catalog.contextTokens(endpoint, token);
    const qint64 room = context - std::min<qint64>(answerRoom, context / 4);
    // A quarter of the context for one result; a token has about three characters.
    telling.longest = std::clamp<qsizetype>(qsizetype(context / 4 * 3), shortest, telling.longest);
    const auto fits = [&](const llm::Request &request) { return m_gateway.estimatedTokens(endpoint, request) <= room; };
    llm::Request request = requestFor(m_journal.run(), tools, telling);
    if (fits(request))
        co_return request;
    const int last = int(m_journal.run().steps().size()) - stepsKept;
    telling.briefTo = last;
    request = requestFor(m_journal.run(), tools, telling);
    if (!fits(request) && last > m_journal.run().condensedTo()) {
        if (auto condensed = co_await condense(last, telling.longest, token); !condensed)
            co_return std::unexpected(condensed.error());
        request = requestFor(m_journal.run(), tools, telling);
    }
    while (!fits(request) && telling.longest > shortest) {
        telling.longest = std::max(shortest, telling.longest / 2);
        request = requestFor(m_journal.run(), tools, telling);
    }
    if (!fits(request)) {
        co_return failure(ErrorKind::ContextTooLong,
                          tr("The task and its tools are longer than the model can read. Switch tools off, or choose a "
                             "model that reads more."));
    }
    co_return request;
}

Task<Result<void>> Condenser::condense(int last, qsizetype longest, CancelToken token)
{
    const llm::Endpoint endpoint = m_journal.run().spec().endpoint;
    const qint64 room = co_await m_catalog.contextTokens(endpoint, token) * 3 / 4;
    llm::Request request = condensationFor(m_journal.run(), last, longest);
    while (m_gateway.estimatedTokens(endpoint, request) > room && longest > 100) {
        longest /= 2;
        request = condensationFor(m_journal.run(), last, longest);
    }
    const auto notes = co_await llm::collect(m_gateway.ask(endpoint, request), {}, token);
    if (!notes)
        co_return std::unexpected(notes.error());
    if (notes->text.trimmed().isEmpty())
        co_return failure(ErrorKind::Protocol, tr("The model condensed its steps to nothing. Try again."));
    co_return co_await m_journal.keep(StepsCondensed{last, notes->text.trimmed(), notes->usage, notes->cost});
}

} // namespace quintet::agent
