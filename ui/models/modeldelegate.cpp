// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/modeldelegate.h"

#include "ui/models/modelchoice.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QMouseEvent>
#include <QPainter>

namespace quintet::ui {

namespace {

constexpr int margin = 12;
constexpr int starWidth = 32;

QRect starIn(const QRect &row, Qt::LayoutDirection direction)
{
    const QRect right(row.right() - starWidth, row.top(), starWidth, row.height());
    return QStyle::visualRect(direction, row, right);
}

bool mayBeFavourite(const ModelChoice &choice)
{
    return !choice.isBuiltin && choice.problem.isEmpty();
}

} // namespace

QSize ModelDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const int lines =
        QFontMetrics(fontFor(TextStyle::Base)).height() + QFontMetrics(fontFor(TextStyle::Facts)).height();
    return {200, lines + 14};
}

void ModelDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto choice = index.data(Qt::UserRole).value<ModelChoice>();
    const Colors &colors = Colors::of(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.soft);
        painter->drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 7, 7);
    }
    const QRect text = option.rect.adjusted(margin, 6, -margin - starWidth, -6);
    const QRect inner = option.direction == Qt::RightToLeft ? text.translated(starWidth, 0) : text;
    const auto line = [&](TextStyle style, const QColor &color, const QString &words, Qt::Alignment alignment) {
        painter->setFont(fontFor(style));
        painter->setPen(color);
        painter->drawText(inner, int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | alignment),
                          painter->fontMetrics().elidedText(words, Qt::ElideRight, inner.width()));
    };
    line(TextStyle::Base, choice.problem.isEmpty() ? colors.text : colors.second, titleOf(choice), Qt::AlignTop);
    line(TextStyle::Facts, choice.problem.isEmpty() ? colors.second : colors.bad, factsOf(choice), Qt::AlignBottom);
    const bool isNear = option.state.testAnyFlags(QStyle::State_Selected | QStyle::State_MouseOver);
    if (mayBeFavourite(choice) && (choice.isFavourite || isNear)) {
        painter->setFont(fontFor(TextStyle::Title));
        painter->setPen(choice.isFavourite ? colors.accent : colors.third);
        painter->drawText(starIn(option.rect, option.direction), Qt::AlignCenter,
                          choice.isFavourite ? QStringLiteral("★") : QStringLiteral("☆"));
    }
    painter->restore();
}

bool ModelDelegate::editorEvent(QEvent *event, QAbstractItemModel *, const QStyleOptionViewItem &option,
                                const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease && event->type() != QEvent::MouseButtonPress)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    const bool isStar = starIn(option.rect, option.direction).contains(mouse->position().toPoint())
                        && mayBeFavourite(index.data(Qt::UserRole).value<ModelChoice>());
    if (isStar && event->type() == QEvent::MouseButtonRelease)
        Q_EMIT starClicked(index);
    return isStar;
}

} // namespace quintet::ui
