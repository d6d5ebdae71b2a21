// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchmark.h"

namespace quintet::bench {

/// How well questions are answered over a folder with documents.jsonl ({"id", "title", "text"} a line), queries.jsonl
/// ({"id", "query"}) and qrels.txt (TREC's "query 0 document relevance"): nDCG@10, MAP and Recall@100 of words, vectors
/// and both.
std::vector<Figure> knowledgeQuality(const QString &folder);

} // namespace quintet::bench
