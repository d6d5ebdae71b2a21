// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/place/badge.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QPainter>

namespace quintet::ui {

Badge::Badge(const QString &text, Kind kind) : m_text(text), m_kind(kind)
{
    setFont(fontFor(TextStyle::Facts));
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Badge::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 14, fontMetrics().height() + 5};
}

void Badge::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_kind == Caution ? colors.warningSoft : colors.soft);
    painter.drawRoundedRect(rect(), 5, 5);
    painter.setPen(m_kind == Caution ? colors.warning : colors.accent);
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

} // namespace quintet::ui
