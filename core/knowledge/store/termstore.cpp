// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/store/termstore.h"

#include "knowledge/store/idlist.h"

#include <QHash>
#include <QSqlQuery>

#include <algorithm>

namespace quintet::knowledge {

namespace {

using namespace Qt::StringLiterals;

/// How often each term is there, sorted; `body` is the number.
TermCounts countsOf(std::vector<TermId> terms)
{
    std::ranges::sort(terms);
    TermCounts counts;
    for (const TermId term : terms) {
        if (counts.empty() || counts.back().id != term)
            counts.push_back({term, 0, 0});
        ++counts.back().body;
    }
    return counts;
}

} // namespace

Result<void> TermStore::readNews(const std::function<void(const TermCount &)> &take)
{
    return m_connection.select(u"SELECT counts FROM term_news"_s, {}, [&take](const QSqlQuery &row) {
        for (const TermCount &count : unpacked(row.value(0).toByteArray()))
            take(count);
    });
}

/// One statement, since between two of them what was noted might be added up, and be in neither.
Result<void> TermStore::readSums(const QString &which, const std::function<void(TermId, qint64)> &take)
{
    const QString sums = u"SELECT id, chunks, NULL FROM term "_s + which;
    return m_connection.select(sums + u" UNION ALL SELECT NULL, NULL, counts FROM term_news"_s, {},
                               [&take](const QSqlQuery &row) {
                                   if (!row.isNull(0)) {
                                       take(row.value(0).toUInt(), row.value(1).toLongLong());
                                       return;
                                   }
                                   for (const TermCount &count : unpacked(row.value(2).toByteArray()))
                                       take(count.id, count.body);
                               });
}

Result<std::vector<std::pair<TermId, qint64>>> TermStore::frequencies(const std::vector<TermId> &terms)
{
    QHash<TermId, qint64> known;
    known.reserve(qsizetype(terms.size()));
    for (const TermId term : terms)
        known.insert(term, 0);
    const auto take = [&known](TermId id, qint64 passages) {
        if (const auto term = known.find(id); term != known.end())
            *term += passages;
    };
    return readSums(u"WHERE id IN (%1)"_s.arg(listOf(terms)), take).transform([&known] {
        std::vector<std::pair<TermId, qint64>> found;
        for (const auto &[id, passages] : std::as_const(known).asKeyValueRange()) {
            if (passages > 0)
                found.emplace_back(id, passages);
        }
        return found;
    });
}

Result<std::vector<std::pair<TermId, qint64>>> TermStore::all()
{
    QHash<TermId, qint64> known;
    return readSums({}, [&known](TermId id, qint64 passages) { known[id] += passages; }).transform([&known] {
        const auto range = std::as_const(known).asKeyValueRange();
        return std::vector<std::pair<TermId, qint64>>(range.begin(), range.end());
    });
}

Result<void> TermStore::note(std::vector<TermId> terms, qint64 passages)
{
    if (terms.empty())
        return {};
    return m_connection.execute(u"INSERT INTO term_news (passages, counts) VALUES (?, ?)"_s,
                                {passages, packed(countsOf(std::move(terms)))});
}

Result<void> TermStore::remove(std::vector<TermId> terms)
{
    for (const TermCount &count : countsOf(std::move(terms))) {
        if (auto done = change(count.id, -qint64(count.body)); !done)
            return done;
    }
    return {};
}

Result<void> TermStore::change(TermId term, qint64 difference)
{
    return m_connection.execute(u"INSERT INTO term (id, chunks) VALUES (?, ?) "
                                "ON CONFLICT (id) DO UPDATE SET chunks = chunks + excluded.chunks"_s,
                                {term, difference});
}

Result<void> TermStore::addUp(qint64 passages)
{
    const auto waiting = m_connection.value(u"SELECT sum(passages) FROM term_news"_s);
    if (!waiting)
        return std::unexpected(waiting.error());
    if (waiting->isNull() || waiting->toLongLong() < passages)
        return {};
    TermCounts counts;
    if (const auto read = readNews([&counts](const TermCount &count) { counts.push_back(count); }); !read)
        return read;
    for (const TermCount &count : summedUp(std::move(counts))) {
        if (auto done = change(count.id, count.body); !done)
            return done;
    }
    return m_connection.execute(u"DELETE FROM term_news"_s);
}

Result<void> TermStore::set(TermId term, qint64 passages)
{
    return m_connection.execute(u"INSERT OR REPLACE INTO term (id, chunks) VALUES (?, ?)"_s, {term, passages});
}

} // namespace quintet::knowledge
