// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/list/conversationmodel.h"

#include "base/onpool.h"

#include <QLocale>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int pageSize = 100;
constexpr int mostFound = 100;

Result<std::vector<ConversationLine>> find(const chat::ChatSearchStore &search, const chat::SearchQuery &query)
{
    return search.search(query, mostFound).transform([](std::vector<chat::ChatHit> hits) {
        std::vector<ConversationLine> lines;
        for (chat::ChatHit &hit : hits)
            lines.push_back({std::move(hit.conversation), hit.message, hit.snippet});
        return lines;
    });
}

Result<std::vector<ConversationLine>> list(const chat::ConversationStore &store, int offset, int count)
{
    return store.list({}, offset, count).transform([](std::vector<chat::ConversationRow> rows) {
        std::vector<ConversationLine> lines;
        for (chat::ConversationRow &row : rows)
            lines.push_back({std::move(row), {}, {}});
        return lines;
    });
}

} // namespace

QString sectionOf(const chat::ConversationRow &row, const QDateTime &now)
{
    if (row.isPinned)
        return ConversationModel::tr("Pinned");
    const QDate day = row.changed.toLocalTime().date();
    const qint64 ago = day.daysTo(now.toLocalTime().date());
    if (ago <= 0)
        return ConversationModel::tr("Today");
    if (ago == 1)
        return ConversationModel::tr("Yesterday");
    if (ago < 7)
        return ConversationModel::tr("This week");
    return QLocale().toString(day, u"MMMM yyyy"_s);
}

QString factsOf(const chat::ConversationRow &row, const QDateTime &now)
{
    const QDateTime local = row.changed.toLocalTime();
    const qint64 ago = local.date().daysTo(now.toLocalTime().date());
    const QString when = ago <= 0  ? QLocale().toString(local.time(), QLocale::ShortFormat)
                         : ago < 7 ? QLocale().toString(local.date(), u"ddd"_s)
                                   : QLocale().toString(local.date(), QLocale::ShortFormat);
    QStringList facts{when};
    if (!row.folder.isEmpty())
        facts << row.folder;
    if (row.messages > 0)
        facts << ConversationModel::tr("%Ln message(s)", nullptr, static_cast<int>(row.messages));
    if (!row.model.isEmpty())
        facts << row.model;
    return facts.join(u" · ");
}

ConversationModel::ConversationModel(EngineThread &engine, const chat::ConversationStore &store,
                                     const chat::ChatSearchStore &search)
    : m_engine(engine),
      m_store(store),
      m_search(search)
{
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(60ms);
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] {
        if (m_isReading)
            m_refreshTimer.start();
        else
            read(0, std::max(pageSize, int(m_lines.size())));
    });
    refresh();
}

void ConversationModel::setSearch(const QString &typed)
{
    const chat::SearchQuery query = chat::parseSearch(typed);
    if (query == m_query)
        return;
    m_query = query;
    m_isReading = false; // what is under way is of no more use
    m_refreshTimer.start();
}

void ConversationModel::refresh()
{
    if (!m_refreshTimer.isActive())
        m_refreshTimer.start();
}

void ConversationModel::read(int offset, int count)
{
    m_isReading = true;
    m_reading = EngineCall<Lines>(
        m_engine, this,
        [&store = m_store, &search = m_search, query = m_query, offset, count](CancelToken) -> Task<Result<Lines>> {
            co_return co_await onPool([&store, &search, query, offset, count] {
                return (query.isEmpty() ? list(store, offset, count) : find(search, query))
                    .transform([](std::vector<ConversationLine> lines) {
                        return std::make_shared<std::vector<ConversationLine>>(std::move(lines));
                    });
            });
        },
        [this, offset, count](Result<Lines> lines) {
            m_isReading = false;
            if (lines)
                take(offset, count, **lines);
            Q_EMIT loaded();
        });
}

void ConversationModel::take(int offset, int wanted, const std::vector<ConversationLine> &lines)
{
    m_hasMore = m_query.isEmpty() && int(lines.size()) == wanted;
    if (offset > 0) {
        if (lines.empty())
            return;
        beginInsertRows({}, offset, offset + int(lines.size()) - 1);
        m_lines.insert(m_lines.end(), lines.begin(), lines.end());
        endInsertRows();
        return;
    }
    if (lines == m_lines)
        return;
    const bool isSameOrder = std::ranges::equal(
        lines, m_lines, {}, [](const ConversationLine &line) { return line.row.id; },
        [](const ConversationLine &line) { return line.row.id; });
    if (isSameOrder) {
        m_lines = lines;
        Q_EMIT dataChanged(index(0), index(int(lines.size()) - 1));
        return;
    }
    beginResetModel();
    m_lines = lines;
    endResetModel();
}

int ConversationModel::rowOf(const chat::ConversationId &id) const
{
    const auto found = std::ranges::find(m_lines, id, [](const ConversationLine &line) { return line.row.id; });
    return found == m_lines.end() ? -1 : int(found - m_lines.begin());
}

int ConversationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant ConversationModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_lines.size()))
        return {};
    const ConversationLine &line = m_lines[size_t(index.row())];
    const QDateTime now = QDateTime::currentDateTimeUtc();
    switch (role) {
    case Qt::DisplayRole:
        if (!line.row.title.isEmpty())
            return line.row.title;
        return line.row.messages == 0 ? tr("Draft") : tr("Untitled");
    case Qt::ToolTipRole: return line.row.title;
    case Qt::AccessibleTextRole: return line.row.title + u", "_s + factsOf(line.row, now);
    case LineRole: return QVariant::fromValue(line);
    case SectionRole: {
        if (isSearching())
            return {};
        const QString section = sectionOf(line.row, now);
        const bool isFirst = index.row() == 0 || sectionOf(m_lines[size_t(index.row()) - 1].row, now) != section;
        return isFirst ? section : QString();
    }
    default: return {};
    }
}

bool ConversationModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_hasMore && !m_isReading && !m_lines.empty();
}

void ConversationModel::fetchMore(const QModelIndex &)
{
    read(int(m_lines.size()), pageSize);
}

Qt::ItemFlags ConversationModel::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemNeverHasChildren;
}

} // namespace quintet::ui
