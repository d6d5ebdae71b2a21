// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"
#include "llm/endpoint.h"
#include "llm/request.h"
#include "llm/stream.h"

namespace quintet::summarize {

enum class Style { Brief, Bullets, Detailed, Actions };

/// "brief", "bullets", "detailed", "actions".
QString nameOf(Style style);
std::optional<Style> styleNamed(const QString &name);

/// What the user wants made of a text.
struct SummaryWish {
    Style style = Style::Brief;
    int words = 0;       ///< about how long; 0: as the style has it
    QString instruction; ///< in the user's own words, in place of a style; needs a model
    QString language;    ///< of the summary, by name; empty: that of the text
    llm::Endpoint endpoint;
    llm::Parameters parameters;
    usage::Limit budget; ///< the most that it may take
    bool useCache = true;
    QString pattern = QStringLiteral("summarize"); ///< on whose behalf, for the ledger and for fairness
    QString run;                                   ///< the batch run that it belongs to, or empty
    usage::Limit runBudget;                        ///< the most that all of `run` may take

    /// The words to aim at: the user's, or the style's.
    int targetWords() const;

    bool operator==(const SummaryWish &) const = default;
};

/// A sentence of the source that a built-in summary quotes: code-point offsets into Document::text.
struct SourceSentence {
    QString document; ///< the path or name of the source
    qint64 start = 0;
    qint64 end = 0;
    QString text;
    QString place; ///< "p. 3", where the format has places

    bool operator==(const SourceSentence &) const = default;
};

struct Summary {
    QString text;                          ///< Markdown
    std::vector<SourceSentence> sentences; ///< of a built-in summary, in the order of the text
    llm::Completion completion;            ///< endpoint, model, tokens, cost, times

    bool operator==(const Summary &) const = default;
};

} // namespace quintet::summarize
