// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/palettedelegate.h"

#include "ui/palette/palettemodel.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QPainter>

namespace quintet::ui {

namespace {

constexpr int lineHeight = 36;
constexpr int withDetail = 54;
constexpr int margin = 12;
constexpr int iconSize = 18;
constexpr int keysPadding = 6;

const PaletteEntry &entryOf(const QModelIndex &index)
{
    return static_cast<const PaletteModel *>(index.model())->entry(index.row());
}

/// Draws `text` at the end of `room` and takes its place off it.
void paintAtEnd(QPainter *painter, QRect &room, const QString &text, Qt::LayoutDirection direction)
{
    const int width = painter->fontMetrics().horizontalAdvance(text);
    const QRect logical(room.right() - width, room.top(), width + 1, room.height());
    painter->drawText(QStyle::visualRect(direction, room, logical), Qt::AlignCenter, text);
    const QRect left = room.adjusted(0, 0, -width - margin, 0);
    room = QStyle::visualRect(direction, room, left);
}

} // namespace

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const PaletteEntry &entry = entryOf(index);
    const Colors &colors = Colors::of(option.palette);
    const bool chosen = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (chosen) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.soft);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(6, 1, -6, -1), 7, 7);
    }
    QRect line = option.rect.adjusted(margin + 4, 0, -margin - 4, 0);
    if (!entry.detail.isEmpty())
        line.setBottom(line.top() + 32);
    const QRect mark(line.left(), line.center().y() - iconSize / 2 + 1, iconSize, iconSize);
    if (!entry.icon.isNull())
        paintIcon(painter, entry.icon, QStyle::visualRect(option.direction, line, mark),
                  entry.isRecommended || chosen ? colors.accent : colors.second);
    const QRect words = QStyle::visualRect(option.direction, line, line.adjusted(iconSize + margin, 0, 0, 0));
    QRect room = words;
    painter->setFont(fontFor(TextStyle::Facts));
    painter->setPen(colors.second);
    if (!entry.shortcut.isEmpty()) {
        const int width = painter->fontMetrics().horizontalAdvance(entry.shortcut) + 2 * keysPadding;
        const QRect logical(room.right() - width, room.center().y() - 10, width, 21);
        const QRect badge = QStyle::visualRect(option.direction, room, logical);
        painter->setPen(QPen(colors.line, 1));
        painter->setBrush(colors.sunken);
        painter->drawRoundedRect(QRectF(badge).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        painter->setPen(colors.second);
        painter->drawText(badge, Qt::AlignCenter, entry.shortcut);
        room = QStyle::visualRect(option.direction, room, room.adjusted(0, 0, -width - margin, 0));
    }
    if (!entry.category.isEmpty())
        paintAtEnd(painter, room, entry.category, option.direction);
    painter->setFont(fontFor(entry.isRecommended ? TextStyle::Heading : TextStyle::Base));
    painter->setPen(colors.text);
    const auto align = int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter);
    painter->drawText(room, align, painter->fontMetrics().elidedText(entry.title, Qt::ElideRight, room.width()));
    if (!entry.detail.isEmpty()) {
        painter->setFont(fontFor(TextStyle::Facts));
        painter->setPen(colors.second);
        const QRect below(words.left(), line.bottom() - 3, words.width(), option.rect.bottom() - line.bottom() - 4);
        painter->drawText(below, int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignTop),
                          painter->fontMetrics().elidedText(entry.detail, Qt::ElideRight, below.width()));
    }
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {200, entryOf(index).detail.isEmpty() ? lineHeight : withDetail};
}

} // namespace quintet::ui
