// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/message.h"
#include "ui/transcript/targetplace.h"

#include <QAbstractScrollArea>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <set>
#include <vector>

class QMimeData;

namespace quintet::ui {

class Face;
class Button;
class FindBar;
class MessageAccessible;
class TranscriptAccessible;
class TranscriptFinder;
class TranscriptLayout;
class TranscriptPainter;
class TranscriptSelection;
class TranscriptTargets;
struct RowSources;

/// Messages to read, also while they are being written: Markdown, what was thought, tool calls, approvals, sources,
/// errors, facts. What a frame costs depends on neither the number of messages nor the length of the one that grows.
///
/// Text that is appended shows with the next frame; finish() shows all at once. The view stays at the end while it is
/// there, else at what is being read. Nothing is loaded from a network and nothing is run: links, buttons and marks of
/// sources only emit. Ids are those of the messages; unknown ones are ignored. Use from the GUI thread.
class Transcript final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit Transcript(QWidget *parent = nullptr);
    ~Transcript() override;

    /// Shows these instead of all others, from their end.
    void setMessages(std::vector<Message> messages);
    void append(Message message);
    void setMessage(const Message &message); ///< in place of the one with its id
    void removeFrom(const QString &id);      ///< it and all after it
    void clear() { setMessages({}); }
    int count() const;

    /// Adds text to the open message's last part, which becomes one of that kind if it is not.
    void appendText(const QString &id, const QString &markdown);
    void appendReasoning(const QString &id, const QString &markdown);

    /// Puts `part` in place of the one with that number; a number behind the last adds it.
    void setPart(const QString &id, size_t number, Part part);

    /// The message is written: shows all of it at once.
    void finish(const QString &id);

    void setFolded(const QString &id, size_t part, bool folded);

    double zoom() const;
    void setZoom(double zoom); ///< 0.5 to 3

    void scrollToEnd();
    bool isAtEnd() const;
    void scrollToMessage(const QString &id);

    /// What is dragged out from that point of the viewport: the selection, a message by its actions, code by its
    /// buttons, a citation. Null if there is nothing; else the caller owns it.
    QMimeData *mimeAt(const QPointF &point) const;

    bool hasSelection() const;
    QString selectedSource() const; ///< Markdown where whole rows are selected
    void selectAll();
    void clearSelection();

    /// What is looked for in all messages; empty: nothing. Found in slices between frames; foundChanged() tells.
    void find(const QString &words);
    void findNext(bool backwards = false);
    int foundCount() const;
    int foundCurrent() const; ///< from 0; -1: none

    /// What was done so far, for guards and benches.
    struct Work {
        qint64 layouts = 0;    ///< text layouts made
        qint64 characters = 0; ///< laid out
        qint64 liveRows = 0;   ///< row views that exist
        qint64 updates = 0;    ///< times that appended text was taken up
    };
    Work work() const;

public Q_SLOTS:
    void copy(); ///< what is selected: Markdown as text, and rich text
    void copyMessage(const QString &id);
    void openFindBar();

Q_SIGNALS:
    void linkActivated(const QUrl &url); ///< http, https, mailto or file; nobody has opened it
    void citationActivated(const QString &id, const QString &label);
    void sourceActivated(const QString &id, const QString &label);
    void attachmentActivated(const QString &id, const QString &name);
    void approvalGiven(const QString &id, const QString &approval, const QString &choice);
    void errorActionChosen(const QString &id);
    void actionChosen(const QString &id, const QString &action); ///< of Message::actions or a FactsPart
    void saveCodeAsked(const QString &code, const QString &language);
    void zoomChanged(double zoom);
    void foundChanged();
    void atEndChanged(bool atEnd);

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    friend class MessageAccessible;
    friend class TranscriptAccessible;

    void flush();
    qint64 dirtyFrom(size_t message, size_t row);
    void settle();
    void renewFace();
    void rowsChanged(size_t message);
    void codeColoured();
    void pictureLoaded();
    double columnX() const;
    QPointF toContent(QPointF point) const;
    void activate(TargetPlace place);
    void activateLink(const QString &address);
    void goToFootnote(size_t message, const QString &label);
    void setHovered(TargetPlace place);
    bool scrollSideways(size_t message, size_t row, double by);
    bool moveCaret(const QKeyEvent &event);
    void tellCaret();
    void showFocusedLink();
    void placeFloats();
    void closeFindBar();
    QString textOf(const QString &id) const;
    bool isInSelection(const QPointF &point) const;
    bool dragFrom(const QPointF &point);

    std::unique_ptr<RowSources> m_sources;
    std::unique_ptr<Face> m_face;
    std::unique_ptr<TranscriptLayout> m_layout;
    std::unique_ptr<TranscriptSelection> m_selection;
    std::unique_ptr<TranscriptFinder> m_finder;
    std::unique_ptr<TranscriptTargets> m_targets;
    std::unique_ptr<TranscriptPainter> m_painter;
    FindBar *m_findBar;
    Button *m_toEnd;
    std::set<size_t> m_grown; ///< messages with text that is not yet read
    QTimer m_frame;
    QTimer m_tidying;
    TargetPlace m_hovered;
    TargetPlace m_focused;
    TargetPlace m_pressed;
    QPointF m_pressedAt;
    bool m_mayDrag = false;       ///< since the button went down
    bool m_isOnSelection = false; ///< where it went down
    bool m_isSelecting = false;
    bool m_isSettling = false;
    bool m_wasAtEnd = true;
    qint64 m_updates = 0;
};

} // namespace quintet::ui
