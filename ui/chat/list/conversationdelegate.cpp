// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/list/conversationdelegate.h"

#include "ui/chat/list/conversationmodel.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QPainter>

namespace quintet::ui {

namespace {

constexpr int side = 20;
constexpr int padding = 9;
constexpr int between = 3;

int heightOf(TextStyle style)
{
    return QFontMetrics(fontFor(style)).height();
}

int sectionHeight()
{
    return heightOf(TextStyle::Facts) + 18;
}

int lineHeight()
{
    return heightOf(TextStyle::Base) + heightOf(TextStyle::Facts) + between + 2 * padding;
}

} // namespace

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool hasSection = !index.data(ConversationModel::SectionRole).toString().isEmpty();
    return {160, lineHeight() + (hasSection ? sectionHeight() : 0)};
}

void ConversationDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto line = index.data(ConversationModel::LineRole).value<ConversationLine>();
    const QString section = index.data(ConversationModel::SectionRole).toString();
    const Colors &colors = Colors::of(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const auto write = [&](const QRect &rect, TextStyle style, const QColor &color, const QString &words) {
        painter->setFont(fontFor(style));
        painter->setPen(color);
        painter->drawText(rect, int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter),
                          painter->fontMetrics().elidedText(words, Qt::ElideRight, rect.width()));
    };
    QRect rest = option.rect;
    if (!section.isEmpty()) {
        const QRect head(rest.left() + side, rest.top() + 6, rest.width() - 2 * side, sectionHeight() - 6);
        write(head, TextStyle::Facts, colors.second, section);
        rest.setTop(rest.top() + sectionHeight());
    }
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (isSelected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(isSelected ? colors.soft : mixed(colors.background, colors.text, 0.04));
        painter->drawRoundedRect(rest.adjusted(8, 1, -8, -1), 7, 7);
    }
    const QRect inner = rest.adjusted(side, padding, -side, -padding);
    const int titleHeight = heightOf(TextStyle::Base);
    write({inner.left(), inner.top(), inner.width(), titleHeight}, TextStyle::Base, colors.text,
          index.data(Qt::DisplayRole).toString());
    const QString facts = line.snippet.isEmpty() ? factsOf(line.row, QDateTime::currentDateTimeUtc()) : line.snippet;
    write({inner.left(), inner.top() + titleHeight + between, inner.width(), heightOf(TextStyle::Facts)},
          TextStyle::Facts, colors.second, facts);
    painter->restore();
}

} // namespace quintet::ui
