// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/readinglayout.h"

#include "ui/theme/fonts.h"

#include <QTextBlock>
#include <QTextDocument>

#include <cmath>

namespace quintet::ui {

ReadingLayout::ReadingLayout(QTextDocument *document, const QPlainTextEdit *view)
    : QPlainTextDocumentLayout(document),
      m_view(view)
{
}

void ReadingLayout::setLabelledBlocks(std::set<int> blocks)
{
    m_labelled = std::move(blocks);
    requestUpdate();
}

double ReadingLayout::pitch() const
{
    const int pixels = QFontInfo(document()->defaultFont()).pixelSize();
    return std::round(pixels * readingLineHeight);
}

double ReadingLayout::top(const QTextBlock &block) const
{
    return 1 + (m_labelled.contains(block.blockNumber()) ? labelHeight : 0);
}

QRectF ReadingLayout::blockBoundingRect(const QTextBlock &block) const
{
    if (!block.isValid() || !block.isVisible())
        return {};
    QTextLayout *layout = block.layout();
    // The middle of the first line tells whether it was put there by layOut() and for this label.
    const auto isOurs = [&] {
        const QTextLine line = layout->lineAt(0);
        const double height = std::max(pitch(), line.height());
        return qFuzzyCompare(line.y() + line.height() / 2, top(block) + height / 2);
    };
    if (layout->lineCount() == 0 || !isOurs())
        layOut(block);
    const QTextLine last = layout->lineAt(layout->lineCount() - 1);
    const double bottom = last.y() + last.height() / 2 + std::max(pitch(), last.height()) / 2;
    return {0, 0, std::max(layout->boundingRect().right(), 1.0), bottom};
}

void ReadingLayout::layOut(QTextBlock block) const
{
    QTextLayout *layout = block.layout();
    const double margin = document()->documentMargin();
    const double width = std::max(m_view->viewport()->width() - 2 * margin, 1.0);
    double y = top(block);
    layout->setTextOption(document()->defaultTextOption());
    layout->beginLayout();
    for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
        line.setLeadingIncluded(true);
        line.setLineWidth(width);
        const double height = std::max(pitch(), line.height());
        line.setPosition(QPointF(margin, y + (height - line.height()) / 2));
        y += height;
    }
    layout->endLayout();
    const int before = document()->lineCount();
    block.setLineCount(layout->lineCount());
    if (document()->lineCount() != before && !m_isTelling) {
        m_isTelling = true;
        Q_EMIT const_cast<ReadingLayout *>(this)->documentSizeChanged(documentSize());
        m_isTelling = false;
    }
}

} // namespace quintet::ui
