// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pattern/pattern.h"

#include <QStringList>

namespace quintet::pattern {

/// What somebody wants, as far as it can be known without asking a model.
struct Wish {
    QString text;              ///< in their words; may be empty
    int files = 0;             ///< files given with it
    int folders = 0;           ///< folders given with it: each counts as many files
    bool ownDocuments = false; ///< a collection is at hand, or was named
    qint64 characters = 0;     ///< of all files together, where known: what time and cost are told from

    bool operator==(const Wish &) const = default;
};

/// Price and speed of the model in use, where they are known.
struct ModelFacts {
    std::optional<double> usdPerMillionInput;
    std::optional<double> usdPerMillionOutput;
    std::optional<double> tokensPerSecond;

    bool operator==(const ModelFacts &) const = default;
};

/// Which pattern fits, and why; the second best, and why not that.
struct Recommendation {
    Pattern pattern = Pattern::Summarize;
    QStringList reasons; ///< whole sentences for a person, the weightiest first; never empty
    Traits traits;       ///< complexity, cost and latency of the pattern
    Pattern alternative = Pattern::Chat;
    QString whyNotAlternative;
    std::optional<double> expectedSeconds; ///< nothing where the model's speed is unknown
    std::optional<double> expectedCostUsd; ///< nothing where its price is unknown

    bool operator==(const Recommendation &) const = default;
};

/// Many items: Batch. Own documents and a question: Knowledge. Several steps, tools, calculation, data: Agent. A
/// conversation: Chat. Else Summarize: start simple. Understands English and German cues. A pure function: any thread.
Recommendation recommend(const Wish &wish, const ModelFacts &facts = {});

} // namespace quintet::pattern
