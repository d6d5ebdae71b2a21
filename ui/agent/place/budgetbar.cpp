// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/place/budgetbar.h"

#include "ui/theme/colors.h"

#include <QPainter>

#include <algorithm>

namespace quintet::ui {

namespace {

constexpr int barHeight = 6;

} // namespace

BudgetBar::BudgetBar()
{
    setObjectName(QStringLiteral("budgetBar"));
    setAccessibleName(tr("Budget used"));
    setFixedHeight(barHeight);
}

void BudgetBar::setShare(double share)
{
    m_share = std::clamp(share, 0.0, 1.0);
    setAccessibleDescription(tr("%1 %").arg(qRound(m_share * 100)));
    update();
}

void BudgetBar::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.line);
    painter.drawRoundedRect(rect(), barHeight / 2.0, barHeight / 2.0);
    if (m_share <= 0)
        return;
    painter.setBrush(m_share >= 1 ? colors.warning : colors.accent);
    const QRect used(0, 0, std::max(barHeight, qRound(width() * m_share)), height());
    painter.drawRoundedRect(QStyle::visualRect(layoutDirection(), rect(), used), barHeight / 2.0, barHeight / 2.0);
}

} // namespace quintet::ui
