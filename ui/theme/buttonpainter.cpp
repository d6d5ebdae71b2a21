// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/buttonpainter.h"

#include "ui/theme/colors.h"
#include "ui/theme/icons.h"
#include "ui/theme/look.h"
#include "ui/theme/metrics.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionButton>
#include <QWidget>

namespace quintet::ui {

namespace {

constexpr int iconSize = 16;
constexpr int gap = 6;
constexpr int arrowWidth = 10;

struct Ink {
    QColor fill;
    QColor border;
    QColor text;
};

Ink inkFor(Look look, QStyle::State state, const Colors &colors)
{
    const bool checked = state & QStyle::State_On;
    const bool hovered = state & QStyle::State_MouseOver && state & QStyle::State_Enabled;
    const bool pressed = state & QStyle::State_Sunken;
    const double shade = pressed ? 0.10 : hovered ? 0.05 : 0;
    Ink ink{mixed(colors.surface, colors.text, shade), colors.line, colors.text};
    QColor clear = colors.text;
    clear.setAlphaF(static_cast<float>(shade * 1.4));
    switch (look) {
    case Look::Primary: ink = {mixed(colors.accent, colors.text, shade * 2), Qt::transparent, colors.accentText}; break;
    case Look::Quiet: ink = {clear, Qt::transparent, hovered ? colors.text : colors.second}; break;
    case Look::Destructive: ink = {clear, Qt::transparent, colors.bad}; break;
    case Look::Segment:
        ink.text = checked ? colors.accent : colors.second;
        if (checked)
            ink.fill = colors.soft;
        break;
    case Look::Chip:
        ink.text = checked ? colors.accent : colors.second;
        ink.border = checked ? colors.accent : colors.line;
        break;
    default: break;
    }
    if (!(state & QStyle::State_Enabled)) {
        ink.text = colors.third;
        if (look == Look::Primary)
            ink = {colors.line, Qt::transparent, colors.third};
    }
    return ink;
}

QFont fontOf(const QStyleOptionButton &option, const QWidget *widget)
{
    const Look look = lookOf(widget);
    QFont font = buttonFont(look, isSmall(widget));
    if (look == Look::Segment && option.state & QStyle::State_On)
        font.setWeight(QFont::DemiBold);
    return font;
}

QFont hintFont(QFont font)
{
    font.setWeight(QFont::Normal);
    return font;
}

QString hintOf(const QWidget *widget)
{
    return widget ? widget->property("hint").toString() : QString();
}

bool hasArrow(const QStyleOptionButton &option)
{
    return option.features & QStyleOptionButton::HasMenu;
}

/// Segments share their borders: only the outer corners of the first and the last are round.
QPainterPath segmentPath(const QRectF &rect, const QString &edge, double radius)
{
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addRoundedRect(rect, radius, radius);
    if (edge != u"first")
        path.addRect(rect.adjusted(0, 0, -radius, 0));
    if (edge != u"last")
        path.addRect(rect.adjusted(radius, 0, 0, 0));
    return path.simplified();
}

void paintPanel(QPainter *painter, const QStyleOptionButton &option, const QWidget *widget, const Ink &ink)
{
    const Look look = lookOf(widget);
    const double radius = look == Look::Chip ? 6 : 7;
    QRectF rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->setPen(ink.border.alpha() ? QPen(ink.border, 1) : QPen(Qt::NoPen));
    painter->setBrush(ink.fill);
    if (look == Look::Segment) {
        const QString edge = widget->property("edge").toString();
        if (edge != u"last")
            rect.setRight(rect.right() + 1); // on the border of the next one
        painter->drawPath(segmentPath(rect, edge, radius));
    } else {
        painter->drawRoundedRect(ink.border.alpha() ? rect : QRectF(option.rect), radius, radius);
    }
}

/// Icon, text and hint side by side in the middle; with a menu, its arrow at the right.
void paintContent(QPainter *painter, const QStyleOptionButton &option, const QWidget *widget, const Ink &ink)
{
    const QFont font = fontOf(option, widget);
    const QString hint = hintOf(widget);
    const QFontMetrics metrics(font);
    const QFontMetrics hintMetrics(hintFont(font));
    QRect rect = option.rect;
    if (hasArrow(option)) {
        const QRect arrow(rect.right() - arrowWidth - 9, rect.top(), arrowWidth, rect.height());
        paintChevron(painter, arrow, Colors::of(option.palette), option.state & QStyle::State_Enabled);
        rect.setRight(arrow.left() - gap + 8);
    }
    const int iconWidth = option.icon.isNull() ? 0 : iconSize + (option.text.isEmpty() ? 0 : gap);
    const int hintWidth = hint.isEmpty() ? 0 : gap + hintMetrics.horizontalAdvance(hint);
    const int extra = widget ? widget->property("trailing").toInt() : 0;
    const int room = rect.width() - iconWidth - hintWidth - extra - 8;
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, room, Qt::TextShowMnemonic);
    const int textWidth = metrics.size(Qt::TextShowMnemonic, text).width();
    int x = rect.left() + (rect.width() - extra - iconWidth - textWidth - hintWidth) / 2;
    const auto place = [&](int width) {
        const QRect placed(x, rect.top(), width, rect.height());
        x += width;
        return QStyle::visualRect(option.direction, option.rect, placed);
    };
    if (iconWidth) {
        const QRect box = place(iconSize);
        paintIcon(painter, option.icon, QRect(box.left(), box.center().y() - iconSize / 2 + 1, iconSize, iconSize),
                  ink.text);
        x += iconWidth - iconSize;
    }
    painter->setPen(ink.text);
    painter->setFont(font);
    painter->drawText(place(textWidth), Qt::AlignCenter | Qt::TextHideMnemonic, text);
    if (hintWidth) {
        painter->setFont(hintFont(font));
        painter->setOpacity(0.75);
        painter->drawText(place(hintWidth), Qt::AlignRight | Qt::AlignVCenter, hint);
        painter->setOpacity(1);
    }
}

} // namespace

void paintButton(QPainter *painter, const QStyleOptionButton &option, const QWidget *widget)
{
    const Colors &colors = Colors::of(option.palette);
    const Ink ink = inkFor(lookOf(widget), option.state, colors);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintPanel(painter, option, widget, ink);
    paintContent(painter, option, widget, ink);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        paintFocusRing(painter, option.rect, 7, colors);
    painter->restore();
}

QSize buttonSize(const QStyleOptionButton &option, const QWidget *widget)
{
    const Look look = lookOf(widget);
    const bool small = isSmall(widget);
    QFont font = buttonFont(look, small);
    if (look == Look::Segment)
        font.setWeight(QFont::DemiBold); // so that choosing one moves nothing
    const QString hint = hintOf(widget);
    int width = QFontMetrics(font).size(Qt::TextShowMnemonic, option.text).width();
    if (!option.icon.isNull())
        width += iconSize + (option.text.isEmpty() ? 0 : gap);
    if (!hint.isEmpty())
        width += gap + QFontMetrics(hintFont(font)).horizontalAdvance(hint);
    if (hasArrow(option))
        width += gap + arrowWidth;
    if (widget)
        width += widget->property("trailing").toInt();
    const int padding = look == Look::Chip ? 9 : look == Look::Segment ? 12 : small ? 10 : 13;
    const int height = look == Look::Chip ? 24 : small ? metrics().smallControl : metrics().control;
    return {std::max(width + 2 * padding, height), height};
}

void paintFocusRing(QPainter *painter, const QRectF &rect, double radius, const Colors &colors)
{
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colors.surface, 4));
    painter->drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius);
    painter->setPen(QPen(colors.accent, 2));
    painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
}

void paintCheckBox(QPainter *painter, const QStyleOption &option)
{
    const Colors &colors = Colors::of(option.palette);
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const bool isFilled = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const QColor mark = isEnabled ? colors.accent : colors.third;
    const double side = std::min(option.rect.width(), option.rect.height()) - 1;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(isFilled ? mark : isEnabled ? colors.third : colors.line, 1.2));
    painter->setBrush(isFilled ? mark : colors.surface);
    painter->drawRoundedRect(box, 3.5, 3.5);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(
        QPen(isEnabled ? colors.accentText : colors.surface, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF center = box.center();
    const double unit = side / 14;
    if (option.state & QStyle::State_NoChange)
        painter->drawLine(center - QPointF(3 * unit, 0), center + QPointF(3 * unit, 0));
    else if (isFilled)
        painter->drawPolyline(QPolygonF{center + QPointF(-3.2, 0.2) * unit, center + QPointF(-0.9, 2.6) * unit,
                                        center + QPointF(3.4, -2.6) * unit});
    painter->restore();
}

void paintChevron(QPainter *painter, const QRectF &rect, const Colors &colors, bool enabled, bool up)
{
    const QPointF center = rect.center();
    const double y = up ? -2 : 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(enabled ? colors.second : colors.third, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->drawPolyline(QPolygonF{center + QPointF(-4, -y), center + QPointF(0, y), center + QPointF(4, -y)});
    painter->restore();
}

} // namespace quintet::ui
