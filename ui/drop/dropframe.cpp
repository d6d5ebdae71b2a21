// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/drop/dropframe.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QPainter>

namespace quintet::ui {

DropFrame::DropFrame(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("dropFrame"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void DropFrame::showOver(const QRect &place, const QString &offer)
{
    m_offer = offer;
    setAccessibleName(offer);
    setGeometry(place);
    raise();
    show();
    update();
}

void DropFrame::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = colors.soft;
    veil.setAlphaF(0.55F);
    painter.setPen(QPen(colors.accent, 2, Qt::DashLine));
    painter.setBrush(veil);
    painter.drawRoundedRect(QRectF(rect()).adjusted(7, 7, -7, -7), 10, 10);
    painter.setFont(fontFor(TextStyle::Title));
    const QRect text = painter.fontMetrics().boundingRect(rect().adjusted(48, 48, -48, -48),
                                                          Qt::AlignCenter | Qt::TextWordWrap, m_offer);
    painter.setPen(QPen(colors.line, 1));
    painter.setBrush(colors.surface);
    painter.drawRoundedRect(QRectF(text.adjusted(-18, -10, 18, 10)).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    painter.setPen(colors.text);
    painter.drawText(text, Qt::AlignCenter | Qt::TextWordWrap, m_offer);
}

} // namespace quintet::ui
