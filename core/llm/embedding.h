// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/tokenusage.h"

#include <QString>

#include <vector>

namespace quintet::llm {

/// The meaning of texts as vectors, in the order of the texts. All have the same length.
struct Embeddings {
    std::vector<std::vector<float>> vectors;
    QString model;
    usage::TokenUsage usage;

    bool operator==(const Embeddings &) const = default;
};

struct Ranked {
    qsizetype index = 0; ///< of the text in the request
    double score = 0;    ///< higher is more relevant; comparable within one answer only

    bool operator==(const Ranked &) const = default;
};

/// Texts by relevance, the most relevant first.
struct Ranking {
    std::vector<Ranked> results;
    QString model;
    usage::TokenUsage usage;

    bool operator==(const Ranking &) const = default;
};

} // namespace quintet::llm
