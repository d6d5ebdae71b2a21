// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/progressstrip.h"

#include "ui/theme/colors.h"

#include <QPainter>
#include <QPainterPath>

namespace quintet::ui {

ProgressStrip::ProgressStrip()
{
    setObjectName(QStringLiteral("runBar"));
    setAccessibleName(tr("Share of the items that have ended"));
    setTextVisible(false);
    setRange(0, 1000);
    setFixedHeight(8);
}

void ProgressStrip::setShares(double done, double failed)
{
    m_done = done;
    m_failed = failed;
    setValue(static_cast<int>(1000 * (done + failed)));
    update();
}

void ProgressStrip::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(rect(), 3, 3);
    painter.setClipPath(shape);
    painter.fillRect(rect(), colors.line);
    const double width = this->width();
    const auto stretch = [&](double from, double to) {
        const QRectF part(from * width, 0, (to - from) * width, height());
        return layoutDirection() == Qt::RightToLeft ? part.translated(width - part.width() - 2 * part.left(), 0) : part;
    };
    painter.fillRect(stretch(0, m_done), colors.accent);
    painter.fillRect(stretch(m_done, m_done + m_failed), colors.bad);
}

} // namespace quintet::ui
