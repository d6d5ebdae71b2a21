// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/place/fieldbutton.h"

#include "ui/theme/buttonpainter.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QPainter>
#include <QStyle>

namespace quintet::ui {

namespace {

constexpr int fieldHeight = 28;
constexpr int padding = 10;
constexpr double radius = 7;

} // namespace

FieldButton::FieldButton(const QString &name, const QString &accessibleName)
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    setFont(fontFor(TextStyle::Small));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FieldButton::setValue(const QString &value, bool isSet, const QString &tip)
{
    m_isSet = isSet;
    setText(value);
    setToolTip(tip);
    setAccessibleDescription(value);
    update();
}

QSize FieldButton::sizeHint() const
{
    return {120, fieldHeight};
}

void FieldButton::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isHovered = underMouse() && isEnabled();
    painter.setPen(isHovered ? mixed(colors.line, colors.second, 0.4) : colors.line);
    painter.setBrush(colors.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    if (hasFocus())
        paintFocusRing(&painter, QRectF(rect()).adjusted(1, 1, -1, -1), radius, colors);
    const QRect inner = rect().adjusted(padding, 0, -padding, 0);
    painter.setPen(m_isSet ? colors.text : colors.second);
    painter.drawText(inner, int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter),
                     fontMetrics().elidedText(text(), Qt::ElideMiddle, inner.width()));
}

} // namespace quintet::ui
