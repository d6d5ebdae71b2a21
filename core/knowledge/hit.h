// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace quintet::knowledge {

/// Which way passages are found: by words, by meaning, or by both (where a collection has vectors).
enum class SearchMode { Hybrid, Keyword, Vector };

/// "hybrid", "keyword", "vector".
QString nameOf(SearchMode mode);
std::optional<SearchMode> searchModeNamed(const QString &name);

/// How long somebody who talks with a model waits for better passages.
constexpr std::chrono::milliseconds patienceInTalk(2'000);

/// What is looked for. The text may hold "exact phrases", -words that must not occur, file:PART-OF-PATH and
/// after:YYYY-MM-DD.
struct Query {
    QStringList collections; ///< names or ids; results of several are merged
    QString text;
    int count = 3; ///< hits at most
    SearchMode mode = SearchMode::Hybrid;
    bool joinNeighbours = true; ///< passages that follow each other come as one hit
    /// How long the vectors of a large collection that are still being read are waited for before words alone answer;
    /// nothing: until they are there.
    std::optional<std::chrono::milliseconds> patience{};
    std::optional<double> vectorWeight{}; ///< 0 to 1 in place of the weight measured on the collection, to try it
    QString reranker{}; ///< "ENDPOINT/MODEL" that puts the hits in order; "none"; empty: as the collection is set
    std::shared_ptr<QStringList> notes{}; ///< where there is one, what did not go as wished is said there

    bool operator==(const Query &) const = default;
};

/// A passage that was found. `text` is always the stretch of the document's text from `start` to `end`.
struct Hit {
    QString collection; ///< its id
    qint64 chunk = 0;   ///< within the collection; of joined passages the best one
    QString document;   ///< absolute path
    QString title;      ///< the document's own, else its file name
    std::optional<int> page;
    QString place;    ///< as a citation names it: "p. 3", "line 12–15"; may be empty
    qint64 start = 0; ///< Unicode code points into the text that is read out of the document
    qint64 end = 0;
    QString text;
    QStringList headings; ///< the sections it stands in, the outermost first
    double score = 0;     ///< 0 to 1, higher is better; comparable within one search
    double coverage = 0;  ///< 0 to 1: how much of the question's weight in words the passage holds
    int keywordRank = 0;  ///< from 1 on; 0: not found that way
    int vectorRank = 0;
    double keywordScore = 0; ///< before both are put together, each with its best at 1
    double vectorScore = 0;

    bool operator==(const Hit &) const = default;
};

/// Whether any of `hits`, all that a search found, speaks about what was asked.
bool isAbout(const std::vector<Hit> &hits);

} // namespace quintet::knowledge
