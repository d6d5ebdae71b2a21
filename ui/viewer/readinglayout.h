// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextDocumentLayout>
#include <QPlainTextEdit>

#include <set>

namespace quintet::ui {

/// The layout of a QPlainTextEdit, which lays out only what is seen, with the line height of a text for reading, which
/// that one lacks; and with room for a label above some of its blocks.
///
/// Invariant: a block is ours when its first line lies below the top; Qt's own code puts it at the top.
class ReadingLayout final : public QPlainTextDocumentLayout {
    Q_OBJECT

public:
    static constexpr double labelHeight = 26;

    ReadingLayout(QTextDocument *document, const QPlainTextEdit *view);

    QRectF blockBoundingRect(const QTextBlock &block) const override;

    /// The numbers of the blocks that have a label above them.
    void setLabelledBlocks(std::set<int> blocks);

private:
    double pitch() const;
    double top(const QTextBlock &block) const;
    void layOut(QTextBlock block) const;

    const QPlainTextEdit *m_view;
    std::set<int> m_labelled;
    mutable bool m_isTelling = false;
};

} // namespace quintet::ui
