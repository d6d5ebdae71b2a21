// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/rows/rowview.h"
#include "ui/transcript/rows/textpiece.h"

namespace quintet::ui {

class CodeHighlighter;

/// A piece of a code block; the first has a bar with the language and what can be done with the code.
class CodeRow final : public RowView {
public:
    CodeRow(const Face &face, CodeHighlighter &highlighter);

    bool update(const Row &row) override;
    double layOut(double width) override;
    void paint(QPainter *painter, const RowPaint &how) const override;
    int positionAt(QPointF point) const override;
    QRectF caretAt(int position) const override;
    text::Span lineAt(int position) const override;
    const std::vector<Target> &targets() const override { return m_targets; }
    double naturalWidth() const override { return m_width; }
    bool scrollSideways(double by) override;
    void setWraps(bool wraps) override;

private:
    QList<QTextLayout::FormatRange> colours() const;
    void placeBar();
    double sidewaysRoom() const;
    void paintThumb(QPainter *painter) const;
    void paintBar(QPainter *painter, const RowPaint &how) const;

    CodeHighlighter &m_highlighter;
    Row m_row;
    TextPiece m_piece;
    std::vector<Target> m_targets;
    double m_width = 0;
    double m_indent = 0;
    double m_height = 0;
    QPointF m_origin; ///< of the text
    double m_scrolled = 0;
    bool m_wraps = false;
};

} // namespace quintet::ui
