// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/provider/partstore.h"

#include "base/onpool.h"
#include "batch/item.h"

#include <QSqlQuery>
#include <QTimeZone>

#include <algorithm>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

const std::pair<PartState, QString> names[] = {{PartState::Written, u"written"_s},
                                               {PartState::Uploaded, u"uploaded"_s},
                                               {PartState::Creating, u"creating"_s},
                                               {PartState::Submitted, u"submitted"_s},
                                               {PartState::Collected, u"collected"_s}};

QString nameOf(PartState state)
{
    return std::ranges::find(names, state, &std::pair<PartState, QString>::first)->second;
}

PartState stateFrom(const QString &name)
{
    const auto found = std::ranges::find(names, name, &std::pair<PartState, QString>::second);
    return found == std::end(names) ? PartState::Collected : found->first;
}

QVariant orNull(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

Result<void> put(store::Connection &connection, const Run &run, const Part &part)
{
    return connection.execute(
        u"INSERT INTO batch_part (run, number, state, items, file_id, batch_id, expires) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (run, number) DO UPDATE SET state = excluded.state, items = excluded.items, "
        "file_id = excluded.file_id, batch_id = excluded.batch_id, expires = excluded.expires"_s,
        {run.number, part.number, nameOf(part.state), part.items, orNull(part.fileId), orNull(part.batchId),
         part.expires.isValid() ? QVariant(part.expires.toMSecsSinceEpoch()) : QVariant()});
}

} // namespace

QString tagOf(const Run &run, const Part &part)
{
    return u"%1-%2"_s.arg(run.id.value).arg(part.number);
}

Result<std::vector<Part>> PartStore::all(const Run &run) const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    std::vector<Part> parts;
    const auto take = [&parts](const QSqlQuery &row) {
        Part part{row.value(0).toInt(),      stateFrom(row.value(1).toString()),
                  row.value(2).toLongLong(), row.value(3).toString(),
                  row.value(4).toString(),   {}};
        if (!row.value(5).isNull())
            part.expires = QDateTime::fromMSecsSinceEpoch(row.value(5).toLongLong(), QTimeZone::UTC);
        parts.push_back(part);
    };
    return connection
        ->select(
            u"SELECT number, state, items, file_id, batch_id, expires FROM batch_part WHERE run = ? ORDER BY number"_s,
            {run.number}, take)
        .transform([&parts] { return parts; });
}

Task<Result<void>> PartStore::add(Run run, Part part, std::vector<qint64> items)
{
    co_return co_await valueOf(m_database.writer().write(
        [=](store::Connection &connection) -> Result<void> {
            for (const qint64 id : items) {
                const auto done = connection.execute(
                    u"UPDATE batch_item SET state = 1, attempts = attempts + 1, part = ? WHERE id = ?"_s,
                    {part.number, id});
                if (!done)
                    return done;
            }
            return put(connection, run, part);
        },
        store::Durability::PowerCut));
}

Task<Result<void>> PartStore::save(Run run, Part part)
{
    co_return co_await valueOf(m_database.writer().write(
        [=](store::Connection &connection) { return put(connection, run, part); }, store::Durability::PowerCut));
}

Task<Result<void>> PartStore::close(Run run, Part part)
{
    const bool wasSent = part.state != PartState::Written;
    part.state = PartState::Collected;
    co_return co_await valueOf(m_database.writer().write(
        [=](store::Connection &connection) {
            return connection
                .execute(u"UPDATE batch_item SET state = 0, part = NULL, attempts = attempts - ? "
                         "WHERE state = 1 AND part = ? AND id >= ? AND id < ?"_s,
                         {int(!wasSent), part.number, itemId(run.number), itemId(run.number + 1)})
                .and_then([&] { return put(connection, run, part); });
        },
        store::Durability::PowerCut));
}

} // namespace quintet::batch
