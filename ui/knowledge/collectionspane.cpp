// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/collectionspane.h"

#include "ui/knowledge/collectioncard.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QScrollArea>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

QStringList filesOf(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    return files;
}

} // namespace

CollectionsPane::CollectionsPane(KnowledgeSession &session) : m_session(session)
{
    setObjectName(u"collectionsPane"_s);
    setAcceptDrops(true);
    auto *list = new QWidget;
    m_cards = makeColumn(4);
    m_cards->setContentsMargins(8, 4, 8, 8);
    m_cards->addStretch(1);
    list->setLayout(m_cards);
    list->setBackgroundRole(QPalette::Window);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"collections"_s);
    scroll->setAccessibleName(tr("Collections"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(list);
    m_error = new ErrorStrip(u"collectionError"_s, {8, 0, 8, 8});
    auto *drop = new Button(u"dropFolders"_s, tr("Drop folders or files"));
    drop->setProperty("look", u"dropzone"_s);
    drop->setMinimumHeight(56);
    drop->setToolTip(tr("Or click to choose a folder"));
    connect(drop, &Button::clicked, this, &CollectionsPane::askForFolder);
    QBoxLayout *foot = makeColumn(0);
    foot->setContentsMargins(12, 8, 12, 12);
    foot->addWidget(drop);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHeader());
    column->addWidget(makeHairline());
    column->addWidget(scroll, 1);
    column->addWidget(m_error);
    column->addLayout(foot);
    setLayout(column);
    connect(&m_session, &KnowledgeSession::collectionsChanged, this, &CollectionsPane::showAll);
    connect(&m_session, &KnowledgeSession::currentChanged, this, &CollectionsPane::showAll);
    connect(&m_session, &KnowledgeSession::collectionGrew, this, &CollectionsPane::showOne);
    connect(&m_session, &KnowledgeSession::failed, this,
            [this](const Error &error) { m_error->showError(error.message); });
    showAll();
}

QWidget *CollectionsPane::makeHeader()
{
    auto *title = makeLabel(tr("Knowledge"), TextStyle::Title);
    auto *more = new Button(u"newCollection"_s, QString(), Button::Primary);
    more->setIcon(icon(u"plus"_s));
    more->setAccessibleName(tr("New collection"));
    more->setToolTip(tr("A new collection, from a folder or from a file"));
    auto *menu = new QMenu(more);
    connect(menu->addAction(tr("New collection…")), &QAction::triggered, this, &CollectionsPane::askForNew);
    connect(menu->addAction(tr("Import…")), &QAction::triggered, this, &CollectionsPane::askForImport);
    connect(more, &Button::clicked, menu, [more, menu] { menu->popup(more->mapToGlobal(more->rect().bottomLeft())); });
    QBoxLayout *row = makeRow();
    row->setContentsMargins(12, 10, 12, 10);
    row->addWidget(title, 1);
    row->addWidget(more);
    return makePane(u"collectionsHeader"_s, row, QPalette::Window);
}

CollectionCard *CollectionsPane::makeCard(const ShownCollection &collection)
{
    auto *card = new CollectionCard(collection);
    const QString id = collection.info.id;
    connect(card, &CollectionCard::clicked, this, [this, id] { m_session.setCurrent(id); });
    connect(card, &CollectionCard::watchChosen, this, [this, id](bool on) { m_session.setWatched(id, on); });
    connect(card, &CollectionCard::pauseChosen, this, [this, id](bool on) { m_session.setPaused(id, on); });
    connect(card, &CollectionCard::failuresAsked, this, [this, id] {
        m_session.setCurrent(id);
        Q_EMIT failuresAsked();
    });
    connect(card, &CollectionCard::menuOpened, this, [this, id](QMenu *menu) {
        m_session.setCurrent(id);
        menu->addActions(m_others);
        menu->addSeparator();
    });
    connect(card, &CollectionCard::exportAsked, this, [this, id] { askForExport(id); });
    connect(card, &CollectionCard::removeAsked, this, [this, id] { askForRemoval(id); });
    return card;
}

void CollectionsPane::showAll()
{
    const auto &collections = m_session.collections();
    const bool isSame =
        std::ranges::equal(m_shown, collections, [](CollectionCard *card, const ShownCollection &other) {
            return card->id() == other.info.id;
        });
    if (!isSame) {
        for (CollectionCard *card : m_shown) {
            m_cards->removeWidget(card);
            card->hide();
            card->deleteLater();
        }
        m_shown.clear();
        for (const ShownCollection &collection : collections) {
            CollectionCard *card = makeCard(collection);
            m_cards->insertWidget(int(m_shown.size()), card);
            m_shown.push_back(card);
        }
    }
    const ShownCollection *current = m_session.current();
    for (size_t i = 0; i < m_shown.size(); ++i) {
        m_shown[i]->setCollection(collections[i]);
        m_shown[i]->setChecked(current && current->info.id == m_shown[i]->id());
    }
}

void CollectionsPane::showOne(const QString &id)
{
    const auto &collections = m_session.collections();
    for (size_t i = 0; i < m_shown.size() && i < collections.size(); ++i) {
        if (m_shown[i]->id() == id && collections[i].info.id == id)
            m_shown[i]->setCollection(collections[i]);
    }
}

void CollectionsPane::askForFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("A folder with documents"));
    if (!folder.isEmpty())
        m_session.add({folder});
}

void CollectionsPane::askForNew()
{
    const QString name = QInputDialog::getText(this, tr("New collection"), tr("What is it to be called?"));
    if (name.trimmed().isEmpty())
        return;
    const QString folder = QFileDialog::getExistingDirectory(this, tr("A folder with documents"));
    if (!folder.isEmpty())
        m_session.create(name.trimmed(), {folder});
}

void CollectionsPane::askForImport()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("A collection that was exported"));
    if (!path.isEmpty())
        m_session.import(path);
}

void CollectionsPane::askForExport(const QString &id)
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Export as one file"));
    if (!path.isEmpty())
        m_session.exportTo(id, path);
}

void CollectionsPane::askForRemoval(const QString &id)
{
    QMessageBox box(QMessageBox::Question, tr("Remove the collection?"),
                    tr("What Quintet read goes; the documents themselves stay where they are."), QMessageBox::Cancel,
                    this);
    box.addButton(tr("Remove"), QMessageBox::DestructiveRole);
    if (box.exec() != QMessageBox::Cancel)
        m_session.remove(id);
}

void CollectionsPane::dragEnterEvent(QDragEnterEvent *event)
{
    if (!filesOf(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void CollectionsPane::dropEvent(QDropEvent *event)
{
    m_session.add(filesOf(event->mimeData()));
}

} // namespace quintet::ui
