// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/steps/codebox.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/transcript/rows/codehighlighter.h"

#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

namespace quintet::ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int mostLines = 12;
constexpr int linesAround = 2;
constexpr int padding = 10;
constexpr double radius = 8;

/// Without what stays, but for a few lines around what does not.
std::vector<agent::DiffLine> withoutFarLines(const std::vector<agent::DiffLine> &diff)
{
    std::vector<bool> isNear(diff.size(), false);
    for (size_t i = 0; i < diff.size(); ++i) {
        if (diff[i].kind == agent::DiffLine::Same)
            continue;
        const size_t from = i < size_t(linesAround) ? 0 : i - linesAround;
        for (size_t j = from; j <= std::min(i + linesAround, diff.size() - 1); ++j)
            isNear[j] = true;
    }
    std::vector<agent::DiffLine> shown;
    for (size_t i = 0; i < diff.size(); ++i) {
        if (isNear[i])
            shown.push_back(diff[i]);
        else if (!shown.empty() && shown.back().text != u"…")
            shown.push_back({agent::DiffLine::Same, u"…"_s});
    }
    return shown;
}

} // namespace

CodeBox::CodeBox(const QString &name, const QString &text, const QString &language, CodeHighlighter &highlighter)
    : m_highlighter(highlighter),
      m_text(text.trimmed()),
      m_language(language)
{
    prepare(name);
    setPlainText(m_text);
    connect(&m_highlighter, &CodeHighlighter::done, this, [this](quint64 chain) {
        if (chain == CodeHighlighter::chain(0, m_language, m_text))
            colour();
    });
    colour();
}

CodeBox::CodeBox(const QString &name, const std::vector<agent::DiffLine> &diff, CodeHighlighter &highlighter)
    : m_highlighter(highlighter),
      m_diff(withoutFarLines(diff))
{
    prepare(name);
    QStringList lines;
    for (const agent::DiffLine &line : m_diff) {
        const QChar mark = line.kind == agent::DiffLine::Added     ? u'+'
                           : line.kind == agent::DiffLine::Removed ? u'-'
                                                                   : u' ';
        lines << mark + u' ' + line.text;
    }
    setPlainText(lines.join(u'\n'));
    colour();
}

void CodeBox::prepare(const QString &name)
{
    setObjectName(name);
    setAccessibleName(tr("Code"));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setFont(fontFor(TextStyle::Code));
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setViewportMargins(padding + 2, padding - 2, padding, padding - 2);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
}

void CodeBox::colour()
{
    if (!m_diff.empty()) {
        colourDiff();
        return;
    }
    if (m_language.isEmpty())
        return;
    const quint64 chain = CodeHighlighter::chain(0, m_language, m_text);
    const auto *spans = m_highlighter.spans(chain);
    if (!spans) {
        m_highlighter.ask(0, chain, m_language, m_text);
        return;
    }
    const Colors &colors = Colors::of(palette());
    QList<QTextEdit::ExtraSelection> selections;
    for (const CodeSpan &span : *spans) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(std::min(span.start, int(m_text.size())));
        selection.cursor.setPosition(std::min(span.start + span.size, int(m_text.size())), QTextCursor::KeepAnchor);
        selection.format.setForeground(colourOf(span.role, colors));
        selections << selection;
    }
    setExtraSelections(selections);
}

void CodeBox::colourDiff()
{
    const Colors &colors = Colors::of(palette());
    QList<QTextEdit::ExtraSelection> selections;
    QTextBlock block = document()->firstBlock();
    for (const agent::DiffLine &line : m_diff) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(block);
        selection.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        selection.format.setForeground(line.kind == agent::DiffLine::Added     ? colors.good
                                       : line.kind == agent::DiffLine::Removed ? colors.bad
                                                                               : colors.second);
        selections << selection;
        block = block.next();
    }
    setExtraSelections(selections);
}

void CodeBox::fitHeight()
{
    // A plain text document's height is in lines, as they are wrapped now.
    const double lines = std::clamp(document()->documentLayout()->documentSize().height(), 1.0, double(mostLines));
    const QTextBlock first = document()->firstBlock();
    const double line = blockBoundingRect(first).height() / std::max(1, first.layout()->lineCount());
    const int height = qCeil(lines * line) + 2 * padding;
    if (height != minimumHeight())
        setFixedHeight(height);
}

void CodeBox::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void CodeBox::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

/// The box around the viewport, which is inset.
bool CodeBox::event(QEvent *event)
{
    if (event->type() == QEvent::Paint) {
        const Colors &colors = Colors::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(colors.line);
        painter.setBrush(colors.code);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    return QPlainTextEdit::event(event);
}

} // namespace quintet::ui
