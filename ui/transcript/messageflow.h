// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/markdownstream.h"
#include "ui/transcript/heighttree.h"
#include "ui/transcript/message.h"
#include "ui/transcript/rows/rowview.h"

namespace quintet::ui {

/// A message as rows one below the other. Until it is seen it is only a message with an estimated height; when it is
/// read its Markdown becomes rows, and rows that are seen become views. All of it can be forgotten again.
///
/// Heights are whole pixels, those of rows with the room above them. Use from the GUI thread.
class MessageFlow final {
public:
    MessageFlow(Message message, const Face &face, RowSources &sources);
    ~MessageFlow();
    Q_DISABLE_COPY_MOVE(MessageFlow)

    const Message &message() const { return m_message; }

    /// Adds Markdown to the last part, which becomes one of that kind if it is not. Reads it by update().
    void appendText(QStringView markdown);
    void appendReasoning(QStringView markdown);
    void setPart(size_t number, Part part); ///< one behind the last: adds it
    void setMessage(Message message);
    void finish(); ///< what is still read as it is written is read whole

    /// Reads what was appended; the first row that changed, or the number of rows.
    size_t update();

    void setFolded(size_t part, bool folded);
    bool isFolded(size_t part) const { return !isUnfolded(part); }

    bool isRead() const { return m_isRead; }
    void read();
    void forget(); ///< but the height
    void forgetViews(size_t keptFirst, size_t keptEnd);

    void setWidth(double width); ///< of the column; views are laid out anew when asked for

    size_t rowCount() const { return m_rows.size(); }
    const Row &row(size_t index) const { return m_rows[index].row; }
    RowView &view(size_t index); ///< laid out
    bool hasView(size_t index) const { return m_rows[index].view != nullptr; }
    bool isLaidOut(size_t index) const;
    void colourCode(size_t index); ///< takes what the highlighter found
    void renewView(size_t index);  ///< since what it is made of has come

    /// The whole code block that a row is of, what it says, and how it is shown.
    text::Span codeBlock(size_t row) const;
    QString codeOf(size_t row) const;
    void toggleWraps(size_t row);
    bool scrollSideways(size_t row, double by);

    int height() const;
    int rowTop(size_t index) const; ///< where its view starts
    size_t rowAt(int y) const;
    QRectF rowRect(size_t index) const; ///< in the column: of its view
    QRectF bubble() const;              ///< behind a user's message; empty for others

    QString plainText(); ///< all rows, a line each

    static constexpr size_t noRow = static_cast<size_t>(-1);

private:
    struct Slot {
        Row row;
        std::unique_ptr<RowView> view;
        double laidOutFor = -1; ///< width
        bool wraps = false;
    };

    bool isUnfolded(size_t part) const { return part < m_unfolded.size() && m_unfolded[part]; }
    text::MarkdownStream *openStream();
    Part &openPart(bool wantsText);
    void readPart(size_t number);
    void replaceRows(size_t first, size_t removed, std::vector<Row> rows);
    size_t rowsBefore(size_t part) const;
    int gap(size_t index) const;
    int estimate(const Row &row) const;
    int padding() const;
    double rowWidth() const;
    void estimateWhole();

    Message m_message;
    const Face &m_face;
    RowSources &m_sources;
    std::vector<Slot> m_rows;
    std::vector<size_t> m_live; ///< rows that may have a view
    HeightTree m_heights;
    std::vector<bool> m_unfolded;
    std::unique_ptr<text::MarkdownStream> m_stream; ///< of the last part, while the message is open
    size_t m_streamCards = 0;                       ///< rows of that part before its Markdown
    double m_width = 0;
    int m_estimate = 0;
    bool m_isRead = false;
};

} // namespace quintet::ui
