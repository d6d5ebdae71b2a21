// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "chat/store/chatsearchstore.h"

#include <QAbstractListModel>

namespace quintet::ui {

/// A line of the list: a conversation, and what was found in it.
struct ConversationLine {
    chat::ConversationRow row;
    chat::MessageId found;
    QString snippet;

    bool operator==(const ConversationLine &) const = default;
};

/// The conversations of the database as a list, read as far as it is scrolled, or those in which something was found.
/// Reads on a pool; lives on the GUI thread.
class ConversationModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { LineRole = Qt::UserRole, SectionRole };

    ConversationModel(EngineThread &engine, const chat::ConversationStore &store, const chat::ChatSearchStore &search);

    /// Shows what fits the words; all if there are none.
    void setSearch(const QString &typed);
    bool isSearching() const { return !m_query.isEmpty(); }

    /// The list as it is now; soon, and once for many calls.
    void refresh();

    /// The row of a conversation, or -1.
    int rowOf(const chat::ConversationId &id) const;
    const ConversationLine &line(int row) const { return m_lines[size_t(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void loaded(); ///< what was asked for is shown

private:
    using Lines = std::shared_ptr<std::vector<ConversationLine>>;

    void read(int offset, int count);
    void take(int offset, int wanted, const std::vector<ConversationLine> &lines);

    EngineThread &m_engine;
    const chat::ConversationStore &m_store;
    const chat::ChatSearchStore &m_search;
    chat::SearchQuery m_query;
    std::vector<ConversationLine> m_lines;
    bool m_hasMore = true;
    bool m_isReading = false;
    QTimer m_refreshTimer;
    EngineCall<Lines> m_reading;
};

/// "Pinned", "Today", "Yesterday", "This week", or the month.
QString sectionOf(const chat::ConversationRow &row, const QDateTime &now);

/// The facts under a title: when, and the model or how many messages.
QString factsOf(const chat::ConversationRow &row, const QDateTime &now);

} // namespace quintet::ui

Q_DECLARE_METATYPE(quintet::ui::ConversationLine)
