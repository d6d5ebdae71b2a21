// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QPainter>
#include <QStyleOptionTab>

namespace quintet::ui {

namespace {

constexpr int fieldHeight = 62; // a field of 58 with room around it
constexpr int iconSide = 22;

} // namespace

Rail::Rail()
{
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Tabs"));
    setShape(QTabBar::RoundedWest);
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(false);
    setMouseTracking(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Rail::setCurrentShown(bool shown)
{
    m_currentShown = shown;
    update();
}

QSize Rail::sizeHint() const
{
    int width = 0;
    for (int i = 0; i < count(); ++i)
        width = std::max(width, railWidth(tabText(i)));
    return {width, fieldHeight * count()};
}

QSize Rail::tabSizeHint(int) const
{
    return {width(), fieldHeight};
}

void Rail::resizeEvent(QResizeEvent *event)
{
    QTabBar::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        setIconSize(iconSize()); // makes it ask for the sizes of its tabs again
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QPoint mouse = mapFromGlobal(QCursor::pos());
    for (int i = 0; i < count(); ++i) {
        const bool current = i == currentIndex();
        QStyleOptionTab option;
        initStyleOption(&option, i);
        paintRailField(&painter, tabRect(i).adjusted(6, 2, -6, -2), tabIcon(i), tabText(i), palette(),
                       current && m_currentShown, underMouse() && tabRect(i).contains(mouse),
                       current && hasFocus() && option.state & QStyle::State_KeyboardFocusChange);
    }
}

int railWidth(const QString &text)
{
    return std::clamp(QFontMetrics(fontFor(TextStyle::Rail)).horizontalAdvance(text) + 18, 76, 112);
}

void paintRailField(QPainter *painter, const QRect &field, const QIcon &icon, const QString &text,
                    const QPalette &palette, bool chosen, bool hovered, bool focused)
{
    const Colors &colors = Colors::of(palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF outline = QRectF(field).adjusted(0.5, 0.5, -0.5, -0.5);
    if (focused) {
        painter->setPen(QPen(colors.accent, 2));
        painter->setBrush(chosen ? colors.surface : colors.rail);
        painter->drawRoundedRect(outline.adjusted(1, 1, -1, -1), 9, 9);
    } else if (chosen || hovered) {
        painter->setPen(chosen ? QPen(colors.line, 1) : QPen(Qt::NoPen));
        painter->setBrush(chosen ? colors.surface : mixed(colors.rail, colors.text, 0.05));
        painter->drawRoundedRect(outline, 10, 10);
    }
    const QColor ink = chosen ? colors.accent : colors.second;
    const QFont font = fontFor(TextStyle::Rail);
    const QFontMetrics metrics(font);
    const int height = iconSide + (text.isEmpty() ? 0 : 3 + metrics.height());
    const int top = field.top() + (field.height() - height) / 2;
    paintIcon(painter, icon, QRect(field.center().x() - iconSide / 2 + 1, top, iconSide, iconSide), ink);
    painter->setPen(ink);
    painter->setFont(font);
    painter->drawText(QRect(field.left() + 1, top + iconSide + 3, field.width() - 2, metrics.height()), Qt::AlignCenter,
                      metrics.elidedText(text, Qt::ElideRight, field.width() - 2));
    painter->restore();
}

} // namespace quintet::ui
