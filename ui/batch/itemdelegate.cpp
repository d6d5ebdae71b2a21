// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/itemdelegate.h"

#include "batch/item.h"
#include "ui/batch/itemtablemodel.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QPainter>

namespace quintet::ui {

namespace {

constexpr int rowHeight = 32;
constexpr int margin = 8;
constexpr double dotSize = 9;

/// A full dot is done, a crossed one failed, a half one under way, an empty ring waits.
void paintState(QPainter *painter, const QRect &cell, batch::ItemState state, const Colors &colors)
{
    const QRectF dot(cell.center().x() - dotSize / 2 + 0.5, cell.center().y() - dotSize / 2 + 0.5, dotSize, dotSize);
    painter->setRenderHint(QPainter::Antialiasing);
    const auto ring = [&](const QColor &color) {
        painter->setPen(QPen(color, 1.2));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(dot);
    };
    const auto disc = [&](const QColor &color) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawEllipse(dot);
    };
    switch (state) {
    case batch::ItemState::Queued: ring(colors.third); break;
    case batch::ItemState::Running:
        ring(colors.accent);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.accent);
        painter->drawPie(dot, 90 * 16, 180 * 16);
        break;
    case batch::ItemState::Done:
    case batch::ItemState::Answered: disc(colors.good); break;
    case batch::ItemState::Failed:
        disc(colors.bad);
        painter->setPen(QPen(colors.surface, 1.4));
        painter->drawLine(dot.center() - QPointF(1.8, 1.8), dot.center() + QPointF(1.8, 1.8));
        painter->drawLine(dot.center() - QPointF(1.8, -1.8), dot.center() + QPointF(1.8, -1.8));
        break;
    }
}

} // namespace

QSize ItemDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), rowHeight};
}

void ItemDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = Colors::of(option.palette);
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, colors.soft);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.line);
    const QVariant state = index.data(ItemTableModel::StateRole);
    if (!state.isValid()) { // not read yet: the shape of a row
        painter->fillRect(QRect(option.rect.left() + margin, option.rect.center().y() - 4,
                                std::max(0, option.rect.width() / 2 - margin), 8),
                          colors.background);
    } else if (index.column() == 0) {
        paintState(painter, option.rect, static_cast<batch::ItemState>(state.toInt()), colors);
    } else {
        const bool isWaiting =
            state.toInt() == int(batch::ItemState::Queued) || state.toInt() == int(batch::ItemState::Running);
        const bool isProblem = index.data(ItemTableModel::ProblemRole).toBool();
        const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
        painter->setFont(option.font);
        painter->setPen(index.column() == 1 ? colors.text
                        : isProblem         ? colors.bad
                        : isWaiting         ? colors.second
                                            : colors.text);
        const QRect text = option.rect.adjusted(margin, 0, -margin, -1);
        painter->drawText(text, int(QStyle::visualAlignment(option.direction, alignment)) | Qt::TextSingleLine,
                          option.fontMetrics.elidedText(index.data().toString(),
                                                        index.column() == 1 ? Qt::ElideMiddle : Qt::ElideRight,
                                                        text.width()));
    }
    painter->restore();
}

} // namespace quintet::ui
