// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/itemstore.h"

#include "base/onpool.h"
#include "batch/filestore.h"
#include "batch/itemrowstore.h"

#include <QSqlQuery>

#include <functional>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;
using store::Durability;

constexpr int insertedAtOnce = 1'000; // short enough for a transaction that others wait for
constexpr int pageSize = 64;          // of results, which may have a megabyte each

QString text(const QString &value)
{
    return value.isNull() ? u""_s : value;
}

template<typename T>
QVariant orNull(const std::optional<T> &value, auto &&toNumber)
{
    return value ? QVariant(qint64(std::invoke(toNumber, *value))) : QVariant();
}

} // namespace

Result<store::Connection *> ItemStore::reader()
{
    if (!m_reader) {
        auto opened = m_database.reader();
        if (!opened)
            return std::unexpected(opened.error());
        m_reader.emplace(std::move(*opened));
    }
    return &*m_reader;
}

Task<Result<void>> ItemStore::add(Run run, qint64 first, std::vector<ItemSource> sources)
{
    const auto all = std::make_shared<const std::vector<ItemSource>>(std::move(sources));
    for (size_t from = 0; from < all->size(); from += insertedAtOnce) {
        const size_t to = std::min(all->size(), from + insertedAtOnce);
        const auto insert = [=](store::Connection &connection) -> Result<void> {
            for (size_t i = from; i < to; ++i) {
                const ItemSource &source = (*all)[i];
                const qint64 id = itemId(run.number, first + static_cast<qint64>(i));
                Result<void> done = connection.execute(
                    u"INSERT INTO batch_item (id, name, path, size, modified) VALUES (?, ?, ?, ?, ?)"_s,
                    {id, text(source.name), source.path.isEmpty() ? QVariant() : source.path, source.size,
                     orNull(source.modified, std::identity())});
                if (done && source.path.isEmpty())
                    done = connection.execute(u"INSERT INTO batch_input (id, content) VALUES (?, ?)"_s,
                                              {id, text(source.content)});
                if (!done)
                    return done;
            }
            const auto count = static_cast<qint64>(to - from);
            return connection.execute(u"UPDATE batch_run SET total = total + ?, queued = queued + ? WHERE number = ?"_s,
                                      {count, count, run.number});
        };
        if (auto done = co_await valueOf(m_database.writer().write(insert)); !done)
            co_return done;
    }
    co_return Result<void>();
}

Task<Result<void>> ItemStore::clear(Run run)
{
    for (qint64 from = itemId(run.number), end = from + run.total; from < end; from += insertedAtOnce) {
        const auto done = co_await valueOf(m_database.writer().write([from](store::Connection &connection) {
            return connection
                .execute(u"DELETE FROM batch_item WHERE id >= ? AND id < ?"_s, {from, from + insertedAtOnce})
                .and_then([&] {
                    return connection.execute(u"DELETE FROM batch_input WHERE id >= ? AND id < ?"_s,
                                              {from, from + insertedAtOnce});
                });
        }));
        if (!done)
            co_return done;
    }
    co_return co_await valueOf(m_database.writer().write([run](store::Connection &connection) {
        return connection.execute(u"UPDATE batch_run SET total = 0, queued = 0 WHERE number = ?"_s, {run.number});
    }));
}

Task<Result<void>> ItemStore::recover(Run run)
{
    co_return co_await valueOf(m_database.writer().write(
        [run](store::Connection &connection) {
            return connection.execute(
                u"UPDATE batch_item SET state = 0, repeated = 1 WHERE state = 1 AND part IS NULL AND id >= ? AND id < ?"_s,
                {itemId(run.number), itemId(run.number + 1)});
        },
        Durability::PowerCut));
}

Task<Result<void>> ItemStore::retryFailed(Run run, QString errorKind)
{
    co_return co_await valueOf(m_database.writer().write(
        [run, errorKind](store::Connection &connection) {
            return connection.execute(u"UPDATE batch_item SET state = 0, attempts = 0, error = NULL, error_kind = NULL "
                                      "WHERE state = 3 AND id >= ? AND id < ? AND (? = '' OR error_kind = ?)"_s,
                                      {itemId(run.number), itemId(run.number + 1), text(errorKind), text(errorKind)});
        },
        Durability::PowerCut));
}

Result<std::vector<Item>> ItemStore::read(const QString &where, const QVariantList &values)
{
    return reader().and_then([&](store::Connection *connection) {
        std::vector<Item> items;
        return connection
            ->select(u"SELECT "_s + itemColumns() + u" FROM batch_item i "_s + where, values,
                     [&items](const QSqlQuery &row) { items.push_back(itemFrom(row)); })
            .transform([&items] { return std::move(items); });
    });
}

Result<std::vector<Item>> ItemStore::inState(const Run &run, ItemState state, qint64 after, int limit)
{
    return read(u"WHERE state = ? AND i.id > ? AND i.id < ? ORDER BY i.id LIMIT ?"_s,
                {int(state), std::max(after, itemId(run.number) - 1), itemId(run.number + 1), limit});
}

Result<QString> ItemStore::content(qint64 id)
{
    return reader()
        .and_then([id](store::Connection *connection) {
            return connection->value(u"SELECT content FROM batch_input WHERE id = ?"_s, {id});
        })
        .transform([](const QVariant &value) { return value.toString(); });
}

Result<QString> ItemStore::result(qint64 id)
{
    return reader()
        .and_then([id](store::Connection *connection) {
            return connection->value(u"SELECT text FROM batch_result WHERE id = ?"_s, {id});
        })
        .transform([](const QVariant &value) { return value.toString(); });
}

Result<Item> ItemStore::find(qint64 id)
{
    return read(u"WHERE i.id = ?"_s, {id}).and_then([](const std::vector<Item> &items) -> Result<Item> {
        if (items.empty())
            return failure(ErrorKind::BadInput, u"There is no such item."_s);
        return items.front();
    });
}

Task<Result<void>> ItemStore::begin(qint64 id)
{
    co_return co_await valueOf(m_database.writer().write(
        [id](store::Connection &connection) {
            return connection.execute(u"UPDATE batch_item SET state = 1, attempts = attempts + 1 WHERE id = ?"_s, {id});
        },
        Durability::PowerCut));
}

Task<Result<void>> ItemStore::finish(qint64 id, ItemResult result, std::optional<ItemFile> file)
{
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    const auto record = [=](store::Connection &connection) -> Result<void> {
        return connection
            .execute(u"INSERT INTO batch_result (id, text, model) VALUES (?, ?, ?) "
                     "ON CONFLICT (id) DO UPDATE SET text = excluded.text, model = excluded.model"_s,
                     {id, text(result.text), text(result.model)})
            .and_then([&] {
                return connection.execute(
                    u"UPDATE batch_item SET state = ?, error_kind = NULL, error = NULL, valid = ?, cached = ?, "
                    "prompt_tokens = ?, completion_tokens = ?, cost = ?, saved = ?, time = ?, finished = ?, output = ? "
                    "WHERE id = ?"_s,
                    {int(file ? ItemState::Answered : ItemState::Done),
                     orNull(result.valid, [](bool valid) { return valid; }), int(result.cached), result.promptTokens,
                     result.completionTokens, orNull(result.cost, &usage::Money::nanoDollars),
                     orNull(result.saved, &usage::Money::nanoDollars), qint64(result.time.count()), now,
                     file ? QVariant(file->path) : QVariant(), id});
            })
            .and_then([&]() -> Result<void> {
                if (!file)
                    return {};
                return FileStore::take(connection, file->path, id, file->digest).and_then([](bool taken) {
                    return taken ? Result<void>() : failure(ErrorKind::Unavailable, u"The name is another run's."_s);
                });
            });
    };
    co_return co_await valueOf(m_database.writer().write(record, Durability::PowerCut));
}

Task<Result<void>> ItemStore::markWritten(qint64 id)
{
    co_return co_await valueOf(m_database.writer().write([id](store::Connection &connection) {
        return connection.execute(u"UPDATE batch_item SET state = 2 WHERE id = ? AND state = 4"_s, {id});
    }));
}

Task<Result<void>> ItemStore::fail(qint64 id, Error error)
{
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    co_return co_await valueOf(m_database.writer().write(
        [=](store::Connection &connection) {
            return connection.execute(
                u"UPDATE batch_item SET state = 3, error_kind = ?, error = ?, finished = ? WHERE id = ?"_s,
                {nameOf(error.kind), text(error.message), now, id});
        },
        Durability::PowerCut));
}

Task<Result<void>> ItemStore::putBack(qint64 id, Error error, bool mayBePaid)
{
    co_return co_await valueOf(m_database.writer().write([=](store::Connection &connection) {
        return connection.execute(
            u"UPDATE batch_item SET state = 0, repeated = max(repeated, ?), error_kind = ?, error = ? WHERE id = ?"_s,
            {int(mayBePaid), nameOf(error.kind), text(error.message), id});
    }));
}

Task<Result<void>> ItemStore::markChanged(qint64 id)
{
    co_return co_await valueOf(m_database.writer().write([id](store::Connection &connection) {
        return connection.execute(u"UPDATE batch_item SET changed = 1 WHERE id = ?"_s, {id});
    }));
}

Result<std::vector<qint64>> ItemStore::ids(const Run &run, const ItemQuery &query)
{
    QVariantList values;
    const QString where = conditionsOf(run, query, values);
    return reader().and_then([&](store::Connection *connection) {
        std::vector<qint64> ids;
        const QString direction = query.descending ? u" DESC"_s : QString();
        return connection
            ->select(u"SELECT i.id FROM batch_item i"_s + where + u" ORDER BY "_s + columnOf(query.order) + direction
                         + u", i.id"_s + direction,
                     values, [&ids](const QSqlQuery &row) { ids.push_back(row.value(0).toLongLong()); })
            .transform([&ids] { return std::move(ids); });
    });
}

Result<std::vector<ItemRecord>> ItemStore::records(const std::vector<qint64> &ids, int resultLength)
{
    auto connection = reader();
    if (!connection)
        return std::unexpected(connection.error());
    std::vector<ItemRecord> records;
    const auto take = [&records](const QSqlQuery &row) { records.push_back(recordFrom(row)); };
    for (const qint64 id : ids) {
        const auto read = (*connection)
                              ->select(u"SELECT "_s + itemColumns()
                                           + u", substr(c.content, 1, ?), substr(r.text, 1, ?), r.model "
                                             "FROM batch_item i LEFT JOIN batch_input c ON c.id = i.id "
                                             "LEFT JOIN batch_result r ON r.id = i.id WHERE i.id = ?"_s,
                                       {resultLength, resultLength, id}, take);
        if (!read)
            return std::unexpected(read.error());
    }
    return records;
}

Result<void> ItemStore::forEach(const Run &run, const std::function<Result<void>(const ItemRecord &)> &visit)
{
    auto connection = reader();
    if (!connection)
        return std::unexpected(connection.error());
    qint64 after = itemId(run.number) - 1;
    for (bool goesOn = true; goesOn;) {
        std::vector<ItemRecord> page;
        const auto take = [&page](const QSqlQuery &row) { page.push_back(recordFrom(row)); };
        const auto read = (*connection)
                              ->select(u"SELECT "_s + itemColumns()
                                           + u", c.content, r.text, r.model FROM batch_item i "
                                             "LEFT JOIN batch_input c ON c.id = i.id "
                                             "LEFT JOIN batch_result r ON r.id = i.id "
                                             "WHERE i.id > ? AND i.id < ? ORDER BY i.id LIMIT ?"_s,
                                       {after, itemId(run.number + 1), pageSize}, take);
        if (!read)
            return read;
        for (const ItemRecord &record : page) {
            if (auto visited = visit(record); !visited)
                return visited;
            after = record.item.id;
        }
        goesOn = page.size() == pageSize;
    }
    return {};
}

Task<Result<void>> ItemStore::addResults(Run run, Run former)
{
    const qint64 shift = itemId(run.number) - itemId(former.number);
    for (qint64 from = itemId(former.number), end = from + former.total; from < end; from += insertedAtOnce) {
        const auto copy = [=](store::Connection &connection) -> Result<void> {
            // Positions are kept, so that both runs can be compared; what failed there is left out here.
            const QVariantList values{shift, from, from + insertedAtOnce};
            qint64 count = 0;
            return connection
                .execute(u"INSERT INTO batch_item (id, name, size) SELECT i.id + ?, i.name, length(r.text) "
                         "FROM batch_item i JOIN batch_result r ON r.id = i.id WHERE i.id >= ? AND i.id < ? "
                         "AND i.state IN (2, 4)"_s,
                         values)
                .and_then([&] {
                    count = connection.changes();
                    return connection.execute(
                        u"INSERT INTO batch_input (id, content) SELECT i.id + ?, r.text FROM batch_item i "
                        "JOIN batch_result r ON r.id = i.id WHERE i.id >= ? AND i.id < ? AND i.state IN (2, 4)"_s,
                        values);
                })
                .and_then([&] {
                    return connection.execute(
                        u"UPDATE batch_run SET total = total + ?, queued = queued + ? WHERE number = ?"_s,
                        {count, count, run.number});
                });
        };
        if (auto done = co_await valueOf(m_database.writer().write(copy)); !done)
            co_return done;
    }
    co_return Result<void>();
}

} // namespace quintet::batch
