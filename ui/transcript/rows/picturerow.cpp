// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/picturerow.h"

#include "ui/theme/colors.h"
#include "ui/transcript/rows/paint.h"
#include "ui/transcript/rows/pictureloader.h"

#include <QPainter>

#include <algorithm>

namespace quintet::ui {

namespace {

constexpr double highest = 480;

} // namespace

bool PictureRow::update(const Row &row)
{
    const text::LeafBlock *leaf = row.leaf();
    if (!leaf || leaf->kind != text::LeafKind::Image || leaf->runs.empty())
        return false;
    m_address = leaf->runs.front().target;
    m_path = PictureLoader::localFile(m_address);
    m_caption = std::make_unique<TextPiece>(face(), TextPiece::Setting{.font = face().font(TextStyle::Facts),
                                                                       .color = face().colors().second,
                                                                       .pitch = face().px(18)});
    m_caption->setText(leaf->text, {});
    m_pictures.ask(m_path);
    return true;
}

double PictureRow::layOut(double width)
{
    m_width = width;
    m_size = {};
    if (const QImage *image = m_pictures.picture(m_path); image && !image->isNull()) {
        m_size = QSizeF(image->size()) * face().zoom();
        const QSizeF room(std::min(width, m_size.width()), std::min(face().px(highest), m_size.height()));
        m_size.scale(room, Qt::KeepAspectRatio);
    }
    const double top = m_size.isEmpty() ? 0 : m_size.height() + face().px(4);
    const double height = top + m_caption->layOut(width);
    m_targets = {{Target::Link,
                  m_address,
                  m_caption->text(),
                  {QRectF(0, 0, std::max(m_size.width(), m_caption->textWidth()), height)}}};
    return height;
}

void PictureRow::paint(QPainter *painter, const RowPaint &how) const
{
    const QImage *image = m_pictures.picture(m_path);
    if (image && !m_size.isEmpty()) {
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawImage(QRectF(QPointF(), m_size), *image);
    }
    const double top = m_size.isEmpty() ? 0 : m_size.height() + face().px(4);
    m_caption->draw(painter, {0, top}, how.clip, overlays(how, face(), {0, m_caption->text().size()}));
    paintFocus(painter, m_targets, how, face());
}

int PictureRow::positionAt(QPointF point) const
{
    return m_caption->positionAt(point - QPointF(0, m_size.height()));
}

QRectF PictureRow::caretAt(int position) const
{
    return m_caption->caretAt(position).translated(0, m_size.isEmpty() ? 0 : m_size.height() + face().px(4));
}

text::Span PictureRow::lineAt(int position) const
{
    return m_caption->lineAt(position);
}

} // namespace quintet::ui
