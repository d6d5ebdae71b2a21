// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/messageflow.h"

#include <map>
#include <set>

namespace quintet::ui {

/// A place in a transcript's text.
struct TextPlace {
    size_t message = 0;
    size_t row = 0;
    int position = 0;

    auto operator<=>(const TextPlace &) const = default;
};

/// Messages one below the other, and the part of them that is seen. Only what is seen, or nearly, is laid out; heights
/// elsewhere are estimates until then. What is read stays where it is on the screen when anything above it changes: the
/// view is held either to the end or to a row.
///
/// Lengths are pixels of the content; the column starts at x = 0. Use from the GUI thread.
class TranscriptLayout final {
public:
    TranscriptLayout(const Face &face, RowSources &sources);

    // Messages
    size_t count() const { return m_flows.size(); }
    MessageFlow &flow(size_t index) { return *m_flows[index]; }
    const MessageFlow &flow(size_t index) const { return *m_flows[index]; }
    std::optional<size_t> indexOf(const QString &id) const;
    void setMessages(std::vector<Message> messages);
    void append(Message message);
    void remove(size_t first, size_t count);
    void heightChanged(size_t index); ///< after a flow was told something

    // What is seen
    void setViewport(double columnWidth, int height);
    int viewportHeight() const { return m_viewportHeight; }
    double columnWidth() const { return m_width; }
    qint64 contentHeight() const;
    qint64 top() const { return m_top; } ///< of the viewport in the content
    bool isAtEnd() const { return m_isAtEnd; }
    void scrollTo(qint64 top); ///< and hold to what is there, or to the end
    void scrollToEnd();
    void reveal(TextPlace place); ///< scrolls as little as shows it

    /// Lays out what is seen and what is about to be, and holds the view where it was.
    void settle();

    /// Forgets layouts of what is far away; call now and then.
    void forgetDistant();
    void forgetAllViews(); ///< since what they are drawn with has changed

    qint64 messageTop(size_t index) const;
    size_t messageAt(qint64 y) const;

    /// Calls for each row in [top, bottom) with its rectangle in the content.
    template<typename Visit>
    void forEachRow(qint64 top, qint64 bottom, Visit visit)
    {
        if (m_flows.empty())
            return;
        for (size_t i = messageAt(top); i < m_flows.size() && messageTop(i) < bottom; ++i) {
            MessageFlow &flow = *m_flows[i];
            const qint64 start = messageTop(i);
            flow.read();
            if (flow.rowCount() == 0)
                continue;
            for (size_t row = flow.rowAt(static_cast<int>(std::max<qint64>(top - start, 0)));
                 row < flow.rowCount() && start + flow.rowTop(row) < bottom; ++row)
                visit(i, row, flow.rowRect(row).translated(0, static_cast<double>(start)));
        }
    }

    /// The place nearest to a point of the content.
    TextPlace placeAt(QPointF point);
    QRectF caretAt(TextPlace place);
    TextPlace clamped(TextPlace place) const;

private:
    struct Anchor {
        size_t message = 0;
        size_t row = MessageFlow::noRow;
        qint64 above = 0; ///< pixels of it, and of what is between, above the top of the viewport
    };

    Anchor anchorAt(qint64 top) const;
    qint64 topOf(const Anchor &anchor) const;
    bool layOutBetween(qint64 top, qint64 bottom);
    qint64 largestTop() const;
    int gap() const;
    void rebuildIndex();
    void rebuildHeights();

    const Face &m_face;
    RowSources &m_sources;
    std::vector<std::unique_ptr<MessageFlow>> m_flows;
    std::map<QString, size_t> m_index;
    HeightTree m_heights;
    std::set<size_t> m_read; ///< messages that may be read
    double m_width = 0;
    int m_viewportHeight = 0;
    qint64 m_top = 0;
    Anchor m_anchor;
    bool m_isAtEnd = true;
};

} // namespace quintet::ui
