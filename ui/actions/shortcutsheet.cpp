// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/shortcutsheet.h"

#include "ui/actions/fuzzymatch.h"
#include "ui/actions/shortcutdelegate.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPointer>
#include <QTreeWidget>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int keyRole = Qt::UserRole;

QString keysOf(const QAction *action)
{
    return QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText).replace(u"; "_s, u" · "_s);
}

} // namespace

ShortcutSheet::ShortcutSheet(ShortcutBook &book, QWidget *parent)
    : QDialog(parent),
      m_book(book),
      m_search(new QLineEdit),
      m_list(new QTreeWidget),
      m_conflict(new ErrorStrip(u"shortcutConflict"_s, QMargins(0, 0, 0, 0), ErrorStrip::Notice))
{
    setObjectName(u"shortcutSheet"_s);
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(640, 620);
    m_search->setObjectName(u"shortcutSearch"_s);
    m_search->setAccessibleName(tr("Search the shortcuts"));
    m_search->setPlaceholderText(tr("Search: what it does, or its keys"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(u"shortcutList"_s);
    m_list->setAccessibleName(tr("Shortcuts"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("What it does"), tr("Keys")}); // for those who cannot see the columns
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(14);
    m_list->setUniformRowHeights(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers); // a row is activated
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setMinimumSectionSize(190);
    auto *delegate = new ShortcutDelegate(m_list);
    m_list->setItemDelegate(delegate);
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 16, 16, 14);
    column->addWidget(m_search);
    column->addWidget(m_conflict);
    column->addWidget(m_list, 1);
    column->addWidget(makeFoot());
    setLayout(column);
    connect(delegate, &ShortcutDelegate::pressed, this, &ShortcutSheet::take);
    connect(m_search, &QLineEdit::textChanged, this, &ShortcutSheet::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ShortcutSheet::showButtons);
    connect(m_list, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        if (actionOf(item))
            m_list->editItem(item, 1);
    });
    connect(m_conflict, &ErrorStrip::actionChosen, this, [this] {
        m_conflict->hide();
        if (const auto resolve = std::exchange(m_resolve, {}))
            resolve();
    });
    // Queued: the editor that told of the change has yet to close.
    connect(&m_book, &ShortcutBook::changed, this, &ShortcutSheet::refresh, Qt::QueuedConnection);
    refresh();
}

QWidget *ShortcutSheet::makeFoot()
{
    m_change = new Button(u"changeShortcut"_s, tr("Change…"));
    m_clear = new Button(u"clearShortcut"_s, tr("No keys"), Button::Quiet);
    m_reset = new Button(u"resetShortcut"_s, tr("Reset"), Button::Quiet);
    m_resetAll = new Button(u"resetShortcuts"_s, tr("Reset all"), Button::Quiet);
    auto *close = new Button(u"closeShortcuts"_s, tr("Close"), Button::Primary);
    QBoxLayout *row = makeRow();
    for (Button *button : {m_change, m_clear, m_reset, m_resetAll})
        row->addWidget(button);
    row->addStretch(1);
    row->addWidget(close);
    connect(m_change, &Button::clicked, this, [this] {
        if (chosen())
            m_list->editItem(m_list->currentItem(), 1);
    });
    connect(m_clear, &Button::clicked, this, [this] {
        if (QAction *action = chosen())
            m_book.bind(action, {});
    });
    connect(m_reset, &Button::clicked, this, [this] {
        if (QAction *action = chosen())
            m_book.reset(action);
    });
    connect(m_resetAll, &Button::clicked, this, [this] {
        // What was there before can be had back.
        std::vector<std::pair<QPointer<QAction>, QList<QKeySequence>>> before;
        for (QAction *action : m_book.actions()) {
            if (m_book.isChanged(action))
                before.emplace_back(action, action->shortcuts());
        }
        m_book.resetAll();
        m_resolve = [this, before] {
            for (const auto &[action, shortcuts] : before) {
                if (action)
                    m_book.bind(action, shortcuts.value(0));
            }
        };
        m_conflict->showError(tr("%n shortcut(s) were reset.", nullptr, int(before.size())), tr("Undo"));
    });
    connect(close, &Button::clicked, this, &QDialog::close);
    return wrap(row);
}

QAction *ShortcutSheet::actionOf(const QTreeWidgetItem *item) const
{
    const QString key = item ? item->data(0, keyRole).toString() : QString();
    for (QAction *action : m_book.actions()) {
        if (action->objectName() == key)
            return action;
    }
    return nullptr;
}

QAction *ShortcutSheet::chosen() const
{
    return actionOf(m_list->currentItem());
}

void ShortcutSheet::refresh()
{
    const QString current = m_list->currentItem() ? m_list->currentItem()->data(0, keyRole).toString() : QString();
    m_list->clear();
    QHash<QString, QTreeWidgetItem *> groups;
    for (const QAction *action : m_book.actions()) {
        const QString category = categoryOf(action);
        QTreeWidgetItem *&group = groups[category];
        if (!group) {
            group = new QTreeWidgetItem(m_list, {category});
            group->setFlags(Qt::ItemIsEnabled);
            group->setFirstColumnSpanned(true);
            group->setData(1, Qt::AccessibleTextRole, category);
            group->setFont(0, fontFor(TextStyle::Heading));
        }
        auto *item = new QTreeWidgetItem(group, {action->text(), keysOf(action)});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable);
        item->setData(0, keyRole, action->objectName());
        if (action->shortcuts().isEmpty())
            item->setData(1, Qt::AccessibleTextRole, tr("no keys"));
        if (m_book.isChanged(action))
            item->setFont(1, fontFor(TextStyle::Heading)); // changed by the user
        if (action->objectName() == current)
            m_list->setCurrentItem(item);
    }
    m_list->expandAll();
    filter();
    showButtons();
}

void ShortcutSheet::filter()
{
    const QString typed = m_search->text();
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *group = m_list->topLevelItem(i);
        bool any = false;
        for (int j = 0; j < group->childCount(); ++j) {
            QTreeWidgetItem *item = group->child(j);
            const bool fits = typed.isEmpty() || item->text(1).contains(typed, Qt::CaseInsensitive)
                              || fuzzyMatch(typed, group->text(0) + u' ' + item->text(0));
            item->setHidden(!fits);
            any = any || fits;
        }
        group->setHidden(!any);
    }
}

void ShortcutSheet::take(const QModelIndex &index, const QKeySequence &shortcut)
{
    QPointer<QAction> action = actionOf(m_list->itemFromIndex(index));
    if (!action)
        return;
    m_conflict->hide();
    QPointer<QAction> other = m_book.conflict(action, shortcut);
    if (!other)
        return m_book.bind(action, shortcut);
    m_resolve = [this, action, other, shortcut] {
        if (!action || !other)
            return;
        m_book.release(other, shortcut);
        m_book.bind(action, shortcut);
    };
    m_conflict->showError(tr("%1 already means “%2” in %3.")
                              .arg(shortcut.toString(QKeySequence::NativeText), other->text(), categoryOf(other)),
                          tr("Use it for “%1”").arg(action->text()));
    m_conflict->action()->setFocus();
}

void ShortcutSheet::showButtons()
{
    const QAction *action = chosen();
    m_change->setEnabled(action);
    m_clear->setEnabled(action && !action->shortcuts().isEmpty());
    m_reset->setEnabled(action && m_book.isChanged(action));
}

} // namespace quintet::ui
