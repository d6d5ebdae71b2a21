// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/agent/agentsession.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <QWidget>

class QLineEdit;
class QListView;

namespace quintet::ui {

class ErrorStrip;

/// A line at the left: a saved task or a run; the first of each has the name of its section above it.
struct AgentLine {
    QString id;
    QString title;
    QString facts;
    QString section; ///< empty but for a first one
    bool isTask = false;
    bool isWaiting = false;   ///< for the user's word
    bool isRemovable = false; ///< not ready-made, not at work

    bool operator==(const AgentLine &) const = default;
};

/// Saved tasks, then runs, the newest first.
class AgentListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { LineRole = Qt::UserRole };

    explicit AgentListModel(AgentSession &session);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    const AgentLine &line(int row) const { return m_lines[size_t(row)]; }
    int rowOf(const QString &id) const;

private:
    std::vector<AgentLine> linesNow() const;
    void takeOver();

    AgentSession &m_session;
    std::vector<AgentLine> m_lines;
};

/// Draws a line: title over facts, the section's name above the first.
class AgentLineDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// The list at the left: a new task, search, saved tasks and runs, and what can be done with each.
class AgentList final : public QWidget {
    Q_OBJECT

public:
    explicit AgentList(AgentSession &session);

    void focusSearch();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeHead();
    void makeView();
    void open(const QModelIndex &index);
    void openMenu(const QPoint &position);
    void remove(const AgentLine &line);
    void showShown();
    void offerUndo(const QString &id, const QString &title, bool isTask);

    AgentSession &m_session;
    AgentListModel *m_model;
    QListView *m_view;
    QLineEdit *m_search;
    ErrorStrip *m_undo;
    QString m_removed;
    bool m_isTaskRemoved = false;
};

} // namespace quintet::ui

Q_DECLARE_METATYPE(quintet::ui::AgentLine)
