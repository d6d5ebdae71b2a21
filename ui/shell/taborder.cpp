// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/taborder.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QSplitter>

#include <algorithm>
#include <numeric>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

void collect(QWidget *widget, QWidgetList &found);

bool isManagedBy(QLayout *layout, const QWidget *widget)
{
    for (int i = 0; i < layout->count(); ++i) {
        QLayoutItem *item = layout->itemAt(i);
        if (item->widget() == widget || (item->layout() && isManagedBy(item->layout(), widget)))
            return true;
    }
    return false;
}

/// The items of a layout as they are read: a grid's by row, whatever the order they were put in.
std::vector<int> readingOrder(QLayout *layout)
{
    std::vector<int> order(static_cast<size_t>(layout->count()));
    std::iota(order.begin(), order.end(), 0);
    if (const auto *grid = qobject_cast<QGridLayout *>(layout)) {
        std::ranges::stable_sort(order, {}, [grid](int index) {
            int row = 0;
            int column = 0;
            int rows = 0;
            int columns = 0;
            grid->getItemPosition(index, &row, &column, &rows, &columns);
            return std::pair(row, column);
        });
    }
    return order;
}

void collect(QLayout *layout, QWidgetList &found)
{
    for (const int index : readingOrder(layout)) {
        QLayoutItem *item = layout->itemAt(index);
        if (item->layout())
            collect(item->layout(), found);
        else if (item->widget())
            collect(item->widget(), found);
    }
}

/// What lies over a widget without being in its layout, as an empty state does over a text.
void collectOverlays(QWidget *widget, QWidgetList &found)
{
    for (QObject *child : widget->children()) {
        auto *overlay = qobject_cast<QWidget *>(child);
        if (!overlay || overlay->isWindow() || (widget->layout() && isManagedBy(widget->layout(), overlay)))
            continue;
        if (overlay->objectName() == "qt_scrollarea_viewport"_L1)
            collectOverlays(overlay, found);
        else if (!overlay->objectName().startsWith("qt_"_L1))
            collect(overlay, found);
    }
}

void collect(QWidget *widget, QWidgetList &found)
{
    if (widget->isHidden() || found.contains(widget))
        return;
    const bool takesTab = (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
    if (takesTab && !widget->focusProxy())
        found << widget;
    const auto *area = qobject_cast<QScrollArea *>(widget);
    const auto *splitter = qobject_cast<QSplitter *>(widget);
    if (area && area->widget()) {
        collect(area->widget(), found);
    } else if (splitter) {
        for (int i = 0; i < splitter->count(); ++i)
            collect(splitter->widget(i), found);
    } else {
        if (widget->layout() && !takesTab)
            collect(widget->layout(), found);
        collectOverlays(widget, found);
    }
}

} // namespace

QWidget *nextAsRead(QWidget *window, const QWidget *from, bool isForward)
{
    QWidgetList found;
    collect(window, found);
    if (!isForward)
        std::ranges::reverse(found);
    const auto here = std::ranges::find_if(
        found, [from](const QWidget *each) { return each == from || (from && from->focusProxy() == each); });
    if (here == found.end())
        return nullptr;
    std::ranges::rotate(found, here);
    const auto next =
        std::find_if(found.begin() + 1, found.end(), [](const QWidget *each) { return each->isEnabled(); });
    return next == found.end() ? nullptr : *next;
}

void focusByTab(QWidget *control, bool isForward)
{
    control->window()->setAttribute(Qt::WA_KeyboardFocusChange);
    control->setFocus(isForward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    for (QWidget *around = control->parentWidget(); around; around = around->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(around))
            area->ensureWidgetVisible(control);
    }
}

} // namespace quintet::ui
