// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/textview.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/viewer/readinglayout.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

namespace quintet::ui {

namespace {

constexpr qsizetype sliceSize = 48 * 1024;
constexpr qsizetype longestLine = 6000; // a longer one is broken at a space, since a line is laid out in one go
constexpr int columnWidth = 720;
constexpr int padding = 20;

/// `text` with a line break in place of a space wherever a line is so long that laying it out would be felt. The same
/// length, so that positions stay true.
QString withShortLines(QString text)
{
    qsizetype start = 0;
    qsizetype space = -1;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'\n') {
            start = i + 1;
            space = -1;
        } else if (c == u' ') {
            space = i;
        }
        if (i - start >= longestLine && space > start) {
            text[space] = u'\n';
            start = space + 1;
            space = -1;
        }
    }
    return text;
}

QStringList filesIn(const QMimeData &data)
{
    QStringList files;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    return files;
}

} // namespace

TextView::TextView(const QString &name)
{
    setObjectName(name);
    auto *text = new QTextDocument(this);
    text->setDocumentMargin(0);
    text->setDefaultFont(fontFor(TextStyle::Reading));
    m_layout = new ReadingLayout(text, this);
    text->setDocumentLayout(m_layout);
    setDocument(text);
    setFont(fontFor(TextStyle::Reading));
    setFrameShape(QFrame::NoFrame);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    m_loading.setInterval(0);
    connect(&m_loading, &QTimer::timeout, this, &TextView::loadSlice);
    fitMargins();
}

void TextView::showText(const QString &text, std::vector<Label> labels, bool isMarkdown)
{
    const QSignalBlocker blocker(this);
    m_marks.clear();
    m_labels = std::move(labels);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    clear();
    m_text = text;
    m_loaded = 0;
    m_awaited = -1;
    m_isMarkdown = isMarkdown;
    m_loading.start();
    loadSlice();
}

void TextView::editText(const QString &text)
{
    const QSignalBlocker blocker(this);
    m_loading.stop();
    m_text.clear();
    m_labels.clear();
    m_marks.clear();
    placeLabels();
    setReadOnly(false);
    setTextInteractionFlags(Qt::TextEditorInteraction);
    setPlainText(text);
    setUndoRedoEnabled(true);
    paintMarks();
}

void TextView::loadSlice()
{
    const QSignalBlocker blocker(this);
    qsizetype end = std::min(m_loaded + sliceSize, m_text.size());
    // Whole lines, so that no line is laid out twice.
    if (const qsizetype line = m_text.indexOf(u'\n', end); line >= 0 && line - end < longestLine)
        end = line + 1;
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.setCharFormat({});
    cursor.insertText(withShortLines(m_text.sliced(m_loaded, end - m_loaded)));
    if (m_isMarkdown)
        formatHeadings(static_cast<int>(m_loaded));
    m_loaded = end;
    placeLabels();
    if (m_loaded < m_text.size())
        return;
    m_loading.stop();
    paintMarks();
    reveal(std::exchange(m_awaited, -1));
}

void TextView::formatHeadings(int from)
{
    QTextCharFormat heading;
    heading.setFontWeight(QFont::DemiBold);
    for (QTextBlock block = document()->findBlock(from); block.isValid(); block = block.next()) {
        const QString line = block.text();
        const auto level = std::ranges::find_if(line, [](QChar c) { return c != u'#'; }) - line.begin();
        if (level < 1 || level > 6 || level == line.size() || line.at(level) != u' ')
            continue;
        QTextCursor cursor(block);
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.setCharFormat(heading);
    }
}

void TextView::placeLabels()
{
    if (m_labels.empty() && m_blockLabels.empty())
        return;
    if (m_labels.empty())
        m_blockLabels.clear();
    // Those of earlier slices stay: labels are in order.
    std::set<int> blocks;
    for (size_t i = m_blockLabels.size(); i < m_labels.size() && m_labels[i].position < m_loaded; ++i) {
        const int block = document()->findBlock(static_cast<int>(m_labels[i].position)).blockNumber();
        m_blockLabels.emplace_back(block, m_labels[i].text);
    }
    for (const auto &[block, label] : m_blockLabels)
        blocks.insert(block);
    m_layout->setLabelledBlocks(std::move(blocks));
}

void TextView::setMarks(std::vector<text::Span> marks)
{
    m_marks = std::move(marks);
    m_inFocus = -1;
    m_awaited = -1;
    paintMarks();
}

void TextView::setMarkInFocus(int mark)
{
    if (mark == m_inFocus)
        return;
    m_inFocus = mark;
    paintMarks();
}

void TextView::reveal(int mark)
{
    if (mark < 0 || mark >= static_cast<int>(m_marks.size()))
        return;
    if (m_loading.isActive()) {
        m_awaited = mark;
        return;
    }
    const text::Span span = m_marks[static_cast<size_t>(mark)];
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(std::min<qsizetype>(span.start, document()->characterCount() - 1)));
    setTextCursor(cursor);
    centerCursor();
}

void TextView::paintMarks()
{
    const Colors &colors = Colors::of(palette());
    QList<QTextEdit::ExtraSelection> selections;
    const qsizetype size = document()->characterCount() - 1;
    for (size_t i = 0; i < m_marks.size(); ++i) {
        const text::Span span = m_marks[i];
        if (span.end > size)
            continue;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(static_cast<int>(span.start));
        selection.cursor.setPosition(static_cast<int>(span.end), QTextCursor::KeepAnchor);
        const bool inFocus = static_cast<int>(i) == m_inFocus;
        selection.format.setBackground(inFocus ? mixed(colors.highlight, colors.warning, 0.28) : colors.highlight);
        selections << selection;
    }
    setExtraSelections(selections);
}

bool TextView::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasUrls() || QPlainTextEdit::canInsertFromMimeData(source);
}

void TextView::insertFromMimeData(const QMimeData *source)
{
    if (const QStringList files = filesIn(*source); !files.isEmpty())
        Q_EMIT filesGiven(files);
    else if (source->hasText() && document()->characterCount() + source->text().size() > largestWritten)
        Q_EMIT largeTextGiven(source->text());
    else
        QPlainTextEdit::insertFromMimeData(source);
}

void TextView::dragEnterEvent(QDragEnterEvent *event)
{
    // Files are welcome also where the text cannot be changed.
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
    else
        QPlainTextEdit::dragEnterEvent(event);
}

void TextView::dragMoveEvent(QDragMoveEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
    else
        QPlainTextEdit::dragMoveEvent(event);
}

void TextView::dropEvent(QDropEvent *event)
{
    if (const QStringList files = filesIn(*event->mimeData()); !files.isEmpty()) {
        event->acceptProposedAction();
        Q_EMIT filesGiven(files);
    } else {
        QPlainTextEdit::dropEvent(event);
    }
}

void TextView::resizeEvent(QResizeEvent *event)
{
    fitMargins();
    QPlainTextEdit::resizeEvent(event);
}

void TextView::fitMargins()
{
    const int side = std::max(padding, width() - columnWidth - padding);
    const QMargins margins = isRightToLeft() ? QMargins(side, 8, padding, 0) : QMargins(padding, 8, side, 0);
    if (viewportMargins() != margins)
        setViewportMargins(margins);
}

void TextView::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    if (m_blockLabels.empty())
        return;
    QPainter painter(viewport());
    painter.setFont(fontFor(TextStyle::Small));
    painter.setPen(Colors::of(palette()).second);
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > viewport()->height())
            break;
        const auto label =
            std::ranges::lower_bound(m_blockLabels, block.blockNumber(), {}, &std::pair<int, QString>::first);
        if (label != m_blockLabels.end() && label->first == block.blockNumber()) {
            const QRectF line(0, place.top(), viewport()->width(), ReadingLayout::labelHeight - 4);
            painter.drawText(line, Qt::AlignLeading | Qt::AlignVCenter, label->second);
        }
    }
}

void TextView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintMarks();
}

} // namespace quintet::ui
