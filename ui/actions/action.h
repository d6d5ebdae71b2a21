// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>

class QAbstractButton;

namespace quintet::ui {

/// Something that the user can do, added to `page`, so that the palette finds it and the sheet of shortcuts can bind
/// it. `key` is its name for good, "chat.newConversation": its first part is the category. Its shortcuts work while the
/// keyboard is in `page`.
QAction *makeAction(QWidget *page, const QString &key, const QString &text, const QList<QKeySequence> &shortcuts = {});

/// One that presses `button`, and can be done when that can. The button's tooltip tells the shortcut.
QAction *makeAction(QWidget *page, const QString &key, const QString &text, QAbstractButton *button,
                    const QList<QKeySequence> &shortcuts = {});

/// All actions of `window` and of what lies in it: the window's own first, then those of the tabs in their order.
QList<QAction *> actionsIn(const QWidget *window);

/// What its key begins with, translated: "Chat".
QString categoryOf(const QAction *action);

/// The shortcuts it was made with.
QList<QKeySequence> standardShortcuts(const QAction *action);

/// Whether it can be done now, if its page were shown.
bool isAvailable(const QAction *action);

/// The widget it was added to.
QWidget *pageOf(const QAction *action);

} // namespace quintet::ui
