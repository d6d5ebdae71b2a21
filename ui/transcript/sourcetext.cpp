// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/sourcetext.h"

#include "ui/transcript/messageflow.h"
#include "ui/transcript/partrows.h"

#include <algorithm>

namespace quintet::ui {

namespace {

QString sourceInPart(const MessageFlow &flow, size_t firstRow, int start, size_t lastRow, int end)
{
    const Row &first = flow.row(firstRow);
    const Row &last = flow.row(lastRow);
    const bool isPartial = firstRow == lastRow && (start > 0 || end < first.text().size());
    const QString *markdown = markdownOf(flow.message().parts[first.part], true);
    if (!first.leaf() || !markdown || isPartial) {
        QString text;
        for (size_t i = firstRow; i <= lastRow; ++i) {
            const QString rowText = flow.row(i).text();
            const qsizetype from = i == firstRow ? start : 0;
            const qsizetype to = i == lastRow ? end : rowText.size();
            text += (i > firstRow ? QStringLiteral("\n") : QString())
                    + rowText.sliced(from, std::max<qsizetype>(to - from, 0));
        }
        return text.replace(QChar::LineSeparator, u'\n');
    }
    const auto sourceAt = [](const text::LeafBlock &leaf, qsizetype position) {
        for (const text::Run &run : leaf.runs) {
            if (position < run.span.end)
                return std::min(run.source.start + position - run.span.start, run.source.end);
        }
        return leaf.source.end;
    };
    const qsizetype from = start == 0 ? first.leaf()->source.start : sourceAt(*first.leaf(), start);
    const qsizetype to = end >= last.text().size() ? last.leaf()->source.end : sourceAt(*last.leaf(), end);
    return markdown->sliced(from, std::clamp<qsizetype>(to - from, 0, markdown->size() - from));
}

} // namespace

QString sourceText(const MessageFlow &flow, size_t firstRow, int start, size_t lastRow, int end)
{
    QStringList pieces;
    for (size_t i = firstRow; i <= lastRow && i < flow.rowCount();) {
        size_t last = i;
        while (last < lastRow && flow.row(last + 1).part == flow.row(i).part && flow.row(last + 1).leaf()
               && flow.row(i).leaf())
            ++last;
        const int to = last == lastRow ? end : static_cast<int>(flow.row(last).text().size());
        pieces << sourceInPart(flow, i, i == firstRow ? start : 0, last, to);
        i = last + 1;
    }
    return pieces.join(QStringLiteral("\n\n"));
}

} // namespace quintet::ui
