// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/charts/figuretable.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tableheader.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSortFilterProxyModel>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int lineHeight = 30;
constexpr int cellMargin = 3; // of the cells below
constexpr int mostRowsShown = 12;
constexpr int narrowestName = 90;
constexpr int widestName = 300;

} // namespace

FigureTable::FigureTable(const QString &name, const QString &accessibleName)
    : m_model(new FigureModel(this)),
      m_sorted(new QSortFilterProxyModel(this))
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    setModel(m_sorted);
    auto *header = new TableHeader(name + u"Header"_s, QPalette::Base, cellMargin);
    header->setSortIndicator(-1, Qt::AscendingOrder); // as they were given, until one is chosen
    setHorizontalHeader(header);
    setSortingEnabled(true);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(lineHeight);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    if (auto *corner = findChild<QAbstractButton *>()) // there, though nobody sees it
        corner->setObjectName(name + u"Corner"_s);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSizePolicy(policy);
}

void FigureTable::setFigures(Figures figures)
{
    m_model->setFigures(std::move(figures));
    fitColumns();
    updateGeometry();
}

/// The figures take what they need, the names what is left.
void FigureTable::fitColumns()
{
    if (m_model->columnCount() == 0)
        return;
    resizeColumnsToContents();
    const QFontMetrics metrics(fontFor(TextStyle::Small));
    int taken = 0;
    for (int column = 1; column < m_model->columnCount(); ++column) {
        const QString title = m_model->headerData(column, Qt::Horizontal).toString() + u" ↓"_s;
        setColumnWidth(column, std::max(sizeHintForColumn(column) + 4, metrics.horizontalAdvance(title) + 14));
        taken += columnWidth(column);
    }
    const int name = std::clamp(sizeHintForColumn(0) + 10, narrowestName, widestName);
    setColumnWidth(0, std::max(name, viewport()->width() - taken));
}

QSize FigureTable::sizeHint() const
{
    const int rows = std::clamp(m_sorted->rowCount(), 1, mostRowsShown);
    return {400, horizontalHeader()->sizeHint().height() + rows * lineHeight + 14};
}

void FigureTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void FigureTable::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy)) {
        QTableView::keyPressEvent(event);
        return;
    }
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < m_sorted->columnCount(); ++column)
            cells << row.siblingAtColumn(column).data().toString();
        lines << cells.join(u'\t');
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace quintet::ui
