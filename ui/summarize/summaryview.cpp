// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/summaryview.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QAbstractTextDocumentLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QtMath>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int columnWidth = 720;
constexpr int padding = 20;
constexpr int scrollBarWidth = 12;
constexpr qsizetype longestRendered = 12'000; // as Markdown at every frame; beyond that only at the end

} // namespace

SummaryView::SummaryView()
{
    setObjectName(u"summary"_s);
    setAccessibleName(tr("Summary"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Always there, if bare: its coming and going would wrap the text anew and with that change the height asked for.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    document()->setDefaultFont(fontFor(TextStyle::Answer));
    document()->setDocumentMargin(padding);
    m_patience.setSingleShot(true);
    m_patience.setInterval(300ms);
    connect(&m_patience, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &QWidget::updateGeometry);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &link) {
        if (link.scheme() == u"quote")
            Q_EMIT sentenceChosen(link.path().toInt());
    });
    connect(this, &QTextBrowser::highlighted, this, [this](const QUrl &link) {
        if (link.scheme() == u"quote")
            hover(link.path().toInt());
    });
}

QSize SummaryView::sizeHint() const
{
    return {320, std::max(qCeil(document()->size().height()), m_isWaiting ? 160 : 40)};
}

QVariant SummaryView::loadResource(int, const QUrl &)
{
    return {}; // what a model writes loads nothing, from nowhere
}

void SummaryView::beginWaiting()
{
    m_sentences.clear();
    m_markdown.clear();
    m_isWaiting = true;
    render();
    m_patience.start();
}

void SummaryView::append(const QString &text)
{
    m_isWaiting = false;
    m_markdown += text;
    if (m_markdown.size() <= longestRendered) {
        render();
        return;
    }
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    end.insertText(text);
}

void SummaryView::showText(const QString &markdown)
{
    m_isWaiting = false;
    m_sentences.clear();
    m_markdown = markdown;
    render();
}

void SummaryView::showSentences(const std::vector<summarize::SourceSentence> &sentences, bool asList)
{
    m_isWaiting = false;
    m_sentences = sentences;
    m_asList = asList;
    m_hovered = -1;
    m_markdown.clear();
    for (const auto &sentence : m_sentences)
        m_markdown += (asList ? u"- "_s : QString()) + sentence.text + (asList ? u"\n"_s : u"\n\n"_s);
    m_markdown = m_markdown.trimmed();
    render();
}

void SummaryView::render()
{
    const int scrolled = verticalScrollBar()->value();
    if (m_sentences.empty()) {
        document()->setMarkdown(m_markdown, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
                                                | QTextDocument::MarkdownNoHTML);
        finishRendering(scrolled);
        return;
    }
    const Colors &colors = Colors::of(palette());
    clear();
    QTextCursor cursor(document());
    QTextCharFormat plain;
    plain.setFont(fontFor(TextStyle::Answer));
    plain.setForeground(colors.text);
    for (size_t i = 0; i < m_sentences.size(); ++i) {
        if (i > 0)
            cursor.insertBlock();
        QTextCharFormat link;
        link.setFont(fontFor(TextStyle::Rail));
        link.setFontWeight(QFont::DemiBold);
        link.setForeground(colors.accent);
        link.setAnchor(true);
        link.setAnchorHref(u"quote:%1"_s.arg(i));
        link.setToolTip(tr("Show it in the text"));
        const QString place = m_sentences[i].place.isEmpty() ? QString::number(i + 1) : m_sentences[i].place;
        cursor.insertText((m_asList ? u"•  "_s : QString()) + m_sentences[i].text + u' ', plain);
        // Spaces that do not break keep the label together and give it room.
        cursor.insertText(QChar::Nbsp + QString(place).replace(u' ', QChar::Nbsp) + QChar::Nbsp, link);
    }
    finishRendering(scrolled);
}

void SummaryView::finishRendering(int scrolled)
{
    setLineHeight();
    moveCursor(QTextCursor::Start); // else it stands at the end, and a narrower window would scroll there
    verticalScrollBar()->setValue(scrolled);
}

void SummaryView::setLineHeight()
{
    const double wanted = fontFor(TextStyle::Answer).pixelSize() * readingLineHeight;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        format.setLineHeight(wanted, QTextBlockFormat::MinimumHeight);
        if (!block.textList())
            format.setBottomMargin(12);
        QTextCursor(block).setBlockFormat(format);
    }
    fitColumn();
}

void SummaryView::fitColumn()
{
    const int side = std::max(0, viewport()->width() - columnWidth - 2 * padding);
    QTextFrameFormat frame = document()->rootFrame()->frameFormat();
    frame.setMargin(padding);
    frame.setTopMargin(12);
    frame.setRightMargin(padding - scrollBarWidth + side);
    frame.setBottomMargin(0);
    if (frame != document()->rootFrame()->frameFormat())
        document()->rootFrame()->setFrameFormat(frame);
    updateGeometry();
}

int SummaryView::sentenceAt(const QPoint &position) const
{
    if (m_sentences.empty())
        return -1;
    const QPointF point = position + QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (document()->documentLayout()->blockBoundingRect(block).contains(point))
            return block.blockNumber();
    }
    return -1;
}

void SummaryView::hover(int sentence)
{
    if (sentence == m_hovered)
        return;
    m_hovered = sentence;
    viewport()->setCursor(sentence < 0 ? Qt::IBeamCursor : Qt::PointingHandCursor);
    viewport()->update();
    Q_EMIT sentenceHovered(sentence);
}

void SummaryView::resizeEvent(QResizeEvent *event)
{
    fitColumn();
    QTextBrowser::resizeEvent(event);
}

void SummaryView::mouseMoveEvent(QMouseEvent *event)
{
    QTextBrowser::mouseMoveEvent(event);
    if (!(event->buttons() & Qt::LeftButton))
        hover(sentenceAt(event->position().toPoint()));
}

void SummaryView::mouseReleaseEvent(QMouseEvent *event)
{
    // The link itself speaks for itself; a selection that ends here is no click.
    const bool isClick = event->button() == Qt::LeftButton && !textCursor().hasSelection()
                         && anchorAt(event->position().toPoint()).isEmpty();
    QTextBrowser::mouseReleaseEvent(event);
    const int sentence = sentenceAt(event->position().toPoint());
    if (isClick && sentence >= 0)
        Q_EMIT sentenceChosen(sentence);
}

void SummaryView::leaveEvent(QEvent *event)
{
    QTextBrowser::leaveEvent(event);
    hover(-1);
}

void SummaryView::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && document())
        render();
}

void SummaryView::paintEvent(QPaintEvent *event)
{
    if (m_isWaiting && !m_patience.isActive()) {
        paintSkeleton();
        return;
    }
    const Colors &colors = Colors::of(palette());
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.soft);
    const QPointF origin(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
    for (QTextBlock block = document()->begin(); block.isValid() && !m_sentences.empty(); block = block.next()) {
        const QRectF place = document()->documentLayout()->blockBoundingRect(block).translated(origin);
        if (block.blockNumber() == m_hovered) {
            QRectF words;
            for (int i = 0; i < block.layout()->lineCount(); ++i)
                words |= block.layout()->lineAt(i).rect();
            painter.drawRoundedRect(words.translated(place.topLeft()).adjusted(-8, -3, 8, 3), 6, 6);
        }
        // A round field behind the label, which is the last piece of the block.
        const auto label = block.text().lastIndexOf(u' ') + 1;
        const QTextLine line = block.layout()->lineForTextPosition(static_cast<int>(label));
        if (!line.isValid())
            continue;
        const double left = line.cursorToX(static_cast<int>(label));
        const double right = line.cursorToX(block.length() - 1);
        const QFontMetricsF metrics(fontFor(TextStyle::Rail));
        const double base = place.top() + line.y() + line.ascent();
        painter.drawRoundedRect(
            QRectF(place.left() - block.layout()->position().x() + left + block.layout()->position().x(),
                   base - metrics.ascent() - 1, right - left, metrics.height() + 2),
            4, 4);
    }
    painter.end();
    QTextBrowser::paintEvent(event);
}

void SummaryView::paintSkeleton()
{
    const Colors &colors = Colors::of(palette());
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(colors.surface, colors.line, 0.6));
    const double width = std::min(viewport()->width() - 2 * padding, columnWidth);
    double y = padding;
    for (const double share : {0.96, 0.90, 0.55, 0.0, 0.93, 0.72}) {
        if (share > 0)
            painter.drawRoundedRect(QRectF(padding, y, width * share, 10), 4, 4);
        y += 22;
    }
}

} // namespace quintet::ui
