// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/rowview.h"

#include "ui/transcript/rows/cardrow.h"
#include "ui/transcript/rows/coderow.h"
#include "ui/transcript/rows/picturerow.h"
#include "ui/transcript/rows/proserow.h"
#include "ui/transcript/rows/rowsources.h"
#include "ui/transcript/rows/tablerow.h"

#include <algorithm>
#include <cmath>

namespace quintet::ui {

using text::LeafKind;

QString Row::text() const
{
    if (const text::LeafBlock *block = leaf())
        return block->text;
    QString text;
    for (const Card::Piece &piece : card()->pieces)
        text += piece.text;
    return text;
}

int RowView::targetAt(QPointF point) const
{
    const std::vector<Target> &all = targets();
    const auto found = std::ranges::find_if(all, [point](const Target &target) {
        return std::ranges::any_of(target.rects, [point](const QRectF &rect) { return rect.contains(point); });
    });
    return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

std::unique_ptr<RowView> makeRowView(const Row &row, const Face &face, RowSources &sources)
{
    std::unique_ptr<RowView> view;
    if (row.card())
        view = std::make_unique<CardRow>(face);
    else if (row.leaf()->kind == LeafKind::Code)
        view = std::make_unique<CodeRow>(face, sources.highlighter);
    else if (row.leaf()->kind == LeafKind::TableRow)
        view = std::make_unique<TableRow>(face);
    else if (row.leaf()->kind == LeafKind::Image
             && !PictureLoader::localFile(row.leaf()->runs.front().target).isEmpty())
        view = std::make_unique<PictureRow>(face, sources.pictures);
    else
        view = std::make_unique<ProseRow>(face);
    view->update(row);
    return view;
}

double gapBefore(const Row &row, const Row *previous, const Face &face)
{
    if (!previous)
        return 0;
    const text::LeafBlock *leaf = row.leaf();
    const text::LeafBlock *before = previous->leaf();
    if (!leaf || !before)
        return face.px(row.isInset || row.card() ? 8 : 12);
    if (!leaf->isFirst && leaf->kind == before->kind)
        return 0;
    if (leaf->kind == LeafKind::Heading)
        return face.px(leaf->level < 3 ? 24 : 18);
    if (before->kind == LeafKind::Heading)
        return face.px(6);
    const bool isItem = !leaf->containers.empty() && leaf->containers.back().kind == text::Container::Item;
    const bool isProse = leaf->kind == LeafKind::Paragraph && before->kind == LeafKind::Paragraph;
    if (isItem && isProse && !before->containers.empty())
        return face.px(4);
    return face.px(row.isInset ? 6 : 12);
}

double estimatedHeight(const Row &row, const Face &face, double width)
{
    const text::LeafBlock *leaf = row.leaf();
    if (!leaf)
        return face.px(row.card()->frame == Card::None ? 20 : 64);
    if (leaf->kind == LeafKind::Code)
        return face.px(19) * static_cast<double>(leaf->text.count(u'\n') + 1) + face.px(leaf->isFirst ? 40 : 0);
    if (leaf->kind == LeafKind::TableRow)
        return face.px(34);
    const double columns = std::max(8.0, width / face.px(7));
    return face.px(23) * std::ceil(static_cast<double>(leaf->text.size() + 1) / columns);
}

} // namespace quintet::ui
