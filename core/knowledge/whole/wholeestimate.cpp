// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/whole/wholeestimate.h"

#include <algorithm>

namespace quintet::knowledge {

namespace {

constexpr qint64 tokensOfInstruction = 250;
constexpr qint64 tokensOfAnswer = 700;
constexpr double secondsOfRequest = 6;

} // namespace

void WholeReckoning::addPassage(qint64 tokens)
{
    tokens += tokensAroundPassage;
    ++m_sum.passages;
    m_sum.promptTokens += tokens;
    if (m_inRequest == 0 || m_inRequest + tokens > m_room) {
        ++m_sum.requests;
        m_inRequest = 0;
    }
    m_inRequest += tokens;
}

WholeEstimate WholeReckoning::estimate() const
{
    WholeEstimate estimate = m_sum;
    qint64 notes = estimate.requests * tokensOfNotes;
    estimate.completionTokens = notes;
    // Notes of notes, until they fit into one request: each round leaves a quarter, cautiously.
    while (notes > m_room) {
        const qint64 rounds = (notes + m_room - 1) / m_room;
        estimate.requests += rounds;
        estimate.promptTokens += notes;
        notes = std::min(notes / 4, rounds * tokensOfNotes * 4);
        estimate.completionTokens += notes;
    }
    ++estimate.requests; // the answer itself
    estimate.promptTokens += notes + estimate.requests * tokensOfInstruction;
    estimate.completionTokens += tokensOfAnswer;
    estimate.time = std::chrono::seconds(qint64(double(estimate.requests) / requestsAtOnce * secondsOfRequest) + 1);
    return estimate;
}

} // namespace quintet::knowledge
