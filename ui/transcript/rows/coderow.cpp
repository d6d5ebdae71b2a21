// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/coderow.h"

#include "ui/theme/colors.h"
#include "ui/transcript/rows/codehighlighter.h"
#include "ui/transcript/rows/paint.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace quintet::ui {

namespace {

constexpr double radius = 10;

QString tr(const char *text)
{
    return QCoreApplication::translate("quintet::ui::CodeRow", text);
}

/// A language as it is written, "Python" for "python".
QString displayName(const QString &language)
{
    static const QHash<QString, QString> names{{QStringLiteral("cpp"), QStringLiteral("C++")},
                                               {QStringLiteral("c++"), QStringLiteral("C++")},
                                               {QStringLiteral("csharp"), QStringLiteral("C#")},
                                               {QStringLiteral("js"), QStringLiteral("JavaScript")},
                                               {QStringLiteral("javascript"), QStringLiteral("JavaScript")},
                                               {QStringLiteral("ts"), QStringLiteral("TypeScript")},
                                               {QStringLiteral("typescript"), QStringLiteral("TypeScript")},
                                               {QStringLiteral("py"), QStringLiteral("Python")},
                                               {QStringLiteral("sh"), QStringLiteral("Shell")},
                                               {QStringLiteral("bash"), QStringLiteral("Shell")}};
    if (language.isEmpty())
        return tr("Code");
    const QString name = language.toLower();
    if (names.contains(name))
        return names.value(name);
    if (name.size() <= 4)
        return name.toUpper();
    return name.left(1).toUpper() + name.mid(1, 30);
}

TextPiece::Setting setting(const Face &face)
{
    const QFont font = face.font(TextStyle::Code);
    return {.font = font, .color = face.colors().text, .pitch = face.px(19.5), .wraps = false};
}

} // namespace

CodeRow::CodeRow(const Face &face, CodeHighlighter &highlighter)
    : RowView(face),
      m_highlighter(highlighter),
      m_piece(face, setting(face))
{
}

bool CodeRow::update(const Row &row)
{
    const text::LeafBlock *leaf = row.leaf();
    if (!leaf || leaf->kind != text::LeafKind::Code)
        return false;
    m_row = row;
    QString text = leaf->text;
    text.replace(u'\n', QChar::LineSeparator);
    m_piece.setText(text, colours());
    return true;
}

QList<QTextLayout::FormatRange> CodeRow::colours() const
{
    QList<QTextLayout::FormatRange> ranges;
    const std::vector<CodeSpan> *spans = m_highlighter.spans(m_row.chain);
    if (!spans)
        return ranges;
    for (const CodeSpan &span : *spans) {
        QTextCharFormat format;
        format.setForeground(colourOf(span.role, face().colors()));
        ranges.push_back({span.start, span.size, format});
    }
    return ranges;
}

double CodeRow::layOut(double width)
{
    const text::LeafBlock &leaf = *m_row.leaf();
    m_width = width;
    m_indent = m_row.isInset ? face().px(16) : 0;
    for (const text::Container &container : leaf.containers)
        m_indent += face().px(container.kind == text::Container::Item ? 24 : 16);
    m_indent = std::min(m_indent, width / 2);
    const double padding = face().px(13);
    const double bar = leaf.isFirst ? face().px(29) : 0;
    m_origin = {m_indent + padding, bar + (leaf.isFirst ? face().px(10) : 0)};
    m_height = m_origin.y() + m_piece.layOut(width - m_indent - 2 * padding) + (leaf.isLast ? face().px(10) : 0);
    placeBar();
    return m_height;
}

void CodeRow::placeBar()
{
    m_targets.clear();
    if (!m_row.leaf()->isFirst)
        return;
    const QFontMetricsF metrics(face().font(TextStyle::Small));
    double right = m_width - face().px(11);
    const std::pair<Target::Kind, QString> actions[] = {
        {Target::WrapCode, tr("Wrap")}, {Target::SaveCode, tr("Save")}, {Target::CopyCode, tr("Copy")}};
    for (const auto &[kind, text] : actions) {
        const double width = metrics.horizontalAdvance(text);
        m_targets.insert(
            m_targets.begin(),
            {kind, m_row.leaf()->language, text, {QRectF(right - width, face().px(4), width, face().px(21))}});
        right -= width + face().px(10);
    }
}

void CodeRow::paint(QPainter *painter, const RowPaint &how) const
{
    const Colors &colors = face().colors();
    const text::LeafBlock &leaf = *m_row.leaf();
    const QRectF box(m_indent, 0, m_width - m_indent, m_height);
    paintFrame(painter, box, leaf.isFirst, leaf.isLast, colors.code, colors.line, radius);
    if (leaf.isFirst)
        paintBar(painter, how);
    painter->save();
    painter->setClipRect(box.adjusted(2, 0, -2, 0), Qt::IntersectClip);
    m_piece.draw(painter, m_origin - QPointF(m_scrolled, 0), how.clip,
                 overlays(how, face(), {0, m_piece.text().size()}));
    painter->restore();
    paintThumb(painter);
    paintFocus(painter, m_targets, how, face());
}

void CodeRow::paintBar(QPainter *painter, const RowPaint &how) const
{
    const Colors &colors = face().colors();
    const double bottom = face().px(28) + 0.5;
    painter->setPen(colors.line);
    painter->drawLine(QPointF(m_indent + 1, bottom), QPointF(m_width - 1, bottom));
    painter->setFont(face().font(TextStyle::Small));
    painter->setPen(colors.second);
    painter->drawText(QRectF(m_indent + face().px(11), 0, m_width / 2, face().px(28)), Qt::AlignVCenter | Qt::AlignLeft,
                      displayName(m_row.leaf()->language));
    for (size_t i = 0; i < m_targets.size(); ++i) {
        const bool isOn = m_targets[i].kind == Target::WrapCode && m_wraps;
        painter->setPen(isOn ? colors.accent : static_cast<int>(i) == how.hovered ? colors.text : colors.second);
        painter->drawText(m_targets[i].rects.front(), Qt::AlignCenter, m_targets[i].text);
    }
}

int CodeRow::positionAt(QPointF point) const
{
    return m_piece.positionAt(point - m_origin + QPointF(m_scrolled, 0));
}

QRectF CodeRow::caretAt(int position) const
{
    return m_piece.caretAt(position).translated(m_origin - QPointF(m_scrolled, 0));
}

text::Span CodeRow::lineAt(int position) const
{
    return m_piece.lineAt(position);
}

double CodeRow::sidewaysRoom() const
{
    return m_piece.textWidth() - (m_width - m_indent - 2 * face().px(13));
}

void CodeRow::paintThumb(QPainter *painter) const
{
    const double room = sidewaysRoom();
    if (!m_row.leaf()->isLast || m_wraps || room <= 0)
        return;
    const double track = m_width - m_indent - 2 * face().px(13);
    const double width = std::max(face().px(24), track * track / (track + room));
    const double x = m_indent + face().px(13) + (track - width) * m_scrolled / room;
    painter->fillRect(QRectF(x, m_height - face().px(6), width, face().px(3)), face().colors().line);
}

bool CodeRow::scrollSideways(double by)
{
    const double room = sidewaysRoom();
    const double to = m_wraps ? 0 : std::clamp(m_scrolled + by, 0.0, std::max(0.0, room));
    const bool moved = to != m_scrolled;
    m_scrolled = to;
    return moved || room > 0;
}

void CodeRow::setWraps(bool wraps)
{
    m_wraps = wraps;
    m_scrolled = 0;
    m_piece.setWraps(wraps);
}

} // namespace quintet::ui
