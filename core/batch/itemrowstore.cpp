// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/itemrowstore.h"

#include <QSqlQuery>
#include <QTimeZone>

namespace quintet::batch {

using namespace Qt::StringLiterals;

namespace {

constexpr int columnCount = 20; // of itemColumns()

}

Item itemFrom(const QSqlQuery &row)
{
    Item item;
    int i = 0;
    const auto next = [&] { return row.value(i++); };
    item.id = next().toLongLong();
    item.name = next().toString();
    item.path = next().toString();
    item.size = next().toLongLong();
    if (const QVariant modified = next(); !modified.isNull())
        item.modified = modified.toLongLong();
    item.changed = next().toBool();
    item.state = static_cast<ItemState>(next().toInt());
    item.attempts = next().toInt();
    item.repeated = next().toBool();
    const QString kind = next().toString();
    const QString message = next().toString();
    if (!kind.isEmpty())
        item.error = Error(kindNamed(kind), message);
    if (const QVariant valid = next(); !valid.isNull())
        item.valid = valid.toBool();
    item.cached = next().toBool();
    item.promptTokens = next().toLongLong();
    item.completionTokens = next().toLongLong();
    if (const QVariant cost = next(); !cost.isNull())
        item.cost = usage::Money{cost.toLongLong()};
    if (const QVariant saved = next(); !saved.isNull())
        item.saved = usage::Money{saved.toLongLong()};
    if (const QVariant time = next(); !time.isNull())
        item.time = std::chrono::milliseconds(time.toLongLong());
    if (const QVariant finished = next(); !finished.isNull())
        item.finished = QDateTime::fromMSecsSinceEpoch(finished.toLongLong(), QTimeZone::UTC);
    item.output = next().toString();
    return item;
}

ItemRecord recordFrom(const QSqlQuery &row)
{
    const auto text = [&row](int behind) { return row.value(columnCount + behind).toString(); };
    return {itemFrom(row), text(0), text(1), text(2)};
}

QString itemColumns()
{
    return u"i.id, name, path, size, modified, changed, state, attempts, repeated, error_kind, error, valid, cached, "
           "prompt_tokens, completion_tokens, cost, saved, time, finished, output"_s;
}

QString conditionsOf(const Run &run, const ItemQuery &query, QVariantList &values)
{
    QString where = u" WHERE i.id >= ? AND i.id < ?"_s;
    values << itemId(run.number) << itemId(run.number + 1);
    QStringList states;
    for (const ItemState state : query.states)
        states << QString::number(int(state));
    if (!states.isEmpty())
        where += u" AND state IN (%1)"_s.arg(states.join(u','));
    if (!query.errorKind.isEmpty()) {
        where += u" AND error_kind = ?"_s;
        values << query.errorKind;
    }
    if (!query.text.isEmpty()) {
        where += u" AND (instr(lower(name), ?) OR instr(lower(coalesce(error, '')), ?) OR EXISTS (SELECT 1 FROM "
                 "batch_result r WHERE r.id = i.id AND instr(lower(r.text), ?)))"_s;
        for (int i = 0; i < 3; ++i)
            values << query.text.toLower();
    }
    return where;
}

QString columnOf(ItemQuery::Order order)
{
    switch (order) {
    case ItemQuery::Order::Position: return u"i.id"_s;
    case ItemQuery::Order::Name: return u"name COLLATE NOCASE"_s;
    case ItemQuery::Order::State: return u"state"_s;
    case ItemQuery::Order::Time: return u"time"_s;
    case ItemQuery::Order::Cost: return u"cost"_s;
    case ItemQuery::Order::Size: return u"size"_s;
    }
    Q_UNREACHABLE();
}

} // namespace quintet::batch
