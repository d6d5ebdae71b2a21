// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/place/toggle.h"

#include "ui/theme/buttonpainter.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QPainter>
#include <QStyle>

namespace quintet::ui {

namespace {

constexpr int trackWidth = 30;
constexpr int trackHeight = 18;
constexpr int gap = 10;

} // namespace

Toggle::Toggle(const QString &name, const QString &text)
{
    setObjectName(name);
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFont(fontFor(TextStyle::Base));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

QSize Toggle::sizeHint() const
{
    return {trackWidth + gap + fontMetrics().horizontalAdvance(text()) + 4, trackHeight + 8};
}

void Toggle::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect track =
        QStyle::visualRect(layoutDirection(), rect(), QRect(1, (height() - trackHeight) / 2, trackWidth, trackHeight));
    const bool isOn = isChecked();
    painter.setPen(Qt::NoPen);
    painter.setBrush(!isOn         ? mixed(colors.line, colors.second, 0.25)
                     : isEnabled() ? colors.accent
                                   : mixed(colors.accent, colors.background, 0.5));
    painter.drawRoundedRect(track, trackHeight / 2.0, trackHeight / 2.0);
    const bool isAtRight = isOn == (layoutDirection() == Qt::LeftToRight);
    const int knob = trackHeight - 4;
    painter.setBrush(isOn ? colors.accentText : colors.surface);
    painter.drawEllipse(isAtRight ? track.right() - knob - 1 : track.left() + 2, track.top() + 2, knob, knob);
    if (hasFocus())
        paintFocusRing(&painter, QRectF(track).adjusted(-1, -1, 1, 1), trackHeight / 2.0, colors);
    painter.setFont(font());
    painter.setPen(isEnabled() ? colors.text : colors.second);
    const QRect words = QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(trackWidth + gap, 0, 0, 0));
    painter.drawText(words, int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter), text());
}

} // namespace quintet::ui
