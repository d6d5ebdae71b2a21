// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/retrieval/hitselection.h"

#include "text/codepoints.h"

#include <QSet>

#include <algorithm>

namespace quintet::knowledge {

namespace {

constexpr size_t mostJoined = 3;
constexpr double penalty = 0.5;

/// Passages of one content that follow each other, in order; the first taken is the one that was found best.
struct Group {
    const Candidate *best = nullptr;
    std::vector<const Candidate *> members;
};

bool continues(const Group &group, const PassageRow &row)
{
    return group.members.size() < mostJoined && group.best->row.content == row.content
           && (row.number == group.members.back()->row.number + 1
               || row.number + 1 == group.members.front()->row.number);
}

void join(Group &group, const Candidate &candidate)
{
    const bool isBehind = candidate.row.number > group.members.back()->row.number;
    group.members.insert(isBehind ? group.members.end() : group.members.begin(), &candidate);
}

/// `row`'s text from the code point `from` of the document on.
QString textFrom(const PassageRow &row, qint64 from)
{
    if (from <= row.start)
        return row.text;
    const text::CodePointMap map(row.text);
    return row.text.sliced(map.unit(from - row.start));
}

Hit hitFrom(const Group &group)
{
    const Fused &fused = group.best->fused;
    const PassageRow &first = group.members.front()->row;
    Hit hit{.chunk = fused.chunk,
            .document = first.document,
            .title = first.title,
            .page = first.page,
            .place = first.place,
            .start = first.start,
            .end = first.end,
            .text = first.text,
            .headings = first.headings,
            .score = fused.score,
            .coverage = fused.coverage,
            .keywordRank = fused.keywordRank,
            .vectorRank = fused.vectorRank,
            .keywordScore = fused.keyword,
            .vectorScore = fused.vector};
    for (size_t i = 1; i < group.members.size(); ++i) {
        const PassageRow &next = group.members[i]->row;
        if (next.end <= hit.end)
            continue;
        hit.text += next.start >= hit.end ? next.gap + next.text : textFrom(next, hit.end);
        hit.end = next.end;
        hit.coverage = std::max(hit.coverage, group.members[i]->fused.coverage);
    }
    return hit;
}

/// The order in which candidates are taken: what is much like one before it falls back.
std::vector<const Candidate *> inTurn(const std::vector<Candidate> &candidates, size_t count)
{
    std::vector<const Candidate *> waiting;
    QSet<QString> said;
    for (const Candidate &candidate : candidates) {
        const QString text = candidate.row.text.simplified();
        if (!said.contains(text))
            waiting.push_back(&candidate);
        said.insert(text);
    }
    std::vector<double> most(waiting.size(), 0); // likeness to what was taken
    std::vector<const Candidate *> taken;
    while (taken.size() < count && taken.size() < candidates.size()) {
        size_t best = waiting.size();
        double bestValue = -1e9;
        for (size_t i = 0; i < waiting.size(); ++i) {
            if (!waiting[i])
                continue;
            const double value = waiting[i]->fused.score * (1 - penalty * std::max(0.0, most[i] - freeLikeness));
            if (value > bestValue) {
                bestValue = value;
                best = i;
            }
        }
        if (best == waiting.size())
            break;
        const Candidate *next = waiting[best];
        waiting[best] = nullptr;
        taken.push_back(next);
        for (size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i])
                most[i] = std::max(most[i], likeness(next->terms, waiting[i]->terms));
        }
    }
    return taken;
}

} // namespace

double likeness(const TermCounts &a, const TermCounts &b)
{
    size_t shared = 0;
    for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
        if (left->id == right->id) {
            ++shared;
            ++left;
            ++right;
        } else {
            left->id < right->id ? ++left : ++right;
        }
    }
    const size_t all = a.size() + b.size() - shared;
    return all == 0 ? 0 : double(shared) / double(all);
}

std::vector<Hit> selectHits(const std::vector<Candidate> &candidates, int count, bool joinNeighbours)
{
    std::vector<Group> groups;
    // A neighbour may stand further down; twice as many are looked at as are wanted.
    const size_t wanted = size_t(std::max(0, count));
    size_t looked = 0;
    for (const Candidate *candidate : inTurn(candidates, joinNeighbours ? 2 * wanted : wanted)) {
        if (++looked > 2 * wanted)
            break;
        const auto neighbour = std::ranges::find_if(
            groups, [&](const Group &group) { return joinNeighbours && continues(group, candidate->row); });
        if (neighbour != groups.end())
            join(*neighbour, *candidate);
        else if (groups.size() < wanted)
            groups.push_back({candidate, {candidate}});
    }
    std::vector<Hit> hits;
    for (const Group &group : groups)
        hits.push_back(hitFrom(group));
    return hits;
}

} // namespace quintet::knowledge
