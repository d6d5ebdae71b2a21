// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/cardrow.h"

#include "ui/theme/colors.h"
#include "ui/theme/icons.h"
#include "ui/transcript/rows/paint.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace quintet::ui {

namespace {

QColor inkOf(Card::Tone tone, const Colors &colors)
{
    switch (tone) {
    case Card::Text: return colors.text;
    case Card::Second: return colors.second;
    case Card::Accent: return colors.accent;
    case Card::Bad: return colors.bad;
    }
    Q_UNREACHABLE();
}

} // namespace

bool CardRow::update(const Row &row)
{
    const Card *card = row.card();
    if (!card)
        return false;
    m_row = row;
    const QFont font = face().font(card->isSmall ? TextStyle::Facts : TextStyle::Base);
    m_piece = std::make_unique<TextPiece>(
        face(),
        TextPiece::Setting{.font = font, .color = face().colors().text, .pitch = face().px(card->isSmall ? 18 : 20)});
    QList<QTextLayout::FormatRange> formats;
    QString text;
    for (const Card::Piece &piece : card->pieces) {
        QTextCharFormat format;
        QFont pieceFont = piece.isCode ? face().codeFont(font) : font;
        if (piece.isStrong)
            pieceFont.setWeight(QFont::DemiBold);
        format.setFont(pieceFont);
        format.setForeground(inkOf(piece.tone, face().colors()));
        formats.push_back({static_cast<int>(text.size()), static_cast<int>(piece.text.size()), format});
        text += piece.text;
    }
    m_piece->setText(text, formats);
    return true;
}

double CardRow::layOut(double width)
{
    const Card &card = *m_row.card();
    m_width = width;
    const double padding = card.frame == Card::None ? 0 : face().px(12);
    const double picture =
        card.fold != Card::NoFold || !card.icon.isEmpty() ? face().px(card.icon.isEmpty() ? 12 : 18) : 0;
    m_origin = {padding + picture, padding > 0 ? face().px(9) : 0};
    double height = m_piece->layOut(std::max(width - picture - 2 * padding, 20.0));
    findTargets();
    if (!card.buttons.empty())
        height = placeButtons(m_origin.y() + height + face().px(card.pieces.empty() ? 0 : 8)) - m_origin.y();
    m_height = height + 2 * m_origin.y();
    return m_height;
}

void CardRow::findTargets()
{
    const Card &card = *m_row.card();
    m_targets.clear();
    if (card.fold != Card::NoFold) {
        const double width = std::min(m_width, m_origin.x() + m_piece->textWidth() + face().px(4));
        m_targets.push_back({Target::Fold, {}, m_row.text(), {QRectF(0, m_origin.y(), width, m_piece->height())}});
    }
    qsizetype start = 0;
    for (const Card::Piece &piece : card.pieces) {
        if (piece.target) {
            m_targets.push_back({*piece.target, piece.value, piece.text.trimmed(), {}});
            m_piece->forEachRect({start, start + piece.text.size()},
                                 [this](QRectF rect) { m_targets.back().rects.push_back(rect.translated(m_origin)); });
        }
        start += piece.text.size();
    }
    m_firstButton = m_targets.size();
}

double CardRow::placeButtons(double top)
{
    const QFontMetricsF metrics(face().font(TextStyle::Small));
    const double height = face().px(26);
    double x = m_origin.x();
    for (const Card::Button &button : m_row.card()->buttons) {
        const double width = std::ceil(metrics.horizontalAdvance(button.text)) + face().px(22);
        if (x > m_origin.x() && x + width > m_width - face().px(8)) {
            x = m_origin.x();
            top += height + face().px(6);
        }
        m_targets.push_back({Target::Button, button.id, button.text, {QRectF(x, top, width, height)}});
        x += width + face().px(8);
    }
    return top + height;
}

void CardRow::paint(QPainter *painter, const RowPaint &how) const
{
    const Card &card = *m_row.card();
    const Colors &colors = face().colors();
    if (card.frame != Card::None) {
        const bool isError = card.frame == Card::Error;
        paintFrame(painter, {0, 0, m_width, m_height}, true, true, isError ? colors.badSoft : colors.sunken,
                   isError ? mixed(colors.badSoft, colors.bad, 0.25) : colors.line, 10);
    }
    const double line = m_piece->lineAt(0).isEmpty() ? face().px(18) : m_piece->caretAt(0).height();
    const double middle = m_origin.y() + m_piece->caretAt(0).y() + line / 2;
    if (card.fold != Card::NoFold) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.second);
        const double size = face().px(3);
        const QPointF at(m_origin.x() - face().px(9), middle);
        if (card.fold == Card::Folded)
            painter->drawPolygon(
                QPolygonF{at + QPointF(-size + 1, -size), at + QPointF(size, 0), at + QPointF(-size + 1, size)});
        else
            painter->drawPolygon(
                QPolygonF{at + QPointF(-size, -size + 1), at + QPointF(size, -size + 1), at + QPointF(0, size)});
        painter->restore();
    } else if (!card.icon.isEmpty()) {
        const double size = face().px(13);
        paintIcon(painter, icon(card.icon),
                  QRectF(m_origin.x() - face().px(18), middle - size / 2, size, size).toRect(),
                  card.frame == Card::Error ? colors.bad : colors.second);
    }
    m_piece->draw(painter, m_origin, how.clip, overlays(how, face(), {0, m_piece->text().size()}));
    for (size_t i = 0; i < card.buttons.size(); ++i)
        paintButton(painter, card.buttons[i], m_targets[m_firstButton + i],
                    how.hovered == static_cast<int>(m_firstButton + i));
    paintFocus(painter, m_targets, how, face());
}

void CardRow::paintButton(QPainter *painter, const Card::Button &button, const Target &target, bool isHovered) const
{
    const Colors &colors = face().colors();
    const QColor fill = button.isPrimary ? colors.accent : colors.surface;
    paintFrame(painter, target.rects.front(), true, true, isHovered ? mixed(fill, colors.text, 0.06) : fill,
               button.isPrimary ? QColor() : colors.line, 7);
    painter->setFont(face().font(TextStyle::Small));
    painter->setPen(button.isPrimary ? colors.accentText : button.isDestructive ? colors.bad : colors.text);
    painter->drawText(target.rects.front(), Qt::AlignCenter, button.text);
}

int CardRow::positionAt(QPointF point) const
{
    return m_piece->positionAt(point - m_origin);
}

QRectF CardRow::caretAt(int position) const
{
    return m_piece->caretAt(position).translated(m_origin);
}

text::Span CardRow::lineAt(int position) const
{
    return m_piece->lineAt(position);
}

double CardRow::naturalWidth() const
{
    return m_row.card()->frame == Card::None ? m_origin.x() + m_piece->textWidth() : m_width;
}

} // namespace quintet::ui
