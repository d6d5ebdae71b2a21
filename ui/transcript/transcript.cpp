// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/transcript.h"

#include "ui/theme/colors.h"
#include "ui/transcript/findbar.h"
#include "ui/transcript/rows/rowsources.h"
#include "ui/transcript/transcriptaccessible.h"
#include "ui/transcript/transcriptpainter.h"
#include "ui/transcript/transcripttargets.h"
#include "ui/widgets/button.h"

#include <QAccessible>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr double columnWidth = 720;
constexpr double padding = 20;
constexpr auto frame = 16ms;
constexpr auto unseenFrame = 250ms;
constexpr auto tidyingTime = 500ms;

} // namespace

Transcript::Transcript(QWidget *parent)
    : QAbstractScrollArea(parent),
      m_sources(std::make_unique<RowSources>()),
      m_face(std::make_unique<Face>(Colors::of(palette()), 1)),
      m_layout(std::make_unique<TranscriptLayout>(*m_face, *m_sources)),
      m_selection(std::make_unique<TranscriptSelection>(*m_layout)),
      m_finder(std::make_unique<TranscriptFinder>(*m_layout)),
      m_targets(std::make_unique<TranscriptTargets>(*m_layout)),
      m_painter(std::make_unique<TranscriptPainter>(*m_layout, *m_selection, *m_finder, *m_face)),
      m_findBar(new FindBar(this)),
      m_toEnd(new Button(u"toEnd"_s, tr("To the end"), Button::Plain, Button::Small))
{
    TranscriptAccessible::install();
    setObjectName(u"transcript"_s);
    setAccessibleName(tr("Conversation"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Always there, if bare: its coming and going would wrap everything anew.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_frame, &QTimer::timeout, this, &Transcript::flush);
    m_tidying.setSingleShot(true);
    m_tidying.setInterval(tidyingTime);
    connect(&m_tidying, &QTimer::timeout, this, [this] { m_layout->forgetDistant(); });
    connect(&m_sources->highlighter, &CodeHighlighter::done, this, &Transcript::codeColoured);
    connect(&m_sources->pictures, &PictureLoader::loaded, this, &Transcript::pictureLoaded);
    connect(m_finder.get(), &TranscriptFinder::foundChanged, this, [this] {
        m_findBar->showCount(m_finder->current(), m_finder->count());
        settle();
        viewport()->update();
        Q_EMIT foundChanged();
    });
    m_toEnd->setParent(this);
    m_toEnd->setFocusPolicy(Qt::NoFocus); // the End key does the same
    m_toEnd->hide();
    connect(m_toEnd, &Button::clicked, this, &Transcript::scrollToEnd);
    connect(m_findBar, &FindBar::wordsChanged, this, &Transcript::find);
    connect(m_findBar, &FindBar::nextAsked, this, &Transcript::findNext);
    connect(m_findBar, &FindBar::closed, this, &Transcript::closeFindBar);
}

Transcript::~Transcript() = default;

// --- messages ---

void Transcript::setMessages(std::vector<Message> messages)
{
    m_grown.clear();
    m_hovered = m_focused = m_pressed = {};
    m_selection->clear();
    m_layout->setMessages(std::move(messages));
    rowsChanged(0);
}

void Transcript::append(Message message)
{
    m_layout->append(std::move(message));
    rowsChanged(m_layout->count() - 1);
}

void Transcript::setMessage(const Message &message)
{
    const auto index = m_layout->indexOf(message.id);
    if (!index)
        return;
    m_grown.erase(*index);
    m_layout->flow(*index).setMessage(message);
    m_layout->heightChanged(*index);
    rowsChanged(*index);
}

void Transcript::removeFrom(const QString &id)
{
    const auto index = m_layout->indexOf(id);
    if (!index)
        return;
    m_grown.erase(m_grown.lower_bound(*index), m_grown.end());
    m_layout->remove(*index, m_layout->count() - *index);
    rowsChanged(*index);
}

int Transcript::count() const
{
    return static_cast<int>(m_layout->count());
}

void Transcript::appendText(const QString &id, const QString &markdown)
{
    const auto index = m_layout->indexOf(id);
    if (!index)
        return;
    m_layout->flow(*index).appendText(markdown);
    m_grown.insert(*index);
    if (!m_frame.isActive())
        m_frame.start(isVisible() ? frame : unseenFrame);
}

void Transcript::appendReasoning(const QString &id, const QString &markdown)
{
    const auto index = m_layout->indexOf(id);
    if (!index)
        return;
    m_layout->flow(*index).appendReasoning(markdown);
    m_grown.insert(*index);
    if (!m_frame.isActive())
        m_frame.start(isVisible() ? frame : unseenFrame);
}

void Transcript::setPart(const QString &id, size_t number, Part part)
{
    const auto index = m_layout->indexOf(id);
    if (!index)
        return;
    m_layout->flow(*index).setPart(number, std::move(part));
    m_layout->heightChanged(*index);
    rowsChanged(*index);
}

void Transcript::finish(const QString &id)
{
    const auto index = m_layout->indexOf(id);
    if (!index)
        return;
    m_grown.erase(*index);
    m_layout->flow(*index).finish();
    m_layout->heightChanged(*index);
    rowsChanged(*index);
    if (QAccessible::isActive()) {
        QAccessibleAnnouncementEvent event(this, tr("The answer is complete"));
        QAccessible::updateAccessibility(&event);
    }
}

void Transcript::setFolded(const QString &id, size_t part, bool folded)
{
    const auto index = m_layout->indexOf(id);
    if (!index)
        return;
    m_layout->flow(*index).setFolded(part, folded);
    m_layout->heightChanged(*index);
    rowsChanged(*index);
}

void Transcript::rowsChanged(size_t message)
{
    m_selection->clamp();
    m_finder->changed(message);
    settle();
    viewport()->update();
}

void Transcript::flush()
{
    m_frame.stop();
    ++m_updates;
    const qint64 before = m_layout->top();
    std::vector<std::pair<size_t, size_t>> changed;
    qint64 firstTop = std::numeric_limits<qint64>::max();
    for (const size_t message : std::exchange(m_grown, {})) {
        MessageFlow &flow = m_layout->flow(message);
        const size_t row = flow.update();
        m_layout->heightChanged(message);
        m_finder->changed(message);
        if (!flow.isRead() || flow.rowCount() == 0)
            continue;
        changed.emplace_back(message, std::min(row, flow.rowCount() - 1));
        firstTop = std::min(firstTop, m_layout->messageTop(message) + flow.rowTop(changed.back().second));
    }
    m_selection->clamp();
    settle();
    // What is above the rows that changed is only moved, where nothing in it did.
    qint64 newTop = std::numeric_limits<qint64>::max();
    qint64 dirty = std::numeric_limits<qint64>::max();
    for (const auto &[message, row] : changed) {
        newTop = std::min(newTop, m_layout->messageTop(message) + m_layout->flow(message).rowTop(row));
        dirty = std::min(dirty, dirtyFrom(message, row));
    }
    const int moved = static_cast<int>(before - m_layout->top());
    if (newTop != firstTop || (moved != 0 && m_findBar->isVisible())) {
        viewport()->update();
        return;
    }
    if (moved != 0)
        viewport()->scroll(0, moved);
    const auto y = static_cast<int>(std::clamp<qint64>(dirty - m_layout->top(), 0, viewport()->height()));
    viewport()->update(0, y, viewport()->width(), viewport()->height() - y);
}

qint64 Transcript::dirtyFrom(size_t message, size_t row)
{
    const MessageFlow &flow = m_layout->flow(message);
    const qint64 top = m_layout->messageTop(message) + flow.rowTop(row);
    if (!flow.hasView(row))
        return top;
    // The caret stood in the last line of the row before, or in the last line that was.
    const auto from = static_cast<qint64>(m_layout->flow(message).view(row).changedFrom() - m_face->px(30));
    return top + (from > 0 ? from : -static_cast<qint64>(m_face->px(60)));
}

void Transcript::settle()
{
    m_isSettling = true;
    m_layout->settle();
    QScrollBar *bar = verticalScrollBar();
    const qint64 range = std::max<qint64>(0, m_layout->contentHeight() - viewport()->height());
    bar->setPageStep(viewport()->height());
    bar->setSingleStep(static_cast<int>(m_face->px(40)));
    bar->setRange(0, static_cast<int>(std::min<qint64>(range, std::numeric_limits<int>::max())));
    bar->setValue(static_cast<int>(m_layout->top()));
    m_isSettling = false;
    if (!m_tidying.isActive())
        m_tidying.start();
    if (m_layout->isAtEnd() != m_wasAtEnd) {
        m_wasAtEnd = m_layout->isAtEnd();
        placeFloats();
        Q_EMIT atEndChanged(m_wasAtEnd);
    }
}

void Transcript::codeColoured()
{
    m_layout->forEachRow(m_layout->top(), m_layout->top() + viewport()->height(),
                         [this](size_t message, size_t row, const QRectF &) {
                             if (m_layout->flow(message).hasView(row))
                                 m_layout->flow(message).colourCode(row);
                         });
    settle();
    viewport()->update();
}

void Transcript::pictureLoaded()
{
    m_layout->forEachRow(m_layout->top(), m_layout->top() + viewport()->height(),
                         [this](size_t message, size_t row, const QRectF &) {
                             const text::LeafBlock *leaf = m_layout->flow(message).row(row).leaf();
                             if (leaf && leaf->kind == text::LeafKind::Image)
                                 m_layout->flow(message).renewView(row);
                         });
    settle();
    viewport()->update();
}

// --- geometry ---

double Transcript::columnX() const
{
    return std::floor((viewport()->width() - m_layout->columnWidth()) / 2);
}

QPointF Transcript::toContent(QPointF point) const
{
    return point + QPointF(-columnX(), static_cast<double>(m_layout->top()));
}

void Transcript::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const double width = std::max(120.0, viewport()->width() - 2 * padding);
    m_layout->setViewport(std::min(width, m_face->px(columnWidth)), viewport()->height());
    placeFloats();
    settle();
}

void Transcript::scrollContentsBy(int, int)
{
    if (m_isSettling)
        return;
    m_layout->scrollTo(verticalScrollBar()->value());
    settle();
    setHovered({});
    viewport()->update();
}

void Transcript::scrollToEnd()
{
    m_layout->scrollToEnd();
    settle();
    viewport()->update();
}

bool Transcript::isAtEnd() const
{
    return m_layout->isAtEnd();
}

void Transcript::scrollToMessage(const QString &id)
{
    if (const auto index = m_layout->indexOf(id)) {
        m_layout->scrollTo(m_layout->messageTop(*index) - static_cast<qint64>(m_face->px(12)));
        settle();
        viewport()->update();
    }
}

double Transcript::zoom() const
{
    return m_face->zoom();
}

void Transcript::setZoom(double zoom)
{
    zoom = std::clamp(zoom, 0.5, 3.0);
    if (qFuzzyCompare(zoom, m_face->zoom()))
        return;
    m_face->change(Colors::of(palette()), zoom);
    renewFace();
    Q_EMIT zoomChanged(zoom);
}

void Transcript::renewFace()
{
    m_layout->forgetAllViews();
    const double width = std::max(120.0, viewport()->width() - 2 * padding);
    m_layout->setViewport(std::min(width, m_face->px(columnWidth)), viewport()->height());
    settle();
    viewport()->update();
}

void Transcript::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (m_layout && (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)) {
        m_face->change(Colors::of(palette()), m_face->zoom());
        renewFace();
    }
}

Transcript::Work Transcript::work() const
{
    return {m_face->work().layouts, m_face->work().characters, m_face->work().live, m_updates};
}

// --- painting ---

void Transcript::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    m_painter->paint(&painter, event->rect(), columnX(),
                     {.hovered = m_hovered, .focused = m_focused, .hasFocus = hasFocus()});
}

} // namespace quintet::ui
