// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tableheader.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QPainter>
#include <QStyle>

namespace quintet::ui {

namespace {

constexpr int headerHeight = 32;

} // namespace

TableHeader::TableHeader(const QString &name, QPalette::ColorRole fill, int margin)
    : QHeaderView(Qt::Horizontal),
      m_fill(fill),
      m_margin(margin)
{
    setObjectName(name);
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(30);
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), headerHeight};
}

void TableHeader::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport());
        const Colors &colors = Colors::of(palette());
        painter.fillRect(viewport()->rect(), palette().color(m_fill));
        painter.fillRect(QRect(0, viewport()->height() - 1, viewport()->width(), 1), colors.line);
    }
    QHeaderView::paintEvent(event);
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Colors &colors = Colors::of(palette());
    const bool isSorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    QString words = model()->headerData(section, Qt::Horizontal).toString();
    if (isSorted)
        words += sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral(" ↑") : QStringLiteral(" ↓");
    const auto alignment = Qt::Alignment(model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toInt());
    painter->save();
    painter->fillRect(rect, palette().color(m_fill));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colors.line);
    painter->setFont(fontFor(TextStyle::Small));
    painter->setPen(isSorted ? colors.text : colors.second);
    const QRect inner = rect.adjusted(m_margin, 0, -m_margin, 0);
    painter->drawText(inner, int(QStyle::visualAlignment(layoutDirection(), alignment)),
                      painter->fontMetrics().elidedText(words, Qt::ElideRight, inner.width()));
    painter->restore();
}

} // namespace quintet::ui
