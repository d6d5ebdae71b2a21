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
    int folderFiles = 0;       ///< files in those folders, where they were counted
    int pictures = 0;          ///< pictures given with it, which are not counted as files
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

/// What one use of a pattern takes.
struct Expectation {
    double inputTokens = 0;
    double outputTokens = 0;
    std::optional<double> seconds; ///< nothing where the model's speed is unknown
    std::optional<double> costUsd; ///< nothing where its price is unknown

    bool operator==(const Expectation &) const = default;
};

/// Of `pattern` for `wish`; nothing where the size of what is to be read is unknown. A pure function: any thread.
std::optional<Expectation> expectationOf(Pattern pattern, const Wish &wish, const ModelFacts &facts = {});

/// A simpler pattern that would do.
struct Hint {
    Pattern pattern = Pattern::Summarize;
    double factor = 1; ///< how many times as much the pattern in use costs
    QString text;      ///< a sentence for a person

    bool operator==(const Hint &) const = default;
};

/// What to say to somebody about to use `used` for `wish`; nothing where that fits, or where another would not cost at
/// most half. A conversation is reckoned with the four turns that it has on the average. A pure function: any thread.
std::optional<Hint> cheaperThan(Pattern used, const Wish &wish, const ModelFacts &facts = {});

} // namespace quintet::pattern
