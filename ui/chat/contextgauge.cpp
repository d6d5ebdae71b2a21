// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/contextgauge.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace quintet::ui {

namespace {

constexpr int barWidth = 80;
constexpr int barHeight = 6;
constexpr int gap = 8;
constexpr double nearlyFull = 0.8;

} // namespace

ContextGauge::ContextGauge()
{
    setObjectName(QStringLiteral("contextGauge"));
    setFont(fontFor(TextStyle::Small));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setVisible(false);
}

QString ContextGauge::words() const
{
    const QLocale locale;
    const QString tokens = tr("%1 of %2 tokens").arg(locale.toString(m_use.tokens), locale.toString(m_use.limit));
    if (!m_use.cost || m_use.cost->nanoDollars == 0)
        return tokens;
    return tr("%1 · %2").arg(tokens, usage::display(*m_use.cost));
}

void ContextGauge::show(const chat::ContextUse &use)
{
    m_use = use;
    setVisible(use.limit > 0);
    setAccessibleName(tr("The next request takes %1").arg(words()));
    const bool isOver = use.tokens > use.limit;
    setToolTip(isOver ? tr("This is more than the model reads. Files that do not fit are searched, and older turns "
                           "are condensed; you will be told.")
                      : tr("What the model will read with the next message, as estimated, and what that costs."));
    updateGeometry();
    update();
}

QSize ContextGauge::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(words()) + gap + barWidth + 2, fontMetrics().height() + 4};
}

void ContextGauge::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect text = rect().adjusted(0, 0, -barWidth - gap, 0);
    painter.setPen(colors.second);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), text),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignRight) | Qt::AlignVCenter),
                     fontMetrics().elidedText(words(), Qt::ElideRight, text.width()));
    const QRect bar = QStyle::visualRect(layoutDirection(), rect(),
                                         {width() - barWidth, (height() - barHeight) / 2, barWidth, barHeight});
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.line);
    painter.drawRoundedRect(bar, 3, 3);
    const double share = m_use.limit > 0 ? double(m_use.tokens) / double(m_use.limit) : 0;
    QRect full = bar;
    full.setWidth(int(barWidth * std::clamp(share, 0.02, 1.0)));
    painter.setBrush(share > 1 ? colors.bad : share > nearlyFull ? colors.warning : colors.accent);
    painter.drawRoundedRect(QStyle::visualRect(layoutDirection(), bar, full), 3, 3);
}

} // namespace quintet::ui
