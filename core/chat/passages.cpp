// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/passages.h"

#include "document/chunks/chunker.h"
#include "text/language.h"
#include "text/vocabulary.h"

#include <algorithm>
#include <cmath>

namespace quintet::chat {

namespace {

constexpr double saturation = 1.2;    // k1
constexpr double lengthEffect = 0.75; // b

std::vector<int> termsOf(text::Vocabulary &vocabulary, QStringView words)
{
    std::vector<int> terms;
    text::forEachWord(words, [&](text::Span span, text::WordKind kind) {
        const int term = vocabulary.idOf(span.of(words), kind);
        if (term != text::Vocabulary::stopWord)
            terms.push_back(term);
    });
    return terms;
}

/// How often each of some terms stands in each passage, and how long the passages are.
struct Counts {
    std::vector<std::vector<int>> ofTerm; ///< by term, then by passage
    std::vector<double> lengths;
    double meanLength = 1;
};

Counts countTerms(const std::vector<Passage> &passages, const std::vector<int> &wanted, text::Vocabulary &vocabulary)
{
    Counts counts{std::vector(wanted.size(), std::vector<int>(passages.size())), {}, 1};
    double total = 0;
    for (size_t passage = 0; passage < passages.size(); ++passage) {
        const std::vector<int> terms = termsOf(vocabulary, passages[passage].text);
        for (const int term : terms) {
            const auto at = std::ranges::lower_bound(wanted, term);
            if (at != wanted.end() && *at == term)
                ++counts.ofTerm[size_t(at - wanted.begin())][passage];
        }
        counts.lengths.push_back(double(terms.size()));
        total += double(terms.size());
    }
    counts.meanLength = std::max(1.0, total / double(std::max<size_t>(1, passages.size())));
    return counts;
}

std::vector<double> scores(const Counts &counts, size_t passages)
{
    std::vector<double> scores(passages);
    for (const std::vector<int> &frequencies : counts.ofTerm) {
        const auto with = double(std::ranges::count_if(frequencies, [](int count) { return count > 0; }));
        const double idf = std::log(1 + (double(passages) - with + 0.5) / (with + 0.5));
        for (size_t i = 0; i < passages; ++i) {
            const double length = 1 - lengthEffect + lengthEffect * counts.lengths[i] / counts.meanLength;
            const double count = frequencies[i];
            scores[i] += idf * count * (saturation + 1) / (count + saturation * length);
        }
    }
    return scores;
}

} // namespace

std::vector<Passage> passagesOf(const document::Document &document, const Attachment &attachment)
{
    std::vector<Passage> passages;
    for (const document::Chunk &chunk : document::chunksOf(document)) {
        Passage passage{chunk.text, {}};
        passage.source.document = attachment.path.isEmpty() ? attachment.name : attachment.path;
        passage.source.title = attachment.name;
        passage.source.start = chunk.start;
        passage.source.end = chunk.end;
        if (const document::Place *place = document::placeAt(document.places, chunk.start)) {
            passage.source.place = document::citationLabel(*place);
            passage.source.page = place->page;
        }
        passages.push_back(std::move(passage));
    }
    return passages;
}

std::vector<Passage> bestPassages(const std::vector<Passage> &passages, const QString &question, size_t count)
{
    QString sample = question + u'\n';
    for (size_t i = 0; i < passages.size() && sample.size() < 20'000; ++i)
        sample += passages[i].text + u'\n';
    text::Vocabulary vocabulary(text::guessLanguages(sample));
    std::vector<int> wanted = termsOf(vocabulary, question);
    std::ranges::sort(wanted);
    const auto repeated = std::ranges::unique(wanted);
    wanted.erase(repeated.begin(), repeated.end());
    const std::vector<double> score = scores(countTerms(passages, wanted, vocabulary), passages.size());
    std::vector<size_t> order;
    for (size_t i = 0; i < passages.size(); ++i) {
        if (score[i] > 0)
            order.push_back(i);
    }
    std::ranges::stable_sort(order, std::ranges::greater(), [&score](size_t i) { return score[i]; });
    order.resize(std::min(order.size(), count));
    std::vector<Passage> best;
    for (const size_t i : order)
        best.push_back(passages[i]);
    return best;
}

} // namespace quintet::chat
