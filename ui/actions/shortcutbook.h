// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/action.h"

#include <QObject>

namespace quintet::ui {

/// Which keys do what in a window: what its actions were made with, and what the user changed, which is kept in the
/// settings file. Changes work at once. Lives on the GUI thread.
class ShortcutBook final : public QObject {
    Q_OBJECT

public:
    /// `window` outlives the book.
    ShortcutBook(QWidget *window, const QString &settingsFile, QObject *parent = nullptr);

    QList<QAction *> actions() const { return actionsIn(m_window); }

    /// Gives all actions that there are the user's shortcuts: after pages were added.
    void apply();

    /// Gives `action` this shortcut alone, or none if it is empty, and keeps that.
    void bind(QAction *action, const QKeySequence &shortcut);

    /// The action that would stand in the way of `shortcut` for `action`: one of the same page, or of all pages. Null
    /// if there is none.
    QAction *conflict(const QAction *action, const QKeySequence &shortcut) const;

    /// Takes `shortcut` away from `action`, its others stay.
    void release(QAction *action, const QKeySequence &shortcut);

    bool isChanged(const QAction *action) const;
    void reset(QAction *action);
    void resetAll();

Q_SIGNALS:
    void changed();

private:
    void keep(QAction *action, const QList<QKeySequence> &shortcuts);

    QWidget *m_window;
    QString m_settingsFile;
};

} // namespace quintet::ui
