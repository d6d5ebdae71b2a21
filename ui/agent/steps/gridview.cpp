// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/steps/gridview.h"

#include "agent/exchange/runexport.h"
#include "ui/agent/steps/gridtable.h"
#include "ui/agent/steps/previewtable.h"
#include "ui/agent/steps/resultchart.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QDialog>
#include <QFileDialog>
#include <QHeaderView>
#include <QMessageBox>
#include <QSaveFile>
#include <QScrollBar>
#include <QTableView>

namespace quintet::ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int shownRows = 8;
constexpr int rowHeight = 30;

} // namespace

GridView::GridView(const agent::Grid &grid) : m_grid(grid)
{
    setObjectName(u"gridView"_s);
    QBoxLayout *row = makeRow(24);
    row->addWidget(new PreviewTable(m_grid, shownRows), 0, Qt::AlignTop);
    if (const auto shape = chartShapeOf(m_grid))
        row->addWidget(makeChart(u"resultChart"_s, *shape), 1, Qt::AlignTop);
    row->addStretch(1);
    QBoxLayout *column = makeColumn(2);
    column->addLayout(row);
    column->addWidget(makeFoot());
    setLayout(column);
}

QTableView *GridView::makeTable()
{
    auto *table = new QTableView;
    table->setObjectName(u"allResultRows"_s);
    table->setAccessibleName(tr("Result"));
    table->setModel(new GridTable(m_grid, 0, table));
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::ContiguousSelection);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setTabKeyNavigation(false);
    table->setCornerButtonEnabled(false);
    table->verticalHeader()->setDefaultSectionSize(rowHeight);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->horizontalHeader()->setFixedHeight(rowHeight);
    table->horizontalHeader()->setHighlightSections(false);
    table->resizeColumnsToContents();
    return table;
}

QWidget *GridView::makeFoot()
{
    auto *foot = new QWidget;
    QBoxLayout *row = makeRow(4);
    const auto more = qsizetype(m_grid.rows.size()) > shownRows || !m_grid.isWhole;
    if (more) {
        auto *all = new Button(u"allRows"_s, tr("Show %1…").arg(rowsWord(m_grid)), Button::Quiet, Button::Small);
        connect(all, &Button::clicked, this, &GridView::showAll);
        row->addWidget(all);
    }
    auto *csv = new Button(u"saveCsv"_s, tr("Save as CSV…"), Button::Quiet, Button::Small);
    connect(csv, &Button::clicked, this, &GridView::save);
    row->addWidget(csv);
    row->addStretch(1);
    foot->setLayout(row);
    return foot;
}

void GridView::showAll()
{
    auto *dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Result"));
    dialog->resize(820, 560);
    QTableView *table = makeTable();
    auto *csv = new Button(u"saveAllCsv"_s, tr("Save as CSV…"));
    connect(csv, &Button::clicked, this, &GridView::save);
    auto *close = new Button(u"closeRows"_s, tr("Close"), Button::Primary);
    connect(close, &Button::clicked, dialog, &QDialog::accept);
    QBoxLayout *buttons = makeRow();
    buttons->addWidget(csv);
    buttons->addStretch(1);
    buttons->addWidget(close);
    QBoxLayout *column = makeColumn(12);
    column->setContentsMargins(16, 16, 16, 16);
    column->addWidget(table, 1);
    column->addLayout(buttons);
    dialog->setLayout(column);
    dialog->open();
}

void GridView::save()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the result"), u"result.csv"_s,
                                                      tr("Comma-separated values (*.csv)"));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(agent::csvOf(m_grid)) < 0 || !file.commit())
        QMessageBox::warning(this, tr("Not saved"), tr("%1 cannot be written: %2").arg(path, file.errorString()));
}

} // namespace quintet::ui
