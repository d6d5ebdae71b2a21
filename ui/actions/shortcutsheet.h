// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/shortcutbook.h"

#include <QDialog>

class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace quintet::ui {

class Button;
class ErrorStrip;

/// All that can be done with its keys, by page, to be searched and changed in place.
class ShortcutSheet final : public QDialog {
    Q_OBJECT

public:
    /// `book` outlives the sheet.
    ShortcutSheet(ShortcutBook &book, QWidget *parent);

    void refresh();

private:
    QWidget *makeFoot();
    void filter();
    void take(const QModelIndex &index, const QKeySequence &shortcut);
    void showButtons();
    QAction *chosen() const;
    QAction *actionOf(const QTreeWidgetItem *item) const;

    ShortcutBook &m_book;
    QLineEdit *m_search;
    QTreeWidget *m_list;
    ErrorStrip *m_conflict;
    Button *m_change;
    Button *m_clear;
    Button *m_reset;
    Button *m_resetAll;
    std::function<void()> m_resolve; ///< what the strip's button does
};

} // namespace quintet::ui
