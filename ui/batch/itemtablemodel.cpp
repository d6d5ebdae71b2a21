// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/itemtablemodel.h"

#include "batch/answer/answerschema.h"
#include "batch/answer/instruction.h"
#include "batch/output/resulttable.h"
#include "ui/drop/dragout.h"

#include <QFile>
#include <QJsonDocument>
#include <QLocale>
#include <QMimeData>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using batch::ItemState;

namespace {

constexpr int pageSize = 64;
constexpr qsizetype mostRecords = 4'096;
constexpr int firstAnswer = 2; ///< the column behind state and name

bool isDone(const batch::Item &item)
{
    return item.state == ItemState::Done || item.state == ItemState::Answered;
}

} // namespace

ItemTableModel::ItemTableModel(EngineThread &engine, const batch::BatchParts &parts, QObject *parent)
    : QAbstractTableModel(parent),
      m_engine(engine),
      m_parts(parts)
{
    m_wantedTimer.setSingleShot(true);
    m_wantedTimer.setInterval(0);
    connect(&m_wantedTimer, &QTimer::timeout, this, &ItemTableModel::readPages);
}

void ItemTableModel::setRun(std::optional<batch::Run> run)
{
    const bool isSame = run && m_run && run->number == m_run->number;
    m_run = std::move(run);
    if (isSame)
        return;
    beginResetModel();
    m_query.states.clear();
    m_query.text.clear();
    m_query.errorKind.clear();
    m_fields = m_run ? batch::fieldsOf(batch::answerSchemaOf(m_run->spec)) : QStringList();
    m_ids.clear();
    m_errors.clear();
    m_records.clear();
    m_wanted.clear();
    m_isReading = false;
    m_isIndexing = false;
    m_reading = {};
    m_indexing = {};
    endResetModel();
    readIndex();
}

void ItemTableModel::setQuery(const batch::ItemQuery &query)
{
    if (query == m_query)
        return;
    m_query = query;
    m_isIndexing = false; // of another question
    readIndex();
}

void ItemTableModel::refresh()
{
    m_records.clear();
    m_isReading = false;
    if (!m_ids.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    readIndex();
}

void ItemTableModel::readIndex()
{
    if (!m_run)
        return;
    if (m_isIndexing) {
        m_isStale = true;
        return;
    }
    m_isIndexing = true;
    m_isStale = false;
    m_indexing = EngineCall<ItemIndex>(
        m_engine, this,
        [parts = m_parts, run = *m_run, query = m_query](CancelToken) { return ui::readIndex(parts, run, query); },
        [this](Result<ItemIndex> read) {
            m_isIndexing = false;
            if (read)
                takeIndex(std::move(*read));
            else
                Q_EMIT failed(read.error());
            if (m_isStale)
                readIndex();
        });
}

void ItemTableModel::takeIndex(ItemIndex read)
{
    m_errors = std::move(read.errors);
    if (read.ids != m_ids) {
        // The view keeps its place where rows only came or went at the end.
        const size_t before = m_ids.size();
        const size_t after = read.ids.size();
        const size_t both = std::min(before, after);
        const bool isPrefix =
            before > 0
            && std::equal(m_ids.begin(), m_ids.begin() + static_cast<std::ptrdiff_t>(both), read.ids.begin());
        if (isPrefix && after > before) {
            beginInsertRows({}, static_cast<int>(before), static_cast<int>(after) - 1);
            m_ids = std::move(read.ids);
            endInsertRows();
        } else {
            beginResetModel();
            m_ids = std::move(read.ids);
            endResetModel();
        }
    }
    Q_EMIT indexed();
}

const batch::ItemRecord *ItemTableModel::recordAt(int row) const
{
    const auto found = m_records.constFind(m_ids[static_cast<size_t>(row)]);
    if (found != m_records.cend())
        return &*found;
    m_wanted.push_back(row);
    return nullptr;
}

/// Reads the pages around the rows that were asked for last.
void ItemTableModel::readPages()
{
    if (m_isReading || m_wanted.empty() || m_ids.empty())
        return;
    const auto [low, high] = std::ranges::minmax(m_wanted);
    m_wanted.clear();
    const int first = low / pageSize * pageSize;
    const int last = std::min({rowCount(), (high / pageSize + 1) * pageSize, first + 4 * pageSize});
    if (first >= last)
        return;
    const std::vector<qint64> ids(m_ids.begin() + first, m_ids.begin() + last);
    m_isReading = true;
    m_reading = EngineCall<std::vector<batch::ItemRecord>>(
        m_engine, this, [parts = m_parts, ids](CancelToken) { return readRecords(parts, ids); },
        [this, first, last](Result<std::vector<batch::ItemRecord>> records) {
            m_isReading = false;
            if (!records) {
                Q_EMIT failed(records.error());
                return;
            }
            if (m_records.size() > mostRecords)
                m_records.clear();
            for (batch::ItemRecord &record : *records)
                m_records.insert(record.item.id, std::move(record));
            if (last <= rowCount())
                Q_EMIT dataChanged(index(first, 0), index(last - 1, columnCount() - 1));
            readPages();
        });
}

int ItemTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int ItemTableModel::columnCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return firstAnswer + std::max(1, static_cast<int>(m_fields.size())) + 3;
}

QString ItemTableModel::answerCell(const batch::ItemRecord &record, int column) const
{
    if (m_fields.isEmpty())
        return record.result.simplified();
    const QJsonDocument answer = QJsonDocument::fromJson(record.result.toUtf8());
    if (!answer.isObject())
        return column == firstAnswer ? record.result.simplified() : QString();
    return batch::cellText(answer[m_fields.value(column - firstAnswer)]).simplified();
}

QString ItemTableModel::cell(const batch::ItemRecord &record, int column) const
{
    const batch::Item &item = record.item;
    const int behind = column - columnCount() + 3; // 0 on: tokens, cost, seconds
    if (column == 1)
        return item.name;
    if (column >= firstAnswer && behind < 0) {
        if (isDone(item))
            return answerCell(record, column);
        if (column != firstAnswer)
            return {};
        if (item.state == ItemState::Failed)
            return item.error ? item.error->message : tr("failed");
        return item.state == ItemState::Running ? tr("asking …")
               : item.error                     ? tr("again later: %1").arg(item.error->message)
                                                : tr("waiting");
    }
    if (!isDone(item) || behind < 0)
        return {};
    switch (behind) {
    case 0: {
        const qint64 tokens = item.promptTokens + item.completionTokens;
        return tokens > 0 ? QLocale().toString(tokens) : QString();
    }
    case 1: return item.cost ? display(*item.cost) : u"?"_s;
    default: return item.time ? QLocale().toString(static_cast<double>(item.time->count()) / 1000, 'f', 1) : QString();
    }
}

QVariant ItemTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const batch::ItemRecord *record = recordAt(index.row());
    if (!record) {
        const_cast<QTimer &>(m_wantedTimer).start();
        return {};
    }
    const bool isFigure = index.column() >= columnCount() - 3;
    switch (role) {
    case Qt::DisplayRole: return cell(*record, index.column());
    case Qt::ToolTipRole: return index.column() == 0 ? QVariant() : cell(*record, index.column());
    case Qt::TextAlignmentRole: return int((isFigure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case StateRole: return int(record->item.state);
    case IdRole: return record->item.id;
    case ProblemRole: return record->item.state == ItemState::Failed || record->item.valid == false;
    case Qt::AccessibleTextRole: {
        if (index.column() > 0)
            return cell(*record, index.column());
        switch (record->item.state) {
        case ItemState::Queued: return tr("waiting");
        case ItemState::Running: return tr("under way");
        case ItemState::Failed: return tr("failed");
        case ItemState::Done:
        case ItemState::Answered: return tr("done");
        }
        return {};
    }
    default: return {};
    }
}

QVariant ItemTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const int behind = section - columnCount() + 3;
    if (role == Qt::TextAlignmentRole)
        return int((behind >= 0 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (behind) {
    case 0: return tr("tokens");
    case 1: return tr("cost");
    case 2: return tr("s", "seconds");
    default: break;
    }
    if (section == 0)
        return QString();
    if (section == 1)
        return tr("Item");
    return m_fields.isEmpty() ? tr("Result") : m_fields.value(section - firstAnswer);
}

void ItemTableModel::sort(int column, Qt::SortOrder order)
{
    batch::ItemQuery query = m_query;
    const int behind = column - columnCount() + 3;
    using Order = batch::ItemQuery::Order;
    query.order = column == 0   ? Order::State
                  : column == 1 ? Order::Name
                  : behind == 1 ? Order::Cost
                  : behind == 2 ? Order::Time
                                : Order::Position;
    query.descending = order == Qt::DescendingOrder;
    setQuery(query);
}

Qt::ItemFlags ItemTableModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index) | (index.isValid() ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

QMimeData *ItemTableModel::mimeData(const QModelIndexList &indexes) const
{
    QStringList files;
    QStringList texts;
    int last = -1;
    for (const QModelIndex &index : indexes) {
        const batch::ItemRecord *record = index.row() == last ? nullptr : recordAt(index.row());
        last = index.row();
        if (!record)
            continue;
        if (QFile::exists(record->item.output))
            files << record->item.output;
        else if (!record->result.isEmpty())
            texts << record->result;
    }
    if (!files.isEmpty())
        return mimeOfFiles(files);
    return texts.isEmpty() ? nullptr : mimeOfMarkdown(texts.join(QStringLiteral("\n\n")));
}

} // namespace quintet::ui
