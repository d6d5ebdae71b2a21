// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/list/conversationlistpane.h"

#include "ui/chat/list/conversationdelegate.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QToolButton>

namespace quintet::ui {

using namespace Qt::StringLiterals;

ConversationListPane::ConversationListPane(ConversationModel &model) : m_model(model)
{
    setObjectName(u"conversationPane"_s);
    m_view = new QListView;
    m_view->setObjectName(u"conversations"_s);
    m_view->setAccessibleName(tr("Conversations"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new ConversationDelegate(m_view));
    m_view->setMouseTracking(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->viewport()->setBackgroundRole(QPalette::Window);
    m_view->installEventFilter(this);
    auto *nothing = makeLabel({}, TextStyle::Small, Tone::Second);
    nothing->setObjectName(u"conversationsNothing"_s);
    nothing->setWordWrap(true);
    nothing->setContentsMargins(20, 12, 20, 12);
    m_nothing = nothing;
    m_undo = new ErrorStrip(u"conversationUndo"_s, {8, 4, 8, 8}, ErrorStrip::Notice);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHead());
    column->addWidget(makeHairline());
    column->addWidget(m_nothing);
    column->addWidget(m_view, 1);
    column->addWidget(m_undo);
    setLayout(column);

    connect(m_view, &QListView::clicked, this, &ConversationListPane::openRow);
    connect(m_view, &QListView::activated, this, &ConversationListPane::openRow);
    connect(m_view, &QWidget::customContextMenuRequested, this, &ConversationListPane::showMenu);
    connect(&m_model, &ConversationModel::loaded, this, &ConversationListPane::showEmptiness);
    // What is selected stays so while the list is read anew: somebody may be going through it by keyboard.
    connect(&m_model, &ConversationModel::modelAboutToBeReset, this, [this] {
        const QModelIndex index = m_view->currentIndex();
        m_selected = index.isValid() ? m_model.line(index.row()).row.id : m_current;
    });
    connect(&m_model, &ConversationModel::modelReset, this, [this] {
        const int row = m_model.rowOf(m_selected) >= 0 ? m_model.rowOf(m_selected) : m_model.rowOf(m_current);
        m_view->setCurrentIndex(row >= 0 ? m_model.index(row) : QModelIndex());
    });
    connect(m_undo, &ErrorStrip::actionChosen, this, [this] {
        m_undo->hide();
        Q_EMIT placeAsked(m_removed, {.removed = false});
    });
    showEmptiness();
}

QWidget *ConversationListPane::makeHead()
{
    m_search = new QLineEdit;
    m_search->setObjectName(u"conversationSearch"_s);
    m_search->setAccessibleName(tr("Search all conversations"));
    m_search->setPlaceholderText(tr("Search…"));
    m_search->setToolTip(
        tr("Looks through everything that was said (Ctrl+Shift+F). in:FOLDER, in:archive, in:pinned, model:NAME, "
           "tag:NAME, before:2026-01-31 and after:2026-01-31 narrow it down."));
    m_search->setClearButtonEnabled(true);
    if (auto *clear = m_search->findChild<QToolButton *>()) {
        clear->setObjectName(u"conversationSearchClear"_s);
        clear->setAccessibleName(tr("Clear the search"));
    }
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, &m_model, &ConversationModel::setSearch);
    auto *add = new Button(u"newConversation"_s, {}, Button::Primary);
    add->setIcon(icon(u"plus"_s));
    add->setAccessibleName(tr("New conversation"));
    add->setFixedWidth(add->sizeHint().height());
    add->setToolTip(tr("New conversation"));
    connect(add, &Button::clicked, this, [this] { Q_EMIT newAsked(false); });
    auto *more = new Button(u"conversationsMore"_s, u"⋯"_s, Button::Quiet);
    more->setAccessibleName(tr("More: temporary chat, import"));
    m_more = new QMenu(more);
    fillMore();
    connect(more, &Button::clicked, this,
            [this, more] { m_more->popup(more->mapToGlobal(QPoint(0, more->height()))); });
    QBoxLayout *row = makeRow();
    row->setContentsMargins(12, 10, 12, 10);
    row->addWidget(m_search, 1);
    row->addWidget(add);
    row->addWidget(more);
    return makePane(u"conversationHead"_s, row, QPalette::Window);
}

void ConversationListPane::addToMenu(QAction *action)
{
    m_others << action;
    fillMore();
}

void ConversationListPane::fillMore()
{
    m_more->clear();
    m_more->addAction(tr("Temporary chat"), this, [this] { Q_EMIT newAsked(true); });
    m_more->addAction(tr("Import conversations…"), this, &ConversationListPane::importAsked);
    m_more->addActions(m_others);
    for (const auto &[id, title] : std::as_const(m_temporary))
        m_more->addAction(tr("Back to: %1").arg(title), this, [this, id] { Q_EMIT openAsked(id, {}); });
    m_more->addSeparator();
    const auto narrow = [this](QMenu *menu, const QString &name, const QString &search) {
        menu->addAction(name, this, [this, search] { m_search->setText(search); });
    };
    narrow(m_more, tr("All conversations"), {});
    narrow(m_more, tr("Pinned"), u"in:pinned"_s);
    narrow(m_more, tr("Archive"), u"in:archive"_s);
    for (const QString &folder : std::as_const(m_folders))
        narrow(m_more, tr("Folder: %1").arg(folder), u"in:\"%1\""_s.arg(folder));
    for (const QString &tag : std::as_const(m_tags))
        narrow(m_more, tr("Tag: %1").arg(tag), u"tag:\"%1\""_s.arg(tag));
}

void ConversationListPane::setPlaces(const QStringList &folders, const QStringList &tags)
{
    m_folders = folders;
    m_tags = tags;
    fillMore();
}

void ConversationListPane::setTemporary(const QList<std::pair<chat::ConversationId, QString>> &conversations)
{
    m_temporary = conversations;
    fillMore();
}

void ConversationListPane::showEmptiness()
{
    auto *label = static_cast<QLabel *>(m_nothing);
    const bool isEmpty = m_model.rowCount() == 0;
    label->setText(m_model.isSearching() ? tr("Nothing was found.") : tr("Your conversations will stand here."));
    m_nothing->setVisible(isEmpty);
}

void ConversationListPane::setCurrent(const chat::ConversationId &id)
{
    m_current = id;
    const int row = m_model.rowOf(id);
    if (row >= 0)
        m_view->setCurrentIndex(m_model.index(row));
    else
        m_view->setCurrentIndex({});
}

void ConversationListPane::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void ConversationListPane::openRow(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const ConversationLine line = m_model.line(index.row());
    Q_EMIT openAsked(line.row.id, line.found);
}

void ConversationListPane::showMenu(const QPoint &at)
{
    const QModelIndex index = m_view->indexAt(at).isValid() ? m_view->indexAt(at) : m_view->currentIndex();
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, m_model.line(index.row()).row);
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

void ConversationListPane::fillMenu(QMenu &menu, const chat::ConversationRow &row)
{
    menu.addAction(tr("Rename…"), QKeySequence(Qt::Key_F2), this, [this, row] { rename(row); });
    menu.addAction(row.isPinned ? tr("Unpin") : tr("Pin"), this,
                   [this, row] { Q_EMIT placeAsked(row.id, {.pinned = !row.isPinned}); });
    menu.addAction(tr("Move to a folder…"), this, [this, row] { chooseFolder(row); });
    menu.addAction(tr("Tags…"), this, [this, row] { chooseTags(row); });
    menu.addAction(row.isArchived ? tr("Take out of the archive") : tr("Archive"), this,
                   [this, row] { Q_EMIT placeAsked(row.id, {.archived = !row.isArchived}); });
    menu.addAction(tr("Export…"), this, [this, row] { Q_EMIT exportAsked(row.id, row.title); });
    menu.addSeparator();
    menu.addAction(tr("Remove"), QKeySequence(Qt::Key_Delete), this, [this, row] { remove(row); });
}

void ConversationListPane::rename(const chat::ConversationRow &row)
{
    bool isWanted = false;
    const QString title =
        QInputDialog::getText(this, tr("Rename"), tr("Title"), QLineEdit::Normal, row.title, &isWanted);
    if (isWanted && !title.trimmed().isEmpty())
        Q_EMIT renameAsked(row.id, title);
}

void ConversationListPane::chooseFolder(const chat::ConversationRow &row)
{
    bool isWanted = false;
    const QString folder = QInputDialog::getText(this, tr("Move to a folder"), tr("Folder (empty for none)"),
                                                 QLineEdit::Normal, row.folder, &isWanted);
    if (isWanted)
        Q_EMIT placeAsked(row.id, {.folder = folder.trimmed()});
}

void ConversationListPane::chooseTags(const chat::ConversationRow &row)
{
    bool isWanted = false;
    const QString typed = QInputDialog::getText(this, tr("Tags"), tr("Tags, with commas between them"),
                                                QLineEdit::Normal, row.tags.join(u", "), &isWanted);
    if (!isWanted)
        return;
    QStringList tags;
    for (const QString &tag : typed.split(u',')) {
        if (!tag.trimmed().isEmpty())
            tags << tag.trimmed();
    }
    Q_EMIT placeAsked(row.id, {.tags = tags});
}

void ConversationListPane::remove(const chat::ConversationRow &row)
{
    Q_EMIT placeAsked(row.id, {.removed = true});
    offerUndo(row.id, row.title);
}

void ConversationListPane::offerUndo(const chat::ConversationId &id, const QString &title)
{
    m_removed = id;
    m_undo->showError(tr("“%1” was removed.").arg(title), tr("Undo"));
}

/// The arrow keys move through the list while the search keeps the focus; Delete and F2 act on the list.
bool ConversationListPane::eventFilter(QObject *watched, QEvent *event)
{
    const bool mayClear = watched == m_search && !m_search->text().isEmpty();
    if (event->type() == QEvent::ShortcutOverride && mayClear
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept(); // before it stops an answer
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const QModelIndex current = m_view->currentIndex();
    if (watched == m_search && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        QKeyEvent copy(QEvent::KeyPress, key, Qt::NoModifier);
        QCoreApplication::sendEvent(m_view, &copy);
        return true;
    }
    if (watched == m_search && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        openRow(current.isValid() ? current : m_model.index(0));
        return true;
    }
    if (mayClear && key == Qt::Key_Escape) {
        m_search->clear();
        return true;
    }
    if (watched == m_view && current.isValid() && (key == Qt::Key_Delete || key == Qt::Key_F2)) {
        const chat::ConversationRow row = m_model.line(current.row()).row;
        key == Qt::Key_Delete ? remove(row) : rename(row);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace quintet::ui
