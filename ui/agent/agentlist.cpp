// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/agentlist.h"

#include "ui/theme/colors.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using agent::RunState;

namespace {

constexpr int lineHeight = 57;
constexpr int sectionHeight = 30;

QString dayWord(const QDateTime &time)
{
    const QDate day = time.toLocalTime().date();
    const qint64 ago = day.daysTo(QDate::currentDate());
    if (ago == 0)
        return time.toLocalTime().toString(u"HH:mm"_s);
    if (ago < 7)
        return QLocale().dayName(day.dayOfWeek(), QLocale::ShortFormat);
    return QLocale().toString(day, QLocale::ShortFormat);
}

QString stepsWord(int steps)
{
    return AgentList::tr("%Ln step(s)", nullptr, steps);
}

QString factsOf(const agent::RunRow &row)
{
    switch (row.state) {
    case RunState::Running: return AgentList::tr("now · step %1").arg(row.steps);
    case RunState::Waiting: return AgentList::tr("waits for you · step %1").arg(row.steps);
    case RunState::Failed: return AgentList::tr("%1 · failed").arg(dayWord(row.created));
    case RunState::Stopped: return AgentList::tr("%1 · stopped").arg(dayWord(row.created));
    case RunState::Finished: break;
    }
    if (!row.plan.isEmpty())
        return AgentList::tr("%1 · replay").arg(dayWord(row.created));
    const QString cost = row.cost && row.cost->nanoDollars > 0 ? u" · "_s + display(*row.cost) : QString();
    return u"%1 · %2%3"_s.arg(dayWord(row.created), stepsWord(row.steps), cost);
}

AgentLine lineFrom(const agent::SavedTask &task)
{
    const auto calls = task.plan.calls.size();
    return {.id = task.id,
            .title = task.plan.title,
            .facts = !task.plan.note.isEmpty() ? task.plan.note
                                               : AgentList::tr("%Ln call(s)", nullptr, static_cast<int>(calls)),
            .section = {},
            .isTask = true,
            .isRemovable = !task.isReadyMade};
}

} // namespace

AgentListModel::AgentListModel(AgentSession &session) : m_session(session), m_lines(linesNow())
{
    connect(&m_session, &AgentSession::listsChanged, this, &AgentListModel::takeOver);
    connect(&m_session, &AgentSession::workingChanged, this, &AgentListModel::takeOver);
}

std::vector<AgentLine> AgentListModel::linesNow() const
{
    std::vector<AgentLine> lines;
    for (const agent::SavedTask &task : m_session.lists().tasks)
        lines.push_back(lineFrom(task));
    if (!lines.empty())
        lines.front().section = tr("Saved tasks");
    const size_t tasks = lines.size();
    for (const agent::RunRow &row : m_session.lists().runs) {
        lines.push_back({.id = row.id.value,
                         .title = row.title,
                         .facts = factsOf(row),
                         .section = {},
                         .isWaiting = row.state == RunState::Waiting,
                         .isRemovable = !m_session.isWorking(row.id.value)});
    }
    if (lines.size() > tasks)
        lines[tasks].section = tr("Runs");
    return lines;
}

void AgentListModel::takeOver()
{
    std::vector<AgentLine> now = linesNow();
    if (now == m_lines)
        return;
    const bool isSame = std::ranges::equal(now, m_lines, {}, &AgentLine::id, &AgentLine::id)
                        && std::ranges::equal(now, m_lines, {}, &AgentLine::section, &AgentLine::section);
    if (!isSame)
        beginResetModel();
    m_lines = std::move(now);
    if (!isSame)
        endResetModel();
    else
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int AgentListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant AgentListModel::data(const QModelIndex &index, int role) const
{
    const AgentLine &each = line(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return each.title;
    case Qt::AccessibleTextRole: return u"%1, %2"_s.arg(each.title, each.facts);
    case LineRole: return QVariant::fromValue(each);
    default: return {};
    }
}

int AgentListModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_lines, id, &AgentLine::id);
    return found == m_lines.end() ? -1 : int(found - m_lines.begin());
}

QSize AgentLineDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool hasSection = !index.data(AgentListModel::LineRole).value<AgentLine>().section.isEmpty();
    return {100, lineHeight + (hasSection ? sectionHeight : 0)};
}

void AgentLineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto line = index.data(AgentListModel::LineRole).value<AgentLine>();
    const Colors &colors = Colors::of(option.palette);
    const int align = int(QStyle::visualAlignment(option.direction, Qt::AlignLeft));
    QRect rect = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (!line.section.isEmpty()) {
        QFont font = fontFor(TextStyle::Facts);
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(colors.second);
        painter->drawText(QRect(rect.left() + 20, rect.top(), rect.width() - 40, sectionHeight),
                          align | Qt::AlignVCenter, line.section);
        rect.setTop(rect.top() + sectionHeight);
    }
    const QRect card = rect.adjusted(8, 1, -8, -1);
    if (option.state.testAnyFlags(QStyle::State_Selected | QStyle::State_MouseOver)) {
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        painter->setPen(Qt::NoPen);
        painter->setBrush(isSelected ? colors.soft : mixed(colors.background, colors.text, 0.04));
        painter->drawRoundedRect(card, 8, 8);
    }
    const QRect inner = card.adjusted(12, 8, -12, -9);
    painter->setFont(fontFor(TextStyle::Base));
    painter->setPen(colors.text);
    painter->drawText(inner, align | Qt::AlignTop | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(line.title, Qt::ElideRight, inner.width()));
    painter->setFont(fontFor(TextStyle::Facts));
    painter->setPen(line.isWaiting ? colors.warning : colors.second);
    painter->drawText(inner, align | Qt::AlignBottom | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(line.facts, Qt::ElideRight, inner.width()));
    painter->restore();
}

AgentList::AgentList(AgentSession &session)
    : m_session(session),
      m_model(new AgentListModel(session)),
      m_view(new QListView),
      m_search(new QLineEdit),
      m_undo(new ErrorStrip(u"agentUndo"_s, {8, 4, 8, 8}, ErrorStrip::Notice))
{
    setObjectName(u"agentList"_s);
    m_model->setParent(this);
    makeView();
    m_search->setObjectName(u"agentSearch"_s);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search tasks and runs"));
    QBoxLayout *search = makeRow();
    search->setContentsMargins(12, 8, 12, 2);
    search->addWidget(m_search);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHead());
    column->addWidget(makeHairline());
    column->addLayout(search);
    column->addWidget(m_view, 1);
    column->addWidget(m_undo);
    setLayout(column);
    setMinimumWidth(180);
    connect(m_search, &QLineEdit::textChanged, &m_session, &AgentSession::setSearch);
    connect(m_undo, &ErrorStrip::actionChosen, this, [this] {
        m_undo->hide();
        if (m_isTaskRemoved)
            m_session.removeTask(m_removed, false);
        else
            m_session.removeRun(m_removed, false);
    });
    connect(&m_session, &AgentSession::removed, this, &AgentList::offerUndo);
    connect(&m_session, &AgentSession::shownChanged, this, &AgentList::showShown);
    connect(m_model, &QAbstractItemModel::modelReset, this, &AgentList::showShown);
}

QWidget *AgentList::makeHead()
{
    auto *add = new Button(u"newTask"_s, tr("Task"), Button::Primary);
    add->setIcon(icon(u"plus"_s));
    add->setAccessibleName(tr("New task"));
    connect(add, &Button::clicked, &m_session, &AgentSession::startNew);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(12, 10, 12, 10);
    row->addWidget(makeLabel(tr("Agent"), TextStyle::Title), 1);
    row->addWidget(add);
    return makePane(u"agentListHead"_s, row, QPalette::Window);
}

void AgentList::makeView()
{
    m_view->setObjectName(u"agentLines"_s);
    m_view->setAccessibleName(tr("Saved tasks and runs"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new AgentLineDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setMouseTracking(true);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->viewport()->setBackgroundRole(QPalette::Window);
    m_view->installEventFilter(this);
    connect(m_view, &QListView::clicked, this, &AgentList::open);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) { open(current); });
    connect(m_view, &QListView::customContextMenuRequested, this, &AgentList::openMenu);
}

void AgentList::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void AgentList::open(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const AgentLine &line = m_model->line(index.row());
    if (line.isTask)
        m_session.showTask(line.id);
    else
        m_session.showRun(line.id);
}

void AgentList::remove(const AgentLine &line)
{
    if (!line.isRemovable)
        return;
    if (line.isTask)
        m_session.removeTask(line.id);
    else
        m_session.removeRun(line.id);
}

void AgentList::openMenu(const QPoint &position)
{
    const QModelIndex index = m_view->indexAt(position);
    if (!index.isValid())
        return;
    const AgentLine line = m_model->line(index.row());
    QMenu menu;
    if (line.isTask)
        menu.addAction(tr("Replay"), this, [this, line] { m_session.replayTask(line.id); });
    QAction *gone = menu.addAction(tr("Remove"), this, [this, line] { remove(line); });
    gone->setEnabled(line.isRemovable);
    menu.exec(m_view->viewport()->mapToGlobal(position));
}

void AgentList::showShown()
{
    const int row = m_model->rowOf(m_session.shownId());
    const QSignalBlocker blocker(m_view->selectionModel());
    if (row < 0)
        m_view->selectionModel()->clear();
    else
        m_view->setCurrentIndex(m_model->index(row));
    m_view->viewport()->update();
}

void AgentList::offerUndo(const QString &id, const QString &title, bool isTask)
{
    m_removed = id;
    m_isTaskRemoved = isTask;
    m_undo->showError(tr("Removed: %1").arg(title), tr("Undo"));
}

bool AgentList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress && m_view->currentIndex().isValid()) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Delete) {
            remove(m_model->line(m_view->currentIndex().row()));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace quintet::ui
