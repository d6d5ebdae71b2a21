// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/span.h"
#include "ui/transcript/rows/face.h"
#include "ui/transcript/rows/row.h"

#include <memory>

class QPainter;

namespace quintet::ui {

struct RowSources;

/// What is drawn over a row's own text. Positions are those of Row::text().
struct RowPaint {
    QRectF clip; ///< in the row
    text::Span selection;
    std::vector<text::Span> matches; ///< of what is looked for
    int currentMatch = -1;           ///< among them
    int focused = -1;                ///< target with the keyboard's focus
    int hovered = -1;
    bool hasFocus = true;
    int caret = -1; ///< where a caret stands; -1: none
};

/// A row laid out. Lives while the row is near what is seen.
class RowView {
public:
    explicit RowView(const Face &face) : m_face(face) { ++m_face.work().live; }
    virtual ~RowView() { --m_face.work().live; }
    Q_DISABLE_COPY_MOVE(RowView)

    /// Takes `row` in place of the one before, if it can go on from it.
    virtual bool update(const Row &row) = 0;

    /// The height in that width, or that of the last time.
    virtual double layOut(double width) = 0;
    virtual void paint(QPainter *painter, const RowPaint &how) const = 0;

    virtual int positionAt(QPointF point) const = 0;
    virtual QRectF caretAt(int position) const = 0;
    virtual text::Span lineAt(int position) const = 0;

    virtual const std::vector<Target> &targets() const = 0;

    /// The width that its text takes; the most there is, where it takes all.
    virtual double naturalWidth() const = 0;

    /// From where down the last layOut() changed anything.
    virtual double changedFrom() const { return 0; }

    /// Moves what is wider than the row sideways; whether there was room.
    virtual bool scrollSideways(double) { return false; }

    /// Code breaks its lines, or not.
    virtual void setWraps(bool) { }

    int targetAt(QPointF point) const;

    const Face &face() const { return m_face; }

private:
    const Face &m_face;
};

/// The view that fits `row`.
std::unique_ptr<RowView> makeRowView(const Row &row, const Face &face, RowSources &sources);

/// The room that is left before `row` behind `previous`, which is null for the first.
double gapBefore(const Row &row, const Row *previous, const Face &face);

/// How high `row` will be in that width, before it is laid out.
double estimatedHeight(const Row &row, const Face &face, double width);

} // namespace quintet::ui
