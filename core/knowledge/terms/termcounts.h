// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringView>

#include <vector>

namespace quintet::knowledge {

/// Stands for a term: a hash of its letters, the same on every computer. Two terms of a large collection may share one,
/// which costs a rank here and there, and nothing else.
using TermId = quint32;

TermId termIdOf(QStringView term);

/// How often a term occurs in a passage.
struct TermCount {
    TermId id = 0;
    quint32 body = 0;
    quint32 heading = 0; ///< in the titles that the passage stands under

    bool operator==(const TermCount &) const = default;
};

/// Counts, sorted by id, each id once.
using TermCounts = std::vector<TermCount>;

/// Sorts `counts` and adds up what has the same id.
TermCounts summedUp(TermCounts counts);

/// As they are kept: about five bytes a term. unpacked() gives what was packed, or, of damaged bytes, what could be
/// read.
QByteArray packed(const TermCounts &counts);
TermCounts unpacked(QByteArrayView bytes);

/// The count of a term, or null.
const TermCount *find(const TermCounts &counts, TermId id);

} // namespace quintet::knowledge
