// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/hit.h"
#include "llm/endpoint.h"
#include "llm/stream.h"

namespace quintet::knowledge {

/// One turn of the conversation that a question belongs to.
struct Exchange {
    QString question;
    QString answer;

    bool operator==(const Exchange &) const = default;
};

/// What is asked.
struct AskWish {
    Query query; ///< its text is the question
    std::vector<Exchange> before;
    llm::Endpoint endpoint;
    llm::Parameters parameters;
    usage::Limit budget; ///< the most that it may take
    bool useCache = true;
    int sentences = 4; ///< of an answer without a model

    bool operator==(const AskWish &) const = default;
};

/// A place in a document that a sentence of the answer points at. `quote` is always the stretch of the document's text
/// from `start` to `end`.
struct Citation {
    int marker = 0; ///< "[2]" in the answer: the second of the passages
    QString document;
    QString title;
    std::optional<int> page;
    QString place;
    qint64 start = 0; ///< Unicode code points
    qint64 end = 0;
    QString quote;
    bool isVerified = false; ///< what the answer claims stands in the quote, as far as words, numbers and names tell

    bool operator==(const Citation &) const = default;
};

/// A sentence of an answer with what it rests on.
struct Claim {
    QString text;        ///< with its markers
    qsizetype start = 0; ///< UTF-16 units into Answer::text
    qsizetype end = 0;
    std::vector<int> markers;
    bool isSupported = false; ///< by at least one of the passages it cites

    bool operator==(const Claim &) const = default;
};

struct Answer {
    QString text;                    ///< Markdown with markers "[1]"
    std::vector<Hit> passages;       ///< number n of them is marker n + 1
    std::vector<Citation> citations; ///< in the order of the text, each place once
    std::vector<Claim> claims;
    bool knowsNothing = false; ///< the collections say nothing about it
    QString question;          ///< as it was searched for, where the conversation made another of it
    QStringList notes; ///< what did not go as wished: "the order is the one in which they were found, since ..."
    llm::Completion completion;

    /// Claims that are supported.
    int supported() const;

    bool operator==(const Answer &) const = default;
};

} // namespace quintet::knowledge
