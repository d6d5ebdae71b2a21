// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/railbutton.h"

#include "ui/shell/rail.h"
#include "ui/theme/buttonpainter.h"
#include "ui/theme/colors.h"
#include "ui/theme/icons.h"

#include <QPainter>
#include <QStyleOption>

namespace quintet::ui {

RailButton::RailButton(const QString &name, const QIcon &icon, const QString &text, const QString &accessibleName)
{
    setObjectName(name);
    setText(text);
    setIcon(icon);
    setAccessibleName(accessibleName);
    setToolTip(accessibleName);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize RailButton::sizeHint() const
{
    return {railWidth(text()), text().isEmpty() ? 40 : 52};
}

void RailButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    const bool focused = hasFocus() && option.state & QStyle::State_KeyboardFocusChange;
    if (!text().isEmpty()) {
        paintRailField(&painter, rect().adjusted(6, 2, -6, -2), icon(), text(), palette(), isChecked(), underMouse(),
                       focused);
        return;
    }
    const Colors &colors = Colors::of(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect field(width() / 2 - 19, 1, 38, 38);
    if (focused) {
        paintFocusRing(&painter, field, 10, colors);
    } else if (isChecked() || underMouse()) {
        painter.setPen(isChecked() ? QPen(colors.line, 1) : QPen(Qt::NoPen));
        painter.setBrush(isChecked() ? colors.surface : mixed(colors.rail, colors.text, 0.05));
        painter.drawRoundedRect(QRectF(field).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    }
    paintIcon(&painter, icon(), QRect(width() / 2 - 13, 7, 26, 26), colors.accent);
}

} // namespace quintet::ui
