// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/batch/batchsession.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <QWidget>

class QListView;

namespace quintet::ui {

/// All runs, the newest first.
class RunListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit RunListModel(BatchSession &session);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    int rowOf(const QString &id) const;
    QString idAt(int row) const;

private:
    void takeOver();

    BatchSession &m_session;
    std::vector<batch::Run> m_runs; ///< as they are shown
};

/// Paints a run: its name, a bar while it is at work, else how it stands.
class RunDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// The list of runs at the left, with the button that begins a new one.
class RunList final : public QWidget {
    Q_OBJECT

public:
    explicit RunList(BatchSession &session);

private:
    void showShown();
    void openMenu(const QPoint &position);

    BatchSession &m_session;
    RunListModel *m_model;
    QListView *m_view;
};

} // namespace quintet::ui
