// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/shortcutdelegate.h"

#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLineEdit>

namespace quintet::ui {

QWidget *ShortcutDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    auto *edit = new QKeySequenceEdit(parent);
    edit->setObjectName(QStringLiteral("pressedKeys"));
    edit->setMaximumSequenceLength(1);
    edit->setAccessibleName(tr("Press the keys for: %1").arg(index.siblingAtColumn(0).data().toString()));
    for (auto *line : edit->findChildren<QLineEdit *>()) {
        line->setPlaceholderText(tr("Press keys, Esc to leave"));
        line->setAccessibleName(edit->accessibleName());
    }
    auto *self = const_cast<ShortcutDelegate *>(this); // the signals of a delegate come out of const functions
    connect(edit, &QKeySequenceEdit::editingFinished, self, [self, edit] {
        Q_EMIT self->commitData(edit);
        Q_EMIT self->closeEditor(edit);
    });
    return edit;
}

void ShortcutDelegate::setEditorData(QWidget *, const QModelIndex &) const { }

void ShortcutDelegate::setModelData(QWidget *editor, QAbstractItemModel *, const QModelIndex &index) const
{
    const QKeySequence keys = static_cast<QKeySequenceEdit *>(editor)->keySequence();
    if (!keys.isEmpty())
        Q_EMIT const_cast<ShortcutDelegate *>(this)->pressed(index, keys);
}

QSize ShortcutDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return QStyledItemDelegate::sizeHint(option, index).expandedTo({0, 32});
}

bool ShortcutDelegate::eventFilter(QObject *editor, QEvent *event)
{
    auto *widget = qobject_cast<QWidget *>(editor);
    if (widget && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape && key->modifiers() == Qt::NoModifier) {
            event->accept();
            if (event->type() == QEvent::KeyPress)
                Q_EMIT closeEditor(widget, RevertModelCache);
            return true;
        }
        return false; // all others are for the editor, Tab and Return too
    }
    return QStyledItemDelegate::eventFilter(editor, event);
}

} // namespace quintet::ui
