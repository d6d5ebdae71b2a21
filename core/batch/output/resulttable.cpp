// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/output/resulttable.h"

#include "batch/answer/answerschema.h"
#include "batch/answer/instruction.h"
#include "batch/jsontext.h"
#include "batch/row.h"

#include <QJsonDocument>

#include <algorithm>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

bool isTable(const Run &run)
{
    return run.spec.source.kind == SourceKind::Table || run.spec.source.kind == SourceKind::Lines;
}

QJsonValue moneyOf(const std::optional<usage::Money> &money)
{
    return money ? QJsonValue(money->dollars()) : QJsonValue();
}

QString stateName(ItemState state)
{
    switch (state) {
    case ItemState::Queued: return u"queued"_s;
    case ItemState::Running: return u"running"_s;
    case ItemState::Done:
    case ItemState::Answered: return u"done"_s;
    case ItemState::Failed: return u"failed"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

ResultTable::ResultTable(const Run &run, const ItemRecord &first)
    : m_hasRows(isTable(run)),
      m_fields(fieldsOf(answerSchemaOf(run.spec)))
{
    if (m_hasRows) {
        for (const auto &[name, value] : rowFrom(first.content))
            m_source << name;
        m_columns = m_source;
    } else {
        m_columns << (run.spec.source.kind == SourceKind::Run ? u"item"_s : u"file"_s);
    }
    const QStringList answer = m_fields.isEmpty() ? QStringList{u"result"_s} : m_fields;
    for (const QString &field : answer) {
        QString name = field;
        while (m_columns.contains(name))
            name += u'_';
        m_columns << name;
    }
    m_columns << u"error"_s;
}

QList<QJsonValue> ResultTable::cells(const ItemRecord &record) const
{
    QList<QJsonValue> cells;
    if (m_hasRows) {
        const Row row = rowFrom(record.content);
        for (const QString &column : m_source) {
            const auto cell = std::ranges::find(row, column, &std::pair<QString, QString>::first);
            cells << (cell == row.end() ? QJsonValue() : QJsonValue(cell->second));
        }
    } else {
        cells << record.item.name;
    }
    const bool isDone = record.item.state == ItemState::Done || record.item.state == ItemState::Answered;
    const QJsonObject answer =
        m_fields.isEmpty() ? QJsonObject() : QJsonDocument::fromJson(record.result.toUtf8()).object();
    if (m_fields.isEmpty())
        cells << (isDone ? QJsonValue(record.result) : QJsonValue());
    for (const QString &field : m_fields)
        cells << (isDone ? answer[field] : QJsonValue());
    if (record.item.state == ItemState::Failed && record.item.error)
        cells << record.item.error->message;
    else if (isDone && record.item.valid == false)
        cells << u"does not fit the schema: %1"_s.arg(record.result);
    else
        cells << QJsonValue();
    return cells;
}

QString cellText(const QJsonValue &value)
{
    return plainText(value, u"; "_s);
}

QJsonObject toJson(const Run &run, const ItemRecord &record)
{
    const Item &item = record.item;
    QJsonObject object{{u"index"_s, item.position() + 1},   {u"name"_s, item.name},
                       {u"state"_s, stateName(item.state)}, {u"attempts"_s, item.attempts},
                       {u"repeated"_s, item.repeated},      {u"changed"_s, item.changed}};
    if (!item.path.isEmpty())
        object[u"path"] = item.path;
    if (isTable(run)) {
        QJsonObject row;
        for (const auto &[name, value] : rowFrom(record.content))
            row[name] = value;
        object[u"row"] = row;
    }
    if (item.state == ItemState::Failed && item.error)
        object[u"error"] = QJsonObject{{u"kind"_s, nameOf(item.error->kind)}, {u"message"_s, item.error->message}};
    if (item.state != ItemState::Done && item.state != ItemState::Answered)
        return object;
    object[u"result"] = record.result;
    if (item.valid) {
        object[u"valid"] = *item.valid;
        if (*item.valid)
            object[u"result"] = QJsonDocument::fromJson('[' + record.result.toUtf8() + ']').array().first();
    }
    object[u"model"] = record.model;
    object[u"cached"] = item.cached;
    object[u"usage"] = QJsonObject{{u"prompt_tokens"_s, item.promptTokens},
                                   {u"completion_tokens"_s, item.completionTokens},
                                   {u"cost_usd"_s, moneyOf(item.cost)}};
    object[u"latency_ms"] = item.time ? QJsonValue(qint64(item.time->count())) : QJsonValue();
    if (!item.output.isEmpty())
        object[u"output"] = item.output;
    return object;
}

} // namespace quintet::batch
