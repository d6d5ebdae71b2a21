// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/pdfview.h"

#include "ui/theme/colors.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QKeyEvent>
#include <QPainter>
#include <QPdfSelection>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double gap = 12;
constexpr int keptPages = 12;
constexpr double largestZoom = 5;

} // namespace

PdfView::PdfView(QWidget *parent) : QAbstractScrollArea(parent), m_images(keptPages)
{
    setObjectName(u"pdf"_s);
    setAccessibleName(tr("Pages of the document"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setCursor(Qt::IBeamCursor);
    m_renderer.setDocument(&m_document);
    m_renderer.setRenderMode(QPdfPageRenderer::RenderMode::MultiThreaded);
    connect(&m_renderer, &QPdfPageRenderer::pageRendered, this,
            [this](int page, QSize size, const QImage &image, QPdfDocumentRenderOptions, quint64) {
                m_asked.erase(page);
                const QSize wanted = (pageRect(page).size() * devicePixelRatioF()).toSize();
                if (size == wanted)
                    m_images.insert(page, new QImage(image));
                viewport()->update();
            });
}

PdfView::~PdfView()
{
    m_renderer.setRenderMode(QPdfPageRenderer::RenderMode::SingleThreaded); // else it forgets to delete its thread
}

std::optional<Error> PdfView::load(const QString &path, const QString &password)
{
    close();
    m_document.setPassword(password);
    switch (m_document.load(path)) {
    case QPdfDocument::Error::None: break;
    case QPdfDocument::Error::FileNotFound:
        return Error(ErrorKind::BadInput, tr("%1 is not there any more.").arg(path));
    case QPdfDocument::Error::IncorrectPassword:
        return Error(ErrorKind::BadInput, tr("This document asks for a password. Please open it in its own program."));
    default:
        return Error(ErrorKind::BadInput, tr("This document cannot be shown here. Please open it in its own program."));
    }
    layOut();
    goToPage(0);
    return std::nullopt;
}

void PdfView::close()
{
    m_images.clear();
    m_asked.clear();
    m_mark = {};
    m_marked.clear();
    m_selection.clear();
    m_selected.clear();
    m_page = -1;
    m_document.close();
    layOut();
}

// --- where pages are ---

double PdfView::scale() const
{
    double widest = 1;
    for (int i = 0; i < std::min(pageCount(), 50); ++i)
        widest = std::max(widest, m_document.pagePointSize(i).width());
    return std::max(0.05, (viewport()->width() - 2 * gap) / widest * m_zoom);
}

void PdfView::layOut()
{
    const double pixels = scale();
    m_tops.clear();
    double y = gap;
    double width = 0;
    for (int i = 0; i < pageCount(); ++i) {
        m_tops.push_back(y);
        y += std::round(m_document.pagePointSize(i).height() * pixels) + gap;
        width = std::max(width, m_document.pagePointSize(i).width() * pixels);
    }
    m_tops.push_back(y);
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(40);
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(y) - viewport()->height()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(width + 2 * gap) - viewport()->width()));
    viewport()->update();
}

QRectF PdfView::pageRect(int page) const
{
    const QSizeF size = m_document.pagePointSize(page) * scale();
    const double x = std::max(gap, std::round((viewport()->width() - size.width()) / 2));
    return {x - horizontalScrollBar()->value(), m_tops[static_cast<size_t>(page)] - verticalScrollBar()->value(),
            std::round(size.width()), std::round(size.height())};
}

int PdfView::pageAt(double y) const
{
    if (m_tops.size() < 2)
        return 0;
    const auto behind = std::upper_bound(m_tops.begin(), m_tops.end() - 1, y + verticalScrollBar()->value());
    return static_cast<int>(std::max<std::ptrdiff_t>(behind - m_tops.begin() - 1, 0));
}

int PdfView::currentPage() const
{
    return pageAt(viewport()->height() / 2.0);
}

void PdfView::goToPage(int page)
{
    if (page < 0 || page >= pageCount())
        return;
    verticalScrollBar()->setValue(static_cast<int>(m_tops[static_cast<size_t>(page)] - gap));
}

void PdfView::setZoom(double zoom)
{
    zoom = std::clamp(zoom, 0.25, largestZoom);
    if (qFuzzyCompare(zoom, m_zoom) || m_tops.size() < 2)
        return;
    // The middle of the view stays the middle.
    const int page = currentPage();
    const QRectF before = pageRect(page);
    const double share = (viewport()->height() / 2.0 - before.top()) / std::max(before.height(), 1.0);
    m_zoom = zoom;
    m_images.clear();
    m_asked.clear();
    layOut();
    const double y = m_tops[static_cast<size_t>(page)] + share * pageRect(page).height();
    verticalScrollBar()->setValue(static_cast<int>(y - viewport()->height() / 2.0));
    Q_EMIT zoomChanged(zoom);
}

void PdfView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const int page = m_tops.size() < 2 ? 0 : pageAt(0);
    m_images.clear();
    m_asked.clear();
    layOut();
    goToPage(page);
}

void PdfView::scrollContentsBy(int, int)
{
    viewport()->update();
    if (const int page = currentPage(); page != m_page) {
        m_page = page;
        Q_EMIT currentPageChanged(page);
    }
}

// --- the mark ---

const PassagePlace &PdfView::mark(const QString &passage, int page)
{
    QHash<int, QString> texts; // asked for more than once
    m_mark = findPassage(passage, page, [this, &texts](int number) {
        if (number >= pageCount())
            return QString();
        if (!texts.contains(number))
            texts.insert(number, textOf(number));
        return texts.value(number);
    });
    m_marked.clear();
    for (const PageStretch &stretch : m_mark.stretches) {
        const QPdfSelection selection = m_document.getSelectionAtIndex(stretch.page, stretch.start, stretch.size);
        for (const QPolygonF &polygon : selection.bounds())
            m_marked.emplace_back(stretch.page, polygon.boundingRect());
    }
    if (m_mark.stretches.empty()) {
        goToPage(page);
    } else {
        const PageStretch &first = m_mark.stretches.front();
        const std::vector<QRectF> rects = markedOn(first.page);
        const double top = rects.empty() ? 0 : rects.front().top() * scale();
        verticalScrollBar()->setValue(
            static_cast<int>(m_tops[static_cast<size_t>(first.page)] + top - viewport()->height() / 4.0));
    }
    viewport()->update();
    return m_mark;
}

void PdfView::clearMark()
{
    m_mark = {};
    m_marked.clear();
    viewport()->update();
}

std::vector<QRectF> PdfView::markedOn(int page) const
{
    std::vector<QRectF> rects;
    for (const auto &[number, rect] : m_marked) {
        if (number == page)
            rects.push_back(rect);
    }
    return rects;
}

// --- painting ---

void PdfView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), Colors::of(palette()).sunken);
    for (int page = pageAt(event->rect().top()); page < pageCount(); ++page) {
        if (pageRect(page).top() > event->rect().bottom())
            break;
        paintPage(&painter, page);
    }
}

void PdfView::paintPage(QPainter *painter, int page)
{
    const Colors &colors = Colors::of(palette());
    const QRectF rect = pageRect(page);
    painter->setPen(colors.line);
    painter->setBrush(Colors::light().surface); // paper is white, also in the dark
    painter->drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5));
    if (const QImage *image = m_images.object(page))
        painter->drawImage(rect, *image);
    else if (m_asked.insert(page).second)
        m_renderer.requestPage(page, (rect.size() * devicePixelRatioF()).toSize());
    painter->save();
    painter->setCompositionMode(QPainter::CompositionMode_Multiply);
    painter->setPen(Qt::NoPen);
    const auto fill = [&](QRectF area, const QColor &color) {
        painter->fillRect(QRectF(rect.topLeft() + area.topLeft() * scale(), area.size() * scale()), color);
    };
    for (const QRectF &area : markedOn(page))
        fill(area.adjusted(-1, -1, 1, 1), Colors::light().highlight);
    for (const auto &[number, polygon] : m_selection) {
        if (number == page)
            fill(polygon.boundingRect(), mixed(Colors::light().surface, Colors::light().accent, 0.3));
    }
    painter->restore();
}

// --- selecting ---

PdfView::Point PdfView::pointAt(QPointF position) const
{
    if (pageCount() == 0)
        return {};
    const int page = pageAt(position.y());
    return {page, (position - pageRect(page).topLeft()) / scale()};
}

void PdfView::select(Point from, Point to)
{
    m_selection.clear();
    m_selected.clear();
    if (from.page < 0 || to.page < 0)
        return;
    if (std::pair(to.page, to.at.y()) < std::pair(from.page, from.at.y()))
        std::swap(from, to);
    for (int page = from.page; page <= to.page; ++page) {
        // A selection goes from letter to letter; where it runs over a page's end, that is the first or the last.
        const QPdfSelection all = m_document.getAllText(page);
        if (all.bounds().isEmpty())
            continue;
        const QRectF first = all.bounds().constFirst().boundingRect();
        const QRectF last = all.bounds().constLast().boundingRect();
        const QPointF start = page == from.page ? from.at : QPointF(first.left() + 1, first.center().y());
        const QPointF end = page == to.page ? to.at : QPointF(last.right() - 1, last.center().y());
        const QPdfSelection selection = m_document.getSelection(page, start, end);
        if (!selection.isValid())
            continue;
        m_selected += (m_selected.isEmpty() ? QString() : u"\n"_s) + selection.text();
        for (const QPolygonF &polygon : selection.bounds())
            m_selection.emplace_back(page, polygon);
    }
}

void PdfView::selectPage(int page)
{
    const QPdfSelection all = m_document.getAllText(page);
    m_selected = all.text();
    m_selection.clear();
    for (const QPolygonF &polygon : all.bounds())
        m_selection.emplace_back(page, polygon);
    viewport()->update();
}

void PdfView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = pointAt(event->position());
    m_selection.clear();
    m_selected.clear();
    viewport()->update();
}

void PdfView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    select(m_pressed, pointAt(event->position()));
    viewport()->update();
}

void PdfView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier)
        setZoom(m_zoom * std::pow(1.1, event->angleDelta().y() / 120.0));
    else
        QAbstractScrollArea::wheelEvent(event);
}

void PdfView::copy()
{
    if (hasSelection())
        QGuiApplication::clipboard()->setText(m_selected);
}

void PdfView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectPage(currentPage());
    } else if (event->matches(QKeySequence::ZoomIn)
               || (event->key() == Qt::Key_Equal && event->modifiers() & Qt::ControlModifier)) {
        setZoom(m_zoom * 1.1);
    } else if (event->matches(QKeySequence::ZoomOut)) {
        setZoom(m_zoom / 1.1);
    } else if (event->key() == Qt::Key_0 && event->modifiers() & Qt::ControlModifier) {
        setZoom(1);
    } else if (event->key() == Qt::Key_Home) {
        goToPage(0);
    } else if (event->key() == Qt::Key_End) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace quintet::ui
