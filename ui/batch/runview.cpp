// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/runview.h"

#include "batch/work/cancellation.h"
#include "ui/batch/errorgroups.h"
#include "ui/batch/itemdelegate.h"
#include "ui/batch/itempane.h"
#include "ui/batch/itemtablemodel.h"
#include "ui/batch/limitdialog.h"
#include "ui/batch/runfacts.h"
#include "ui/batch/runfigures.h"
#include "ui/theme/label.h"
#include "ui/theme/tableheader.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/foldingbar.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QDesktopServices>
#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QToolButton>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using batch::ItemState;
using batch::RunState;

namespace {

enum StateFilter { All, Done, Failed, Waiting };

constexpr int narrow = 520; // below, the chosen item has no room beside the table

bool hasReachedItsBudget(const batch::Run &run)
{
    if (!run.reason || run.reason->kind != ErrorKind::Budget)
        return false;
    // Which budget it was is not kept: one that is used to half, or whose first item does not fit, may be it.
    const usage::Limit &budget = run.spec.budget;
    const bool isNew = run.done + run.failed == 0;
    return (budget.money && (isNew || 2 * run.cost.nanoDollars >= budget.money->nanoDollars))
           || (budget.tokens && (isNew || 2 * (run.promptTokens + run.completionTokens) >= *budget.tokens));
}

std::vector<ItemState> statesOf(int filter)
{
    switch (filter) {
    case Done: return {ItemState::Done, ItemState::Answered};
    case Failed: return {ItemState::Failed};
    case Waiting: return {ItemState::Queued, ItemState::Running};
    default: return {};
    }
}

} // namespace

RunView::RunView(BatchSession &session)
    : m_session(session),
      m_model(new ItemTableModel(session.engine(), session.parts(), this)),
      m_error(new ErrorStrip(u"runError"_s, QMargins(16, 12, 16, 0))),
      m_figures(new RunFigures),
      m_groups(new ErrorGroups),
      m_table(new QTableView),
      m_item(new ItemPane(session)),
      m_splitter(new QSplitter)
{
    setObjectName(u"runView"_s);
    m_table->setObjectName(u"items"_s);
    m_table->setAccessibleName(tr("Items of the run"));
    m_table->setHorizontalHeader(new TableHeader(u"itemHeader"_s));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ItemDelegate(m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setDragDropMode(QAbstractItemView::DragOnly);
    m_table->setWordWrap(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed); // a million rows are not measured one by one
    m_table->verticalHeader()->setDefaultSectionSize(32);
    if (auto *corner =
            m_table->findChild<QAbstractButton *>()) { // of the table itself; it has no header beside its rows
        corner->setObjectName(u"itemsCorner"_s);
        corner->setAccessibleName(tr("Select all items"));
    }
    m_splitter->setObjectName(u"runSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_item);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({620, 330});
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHeader());
    column->addWidget(makeHairline());
    column->addWidget(m_error);
    column->addWidget(m_figures);
    column->addWidget(makeHairline());
    column->addWidget(makeFilters());
    column->addWidget(makeHairline());
    column->addWidget(m_splitter, 1);
    setLayout(column);

    m_filterTimer.setSingleShot(true);
    m_filterTimer.setInterval(200);
    connect(&m_filterTimer, &QTimer::timeout, this, &RunView::filter);
    connect(m_model, &ItemTableModel::indexed, m_groups, [this] { m_groups->showGroups(m_model->errors()); });
    connect(m_groups, &ErrorGroups::retryAsked, this, [this](const QString &kind) { m_session.retry(m_shown, kind); });
    connect(m_groups, &ErrorGroups::showAsked, this, [this](const QString &kind) {
        m_errorKind = kind;
        m_states->setCurrent(Failed);
        filter();
    });
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &current) { m_item->showItem(current.isValid() ? m_model->idAt(current.row()) : 0); });
    connect(m_error, &ErrorStrip::actionChosen, this, &RunView::goOn);
    connect(m_splitter, &QSplitter::splitterMoved, this, &RunView::fitColumns);
    connect(m_model, &QAbstractItemModel::modelReset, this, &RunView::fitColumns);
    connect(&m_session, &BatchSession::shownChanged, this, &RunView::showRun);
    connect(&m_session, &BatchSession::runsChanged, this, &RunView::showRun);
    showRun();
}

QWidget *RunView::makeHeader()
{
    m_title = new ElidedLabel;
    m_title->setObjectName(u"runTitle"_s);
    m_title->setFont(fontFor(TextStyle::Title));
    m_about = new ElidedLabel;
    m_about->setObjectName(u"runAbout"_s);
    m_about->setFont(fontFor(TextStyle::Small));
    setTone(m_about, Tone::Second);
    m_go = new Button(u"goOn"_s, tr("Pause"));
    m_cancel = new Button(u"cancelRun"_s, tr("Cancel"));
    m_open = new Button(u"openResults"_s, tr("Open results"));
    m_more = new Button(u"moreOfRun"_s, tr("More"));
    m_more->setAccessibleName(tr("More to do with the run"));
    connect(m_go, &Button::clicked, this, &RunView::goOn);
    connect(m_cancel, &Button::clicked, this, [this] {
        const auto answer = QMessageBox::question(
            this, tr("Cancel the run"),
            tr("Cancel this run for good? What was answered is kept. To stop for a while, pause it."));
        if (const batch::Run *run = m_session.shown(); run && answer == QMessageBox::Yes)
            m_session.cancel(run->id.value);
    });
    connect(m_open, &Button::clicked, this, &RunView::openResults);
    connect(m_more, &Button::clicked, this, &RunView::openMore);
    QBoxLayout *words = makeColumn(3);
    words->addWidget(m_title);
    words->addWidget(m_about);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(16, 10, 16, 10);
    row->addLayout(words, 1);
    for (Button *button : {m_go, m_cancel, m_open, m_more})
        row->addWidget(button);
    return makePane(u"runHeader"_s, row, QPalette::Window);
}

QWidget *RunView::makeFilters()
{
    m_states = new SegmentedControl(u"stateFilter"_s, tr("Which items are shown"));
    m_states->add(All, u"showAll"_s, tr("All"));
    m_states->add(Done, u"showDone"_s, tr("Done"));
    m_states->add(Failed, u"showFailed"_s, tr("Failed"));
    m_states->add(Waiting, u"showWaiting"_s, tr("Waiting"));
    m_states->setCurrent(All);
    m_filter = new QLineEdit;
    m_filter->setObjectName(u"itemFilter"_s);
    m_filter->setAccessibleName(tr("Show only items that hold these words"));
    m_filter->setPlaceholderText(tr("Filter…"));
    m_filter->setClearButtonEnabled(true);
    if (auto *clear = m_filter->findChild<QToolButton *>()) {
        clear->setObjectName(u"clearFilter"_s);
        clear->setAccessibleName(tr("Clear the filter"));
    }
    m_filter->setMinimumWidth(120);
    connect(m_states, &SegmentedControl::chosen, this, [this] {
        m_errorKind.clear();
        filter();
    });
    connect(m_filter, &QLineEdit::textChanged, &m_filterTimer, qOverload<>(&QTimer::start));
    QBoxLayout *right = makeRow();
    right->addWidget(m_states);
    right->addWidget(m_filter);
    auto *end = new QWidget;
    end->setLayout(right);
    QBoxLayout *column = makeColumn(0);
    column->setContentsMargins(4, 0, 4, 0);
    column->addWidget(new FoldingBar(m_groups, end));
    return makePane(u"itemFilters"_s, column, QPalette::Base);
}

void RunView::showRun()
{
    const batch::Run *run = m_session.shown();
    if (!run) {
        m_shown.clear();
        m_model->setRun(std::nullopt);
        return;
    }
    const bool isOther = std::exchange(m_shown, run->id.value) != run->id.value;
    if (isOther) {
        const QSignalBlocker blocker(m_filter);
        m_filter->clear();
        m_states->setCurrent(All);
        m_errorKind.clear();
    }
    m_model->setRun(*run);
    if (isOther) {
        m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
        fitColumns();
    } else {
        m_model->refresh();
        if (const QModelIndex current = m_table->currentIndex();
            current.isValid() && current.row() < m_model->rowCount())
            m_item->showItem(m_model->idAt(current.row()));
    }
    m_title->setText(run->name);
    m_about->setText(aboutRun(run->spec));
    const bool isWorking = m_session.isWorking(run->id.value);
    const bool isElsewhere = !isWorking && (run->state == RunState::Processing || run->state == RunState::Preparing);
    const bool hasMore = batch::hasResultsToTake(*run);
    m_go->setVisible((!run->isOver() || hasMore) && !isElsewhere);
    m_go->setText(isWorking                   ? tr("Pause")
                  : hasMore                   ? tr("Fetch results")
                  : hasReachedItsBudget(*run) ? tr("Resume…")
                                              : tr("Resume"));
    m_go->setKind(isWorking ? Button::Plain : Button::Primary);
    m_cancel->setVisible(!run->isOver());
    m_open->setVisible(!run->spec.output.folder.isEmpty());
    const QString reason = isElsewhere                 ? tr("Another Quintet is at work on this run.")
                           : run->reason && !isWorking ? run->reason->message
                                                       : QString();
    m_error->setVisible(!reason.isEmpty());
    if (!reason.isEmpty())
        m_error->showError(reason, isElsewhere                 ? QString()
                                   : hasReachedItsBudget(*run) ? tr("Raise and resume…")
                                                               : tr("Resume"));
    m_figures->showRun(*run, m_session.samples(run->id.value));
}

/// The answer's columns share what state, name and figures leave; where there are many, they are scrolled.
void RunView::fitColumns()
{
    QHeaderView *header = m_table->horizontalHeader();
    const int count = m_model->columnCount();
    const int width = m_table->viewport()->width();
    const bool isRoomy = width >= 480;
    const int answers = count - 5;
    const batch::Run *run = m_session.shown();
    const bool isFree = run && run->spec.endpoint.kind == llm::EndpointKind::Builtin;
    for (int i = 0; i < count; ++i) {
        const bool isAnswer = i >= 2 && i < count - 3;
        header->setSectionResizeMode(i, isAnswer && answers <= 6 ? QHeaderView::Stretch : QHeaderView::Interactive);
        const bool isPriced = i == count - 3 || i == count - 2;
        m_table->setColumnHidden(i, (i >= count - 3 && !isRoomy) || (isPriced && isFree));
        if (i == 0)
            m_table->setColumnWidth(i, 32);
        else if (i == 1)
            m_table->setColumnWidth(i, std::clamp(width * 3 / 10, 110, 320));
        else if (isAnswer)
            m_table->setColumnWidth(i, 110);
        else
            m_table->setColumnWidth(i, i == count - 1 ? 52 : 66);
    }
}

void RunView::filter()
{
    batch::ItemQuery query = m_model->query();
    query.states = statesOf(m_states->current());
    query.text = m_filter->text().trimmed();
    query.errorKind = m_errorKind;
    m_model->setQuery(query);
}

void RunView::goOn()
{
    const batch::Run *run = m_session.shown();
    if (!run)
        return;
    if (m_session.isWorking(run->id.value))
        m_session.pause(run->id.value);
    else if (hasReachedItsBudget(*run))
        askForMore(*run);
    else
        m_session.resume(run->id.value);
}

/// A run that used up what it may take goes on once it may take more.
void RunView::askForMore(const batch::Run &run)
{
    auto *dialog = new LimitDialog(run.spec.budget, run.reason ? run.reason->message : QString(), this);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, id = run.id.value] { m_session.resumeWithin(id, dialog->limit()); });
    dialog->open();
}

void RunView::openResults()
{
    if (const batch::Run *run = m_session.shown())
        QDesktopServices::openUrl(QUrl::fromLocalFile(run->spec.output.folder));
}

void RunView::openMore()
{
    const batch::Run *run = m_session.shown();
    if (!run)
        return;
    const QString id = run->id.value;
    QMenu menu;
    for (const auto &[format, words] : {std::pair(batch::OutputFormat::Csv, tr("Save as CSV…")),
                                        {batch::OutputFormat::Workbook, tr("Save as a workbook (XLSX)…")},
                                        {batch::OutputFormat::JsonLines, tr("Save as JSONL…")},
                                        {batch::OutputFormat::Markdown, tr("Save as Markdown…")}}) {
        menu.addAction(words, this, [this, id, format] {
            const QString path =
                QFileDialog::getSaveFileName(this, tr("Save the results"), u"results."_s + nameOf(format));
            if (!path.isEmpty())
                m_session.exportRun(id, format, path);
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Run again, changed…"), &m_session, [this, id] { m_session.setUpLike(id); });
    QAction *retry = menu.addAction(tr("Retry all that failed"), &m_session, [this, id] { m_session.retry(id); });
    retry->setEnabled(run->failed > 0 && run->state != batch::RunState::Cancelled);
    menu.addActions(m_others);
    menu.exec(m_more->mapToGlobal(QPoint(0, m_more->height() + 4)));
}

void RunView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_splitter->setOrientation(width() < narrow ? Qt::Vertical : Qt::Horizontal);
    // By the width that the table has once the layout is done.
    QTimer::singleShot(0, this, &RunView::fitColumns);
}

QByteArray RunView::saveState() const
{
    return m_splitter->saveState();
}

void RunView::restoreState(const QByteArray &state)
{
    m_splitter->restoreState(state);
}

} // namespace quintet::ui
