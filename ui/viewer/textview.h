// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/span.h"

#include <QPlainTextEdit>
#include <QTimer>

#include <vector>

namespace quintet::ui {

class ReadingLayout;

/// A text to read, of any size, with passages marked in it; or to write. Large ones are taken in slices between
/// frames, and only what is seen is laid out. Positions are UTF-16 units of the text that was given.
class TextView final : public QPlainTextEdit {
    Q_OBJECT

public:
    /// A line above the text at a position: the number of a page.
    struct Label {
        qsizetype position = 0;
        QString text;

        bool operator==(const Label &) const = default;
    };

    /// The largest text that may be written or pasted here; a larger one is handed to largeTextGiven().
    static constexpr qsizetype largestWritten = 400'000;

    explicit TextView(const QString &name);

    /// Shows `text`, which cannot be changed then; headings of Markdown stand out.
    void showText(const QString &text, std::vector<Label> labels, bool isMarkdown);

    /// Lets `text` be edited; textChanged() is not emitted for it.
    void editText(const QString &text);

    void setMarks(std::vector<text::Span> marks);
    void clearMarks() { setMarks({}); }

    /// Sets one mark off from the others; -1: none.
    void setMarkInFocus(int mark);

    /// Scrolls to a mark.
    void reveal(int mark);

    bool isLoading() const { return m_loading.isActive(); }

Q_SIGNALS:
    void filesGiven(const QStringList &paths); ///< dropped or pasted
    void largeTextGiven(const QString &text);

protected:
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void loadSlice();
    void placeLabels();
    void formatHeadings(int from);
    void paintMarks();
    void fitMargins();

    ReadingLayout *m_layout;
    QTimer m_loading;
    QString m_text;
    qsizetype m_loaded = 0;
    bool m_isMarkdown = false;
    std::vector<Label> m_labels;
    std::vector<std::pair<int, QString>> m_blockLabels; ///< by the number of the block
    std::vector<text::Span> m_marks;
    int m_inFocus = -1;
    int m_awaited = -1; ///< the mark to be revealed once the whole text is there
};

} // namespace quintet::ui
