// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/proserow.h"

#include "ui/theme/colors.h"
#include "ui/transcript/rows/paint.h"

#include <QPainter>

#include <algorithm>

namespace quintet::ui {

using text::Container;
using text::LeafKind;

QFont ProseRow::baseFont() const
{
    const text::LeafBlock &leaf = *m_row.leaf();
    if (leaf.kind == LeafKind::Heading)
        return face().headingFont(leaf.level);
    const QFont font = face().font(m_row.isInset ? TextStyle::Base : TextStyle::Reading);
    return leaf.kind == LeafKind::Formula ? face().codeFont(font) : font;
}

bool ProseRow::update(const Row &row)
{
    const text::LeafBlock *leaf = row.leaf();
    if (!leaf || leaf->kind == LeafKind::Code || leaf->kind == LeafKind::TableRow)
        return false;
    const bool goesOn = m_piece && m_row.leaf()->kind == leaf->kind && m_row.leaf()->level == leaf->level
                        && m_row.isInset == row.isInset;
    m_row = row;
    if (!goesOn) {
        const QFont font = baseFont();
        const bool isQuiet = row.isInset || std::ranges::contains(leaf->containers, Container::Quote, &Container::kind);
        const double pitch =
            leaf->kind == LeafKind::Heading ? face().readingPitch(font) * 0.84 : face().readingPitch(font);
        m_piece = std::make_unique<TextPiece>(
            face(), TextPiece::Setting{.font = font,
                                       .color = isQuiet ? face().colors().second : face().colors().text,
                                       .pitch = pitch});
    }
    m_piece->setText(leaf->text, face().formats(*leaf, baseFont()));
    m_isRightToLeft = leaf->text.isRightToLeft();
    return true;
}

double ProseRow::indentOf(const Container &container) const
{
    switch (container.kind) {
    case Container::Quote: return face().px(16);
    case Container::Item: return face().px(24);
    case Container::Footnote: return face().px(28);
    }
    Q_UNREACHABLE();
}

double ProseRow::layOut(double width)
{
    const text::LeafBlock &leaf = *m_row.leaf();
    m_width = width;
    m_indent = m_row.isInset ? face().px(16) : 0;
    for (const Container &container : leaf.containers)
        m_indent += indentOf(container);
    m_indent = std::min(m_indent, width / 2);
    const QSizeF padding = leaf.kind == LeafKind::Formula ? QSizeF(face().px(12), face().px(8)) : QSizeF(0, 0);
    m_origin = {(m_isRightToLeft ? 0 : m_indent) + padding.width(), padding.height()};
    if (leaf.kind == LeafKind::Rule) {
        m_height = face().px(17);
        return m_height;
    }
    m_height = m_piece->layOut(width - m_indent - 2 * padding.width()) + 2 * padding.height();
    findTargets();
    return m_height;
}

void ProseRow::findTargets()
{
    m_targets.clear();
    for (const text::Run &run : m_row.leaf()->runs) {
        Target::Kind kind{};
        if (run.styles & text::LinkStyle)
            kind = Target::Link;
        else if (run.styles & text::CitationStyle)
            kind = Target::Citation;
        else if (run.styles & text::FootnoteStyle)
            kind = Target::Footnote;
        else
            continue;
        // A link of several runs is one target.
        const bool goesOn = kind == Target::Link && !m_targets.empty() && m_targets.back().kind == kind
                            && m_targets.back().value == run.target;
        if (!goesOn)
            m_targets.push_back({kind, run.target, {}, {}});
        m_targets.back().text += run.span.of(m_row.leaf()->text);
        m_piece->forEachRect(run.span,
                             [this](QRectF rect) { m_targets.back().rects.push_back(rect.translated(m_origin)); });
    }
}

void ProseRow::paint(QPainter *painter, const RowPaint &how) const
{
    const Colors &colors = face().colors();
    paintContainers(painter);
    if (m_row.leaf()->kind == LeafKind::Rule) {
        const double y = std::floor(m_height / 2) + 0.5;
        painter->setPen(colors.line);
        painter->drawLine(QPointF(m_indent, y), QPointF(m_width, y));
        return;
    }
    if (m_row.leaf()->kind == LeafKind::Formula)
        paintFrame(painter, {m_isRightToLeft ? 0 : m_indent, 0, m_width - m_indent, m_height}, true, true, colors.code,
                   colors.line, 7);
    paintChips(painter, how.clip);
    m_piece->draw(painter, m_origin, how.clip, overlays(how, face(), {0, m_piece->text().size()}));
    paintFocus(painter, m_targets, how, face());
}

void ProseRow::paintContainers(QPainter *painter) const
{
    const Colors &colors = face().colors();
    double x = 0;
    const auto place = [&](double at, double width) { return m_isRightToLeft ? m_width - at - width : at; };
    if (m_row.isInset) {
        painter->fillRect(QRectF(place(face().px(5), 2), -face().px(6), 2, m_height + face().px(6)), colors.line);
        x += face().px(16);
    }
    painter->setFont(baseFont());
    const double pitch = face().readingPitch(face().font(m_row.isInset ? TextStyle::Base : TextStyle::Reading));
    for (const Container &container : m_row.leaf()->containers) {
        const double width = indentOf(container);
        if (container.kind == Container::Quote) {
            painter->fillRect(QRectF(place(x, 3), -face().px(4), 3, m_height + face().px(8)), colors.line);
        } else if (!container.marker.isEmpty()) {
            const double end = width - face().px(8);
            painter->setPen(colors.second);
            painter->setFont(
                face().font(container.kind == Container::Footnote ? TextStyle::Facts : TextStyle::Reading));
            const QRectF rect(place(x - face().px(40), end + face().px(40)), m_origin.y(), end + face().px(40), pitch);
            painter->drawText(rect, (m_isRightToLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter,
                              container.marker);
        }
        x += width;
    }
}

void ProseRow::paintChips(QPainter *painter, const QRectF &clip) const
{
    const Colors &colors = face().colors();
    if (m_row.leaf()->kind == LeafKind::Formula)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    const text::Span seen = m_piece->between(clip.top() - m_origin.y(), clip.bottom() - m_origin.y());
    const std::vector<text::Run> &runs = m_row.leaf()->runs;
    auto at = std::ranges::upper_bound(runs, seen.start, {}, [](const text::Run &run) { return run.span.end; });
    for (; at != runs.end() && at->span.start < seen.end; ++at) {
        const text::Run &run = *at;
        const bool isMark = run.styles & (text::CitationStyle | text::FootnoteStyle);
        if (!isMark && !(run.styles & (text::CodeStyle | text::FormulaStyle)))
            continue;
        painter->setBrush(isMark ? colors.soft : mixed(colors.surface, colors.text, 0.06));
        m_piece->forEachRect(
            run.span, [&](QRectF rect) { painter->drawRoundedRect(rect.translated(m_origin), 4, 4); }, 2);
    }
    painter->restore();
}

int ProseRow::positionAt(QPointF point) const
{
    return m_piece->positionAt(point - m_origin);
}

QRectF ProseRow::caretAt(int position) const
{
    return m_piece->caretAt(position).translated(m_origin);
}

text::Span ProseRow::lineAt(int position) const
{
    return m_piece->lineAt(position);
}

double ProseRow::naturalWidth() const
{
    return m_isRightToLeft || m_row.leaf()->kind == LeafKind::Rule ? m_width : m_indent + m_piece->textWidth();
}

} // namespace quintet::ui
