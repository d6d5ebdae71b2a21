// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/runlist.h"

#include "ui/batch/runfacts.h"
#include "ui/theme/colors.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using batch::RunState;

namespace {

constexpr int margin = 12;

bool isUnderWay(const batch::Run &run)
{
    return run.state == RunState::Processing || run.state == RunState::Preparing;
}

/// Ink and ground of the word that says how a run stands.
std::pair<QColor, QColor> badgeColors(const batch::Run &run, const Colors &colors)
{
    switch (run.state) {
    case RunState::Complete:
        return run.failed > 0 ? std::pair(colors.warning, colors.warningSoft) : std::pair(colors.good, colors.goodSoft);
    case RunState::Paused: return {colors.warning, colors.warningSoft};
    case RunState::Failed: return {colors.bad, colors.badSoft};
    case RunState::Cancelled: return {colors.second, colors.rail};
    case RunState::Preparing:
    case RunState::Processing:
    case RunState::Submitted: return {colors.accent, colors.soft};
    }
    Q_UNREACHABLE();
}

} // namespace

RunListModel::RunListModel(BatchSession &session) : m_session(session), m_runs(session.runs())
{
    connect(&m_session, &BatchSession::runsChanged, this, &RunListModel::takeOver);
}

/// Tells the view what changed, not that everything did: the selection stays.
void RunListModel::takeOver()
{
    const auto &now = m_session.runs();
    const bool isSame = std::ranges::equal(now, m_runs, {}, &batch::Run::number, &batch::Run::number);
    if (!isSame)
        beginResetModel();
    m_runs = now;
    if (!isSame)
        endResetModel();
    else if (!m_runs.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int RunListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

QVariant RunListModel::data(const QModelIndex &index, int role) const
{
    const batch::Run &run = m_runs[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return run.name;
    case Qt::AccessibleTextRole: return u"%1, %2, %3"_s.arg(run.name, stateWord(run.state), countWord(run));
    case Qt::UserRole: return QVariant::fromValue(run);
    default: return {};
    }
}

int RunListModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find_if(m_runs, [&id](const batch::Run &run) { return run.id.value == id; });
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

QString RunListModel::idAt(int row) const
{
    return m_runs[static_cast<size_t>(row)].id.value;
}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool hasBar = isUnderWay(index.data(Qt::UserRole).value<batch::Run>());
    return {100, hasBar ? 71 : 58};
}

void RunDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto run = index.data(Qt::UserRole).value<batch::Run>();
    const Colors &colors = Colors::of(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect card = option.rect.adjusted(8, 1, -8, -1);
    if (option.state.testAnyFlags(QStyle::State_Selected | QStyle::State_MouseOver)) {
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        painter->setPen(Qt::NoPen);
        painter->setBrush(isSelected ? colors.soft : mixed(colors.background, colors.text, 0.04));
        painter->drawRoundedRect(card, 8, 8);
    }
    const QRect inner = card.adjusted(margin, 8, -margin, -8);
    const int align = int(QStyle::visualAlignment(option.direction, Qt::AlignLeft));
    painter->setFont(fontFor(TextStyle::Base));
    painter->setPen(colors.text);
    painter->drawText(inner, align | Qt::AlignTop | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(run.name, Qt::ElideRight, inner.width()));
    painter->setFont(fontFor(TextStyle::Facts));
    if (isUnderWay(run)) {
        QRectF bar(inner.left(), inner.top() + 22, inner.width(), 5);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.line);
        painter->drawRoundedRect(bar, 2, 2);
        bar.setWidth(bar.width() * shareEnded(run));
        painter->setBrush(colors.accent);
        painter->drawRoundedRect(bar, 2, 2);
        painter->setPen(colors.second);
        painter->drawText(inner, align | Qt::AlignBottom,
                          run.state == RunState::Preparing ? RunList::tr("listing: %1").arg(run.total)
                                                           : countWord(run));
    } else {
        const auto [ink, ground] = badgeColors(run, colors);
        const QString word = stateWord(run.state);
        const QFontMetrics metrics = painter->fontMetrics();
        QRect badge(inner.left(), inner.bottom() - metrics.height() - 1, metrics.horizontalAdvance(word) + 12,
                    metrics.height() + 4);
        painter->setPen(Qt::NoPen);
        painter->setBrush(ground);
        painter->drawRoundedRect(badge, 5, 5);
        painter->setPen(ink);
        painter->drawText(badge, Qt::AlignCenter, word);
        painter->setPen(colors.second);
        const QRect rest(badge.right() + 7, badge.top(), inner.right() - badge.right() - 7, badge.height());
        const QString facts = run.failed > 0 ? RunList::tr("%1 · %2 failed").arg(countWord(run)).arg(run.failed)
                                             : u"%1 · %2"_s.arg(countWord(run), costWord(run));
        painter->drawText(rest, align | Qt::AlignVCenter, metrics.elidedText(facts, Qt::ElideRight, rest.width()));
    }
    painter->restore();
}

RunList::RunList(BatchSession &session) : m_session(session), m_model(new RunListModel(session)), m_view(new QListView)
{
    setObjectName(u"runList"_s);
    m_model->setParent(this);
    auto *add = new Button(u"newRun"_s, tr("New run"), Button::Primary);
    add->setIcon(icon(u"plus"_s));
    connect(add, &Button::clicked, &m_session, &BatchSession::setUp);
    QBoxLayout *header = makeRow();
    header->setContentsMargins(12, 10, 8, 10);
    header->addWidget(makeLabel(tr("Batch"), TextStyle::Title), 1);
    header->addWidget(add);
    m_view->setObjectName(u"runs"_s);
    m_view->setAccessibleName(tr("Batch runs"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new RunDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setMouseTracking(true);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->viewport()->setBackgroundRole(QPalette::Window);
    QBoxLayout *column = makeColumn(0);
    column->addLayout(header);
    column->addWidget(makeHairline());
    column->addSpacing(2);
    column->addWidget(m_view, 1);
    setLayout(column);
    setMinimumWidth(180);

    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (current.isValid())
            m_session.show(m_model->idAt(current.row()));
    });
    connect(m_view, &QListView::clicked, this,
            [this](const QModelIndex &index) { m_session.show(m_model->idAt(index.row())); });
    connect(m_view, &QListView::customContextMenuRequested, this, &RunList::openMenu);
    connect(&m_session, &BatchSession::shownChanged, this, &RunList::showShown);
    connect(m_model, &QAbstractItemModel::modelReset, this, &RunList::showShown);
}

void RunList::showShown()
{
    const batch::Run *shown = m_session.shown();
    const int row = shown ? m_model->rowOf(shown->id.value) : -1;
    const QSignalBlocker blocker(m_view->selectionModel());
    if (row < 0)
        m_view->selectionModel()->clear();
    else
        m_view->setCurrentIndex(m_model->index(row));
    m_view->viewport()->update();
}

void RunList::openMenu(const QPoint &position)
{
    const QModelIndex index = m_view->indexAt(position);
    if (!index.isValid())
        return;
    const QString id = m_model->idAt(index.row());
    QMenu menu;
    menu.addAction(tr("Run again, changed…"), &m_session, [this, id] { m_session.setUpLike(id); });
    QAction *remove = menu.addAction(tr("Remove…"), this, [this, id] {
        const batch::Run *run = m_session.find(id);
        if (!run)
            return;
        const auto answer =
            QMessageBox::question(this, tr("Remove a run"),
                                  tr("Remove \"%1\" and its %2 results from Quintet? Files that it wrote stay.")
                                      .arg(run->name)
                                      .arg(run->done));
        if (answer == QMessageBox::Yes)
            m_session.remove(id);
    });
    remove->setEnabled(!m_session.isWorking(id));
    menu.exec(m_view->viewport()->mapToGlobal(position));
}

} // namespace quintet::ui
