// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/modellist.h"

#include "ui/models/modeldelegate.h"
#include "ui/models/modelsession.h"
#include "ui/theme/label.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QShortcut>
#include <QStandardItemModel>
#include <QToolButton>

namespace quintet::ui {

using namespace Qt::StringLiterals;

ModelList::ModelList(ModelSession &session) : m_session(session)
{
    m_search = new QLineEdit;
    m_search->setObjectName(u"modelSearch"_s);
    m_search->setAccessibleName(tr("Search the models"));
    m_search->setPlaceholderText(tr("Search models…"));
    m_search->setClearButtonEnabled(true);
    if (auto *clear = m_search->findChild<QToolButton *>()) {
        clear->setObjectName(u"modelSearchClear"_s);
        clear->setAccessibleName(tr("Clear the search"));
    }
    m_search->installEventFilter(this);
    m_rows = new QStandardItemModel(this);
    m_view = new QListView;
    m_view->setObjectName(u"modelList"_s);
    m_view->setAccessibleName(tr("Models"));
    m_view->setModel(m_rows);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setUniformItemSizes(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *delegate = new ModelDelegate(m_view);
    m_view->setItemDelegate(delegate);
    m_nothing = makeLabel({}, TextStyle::Facts, Tone::Second);
    m_nothing->setContentsMargins(12, 4, 12, 8);
    m_nothing->setWordWrap(true);
    QBoxLayout *column = makeColumn(6);
    column->addWidget(m_search);
    column->addWidget(m_view, 1);
    column->addWidget(m_nothing);
    setLayout(column);
    setFocusProxy(m_search);
    connect(m_search, &QLineEdit::textChanged, this, &ModelList::fill);
    connect(m_search, &QLineEdit::returnPressed, this, &ModelList::choose);
    connect(m_view, &QListView::clicked, this, &ModelList::choose);
    connect(m_view, &QListView::activated, this, &ModelList::choose);
    connect(delegate, &ModelDelegate::starClicked, this, &ModelList::toggleFavourite);
    auto *star = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_D), this);
    star->setContext(Qt::WidgetWithChildrenShortcut);
    connect(star, &QShortcut::activated, this, [this] { toggleFavourite(m_view->currentIndex()); });
    connect(&m_session, &ModelSession::changed, this, &ModelList::fill);
    fill();
}

void ModelList::start(const QString &endpoint, const QString &model)
{
    m_search->clear();
    select(endpoint, model);
    m_session.refresh();
    m_search->setFocus();
}

void ModelList::fill()
{
    const ModelChoice before = current();
    m_rows->clear();
    for (const ModelChoice &choice : m_session.choices()) {
        if (!fits(choice, m_search->text()))
            continue;
        auto *item = new QStandardItem(titleOf(choice));
        item->setData(QVariant::fromValue(choice), Qt::UserRole);
        item->setData(titleOf(choice) + u", "_s + factsOf(choice), Qt::AccessibleTextRole);
        item->setToolTip(factsOf(choice));
        item->setEnabled(choice.problem.isEmpty() || !choice.model.isEmpty());
        m_rows->appendRow(item);
    }
    m_nothing->setText(m_session.isAsking()      ? tr("Asking the servers…")
                       : m_rows->rowCount() == 0 ? tr("No model is called that.")
                                                 : QString());
    m_nothing->setVisible(!m_nothing->text().isEmpty());
    select(before.endpoint, before.model);
}

void ModelList::select(const QString &endpoint, const QString &model)
{
    int row = m_rows->rowCount() > 0 ? 0 : -1;
    for (int i = 0; i < m_rows->rowCount(); ++i) {
        const auto choice = m_rows->item(i)->data(Qt::UserRole).value<ModelChoice>();
        if (choice.endpoint == endpoint && (choice.model == model || choice.isBuiltin)) {
            row = i;
            break;
        }
    }
    if (row >= 0)
        m_view->setCurrentIndex(m_rows->index(row, 0));
}

ModelChoice ModelList::current() const
{
    return m_view->currentIndex().data(Qt::UserRole).value<ModelChoice>();
}

void ModelList::choose()
{
    if (const ModelChoice choice = current(); !choice.endpoint.isEmpty())
        Q_EMIT chosen(choice);
}

void ModelList::toggleFavourite(const QModelIndex &index)
{
    const auto choice = index.data(Qt::UserRole).value<ModelChoice>();
    if (!choice.isBuiltin && !choice.model.isEmpty())
        m_session.setFavourite(choice, !choice.isFavourite);
}

/// The arrow keys move through the list while the field keeps the focus.
bool ModelList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QKeyEvent copy(QEvent::KeyPress, key, Qt::NoModifier);
            QCoreApplication::sendEvent(m_view, &copy);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace quintet::ui
