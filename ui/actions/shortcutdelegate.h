// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace quintet::ui {

/// Has the keys of a row pressed in place: the editor takes the next combination of keys; Esc leaves it as it was.
class ShortcutDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

Q_SIGNALS:
    void pressed(const QModelIndex &index, const QKeySequence &shortcut);

protected:
    bool eventFilter(QObject *editor, QEvent *event) override;
};

} // namespace quintet::ui
