// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "ui/viewer/passage.h"

#include <QAbstractScrollArea>
#include <QCache>
#include <QImage>
#include <QPdfDocument>
#include <QPdfPageRenderer>

#include <optional>
#include <set>

namespace quintet::ui {

/// The pages of a PDF one below the other, with a passage marked. Pages are drawn on another thread when they are
/// seen; text is selected with the mouse. Use from the GUI thread.
class PdfView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit PdfView(QWidget *parent = nullptr);
    ~PdfView() override;

    /// Opens a file; the error says why it can't be shown.
    std::optional<Error> load(const QString &path, const QString &password = {});
    void close();

    int pageCount() const { return m_document.pageCount(); }
    int currentPage() const; ///< from 0: the one in the middle
    void goToPage(int page);
    QAbstractListModel *pageModel() { return m_document.pageModel(); }

    /// The text of a page, as it is drawn there.
    QString textOf(int page) { return m_document.getAllText(page).text(); }

    /// Marks `passage`, which should start on `page`, and shows it. The place says whether it was found.
    const PassagePlace &mark(const QString &passage, int page);
    void clearMark();

    double zoom() const { return m_zoom; } ///< 1: the page is as wide as the view
    void setZoom(double zoom);

    bool hasSelection() const { return !m_selected.isEmpty(); }
    QString selectedText() const { return m_selected; }
    void copy();

    /// The rectangles of the mark on a page, in points.
    std::vector<QRectF> markedOn(int page) const;

Q_SIGNALS:
    void currentPageChanged(int page);
    void zoomChanged(double zoom);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Point {
        int page = -1;
        QPointF at; ///< in points
    };

    void layOut();
    double scale() const; ///< pixels for a point
    QRectF pageRect(int page) const;
    int pageAt(double y) const;
    Point pointAt(QPointF position) const;
    void paintPage(QPainter *painter, int page);
    void select(Point from, Point to);
    void selectPage(int page);

    QPdfDocument m_document;
    QPdfPageRenderer m_renderer;
    QCache<int, QImage> m_images; ///< of pages at this scale
    std::set<int> m_asked;
    std::vector<double> m_tops; ///< of the pages, and the end
    PassagePlace m_mark;
    std::vector<std::pair<int, QRectF>> m_marked; ///< where it stands on the pages, in points
    double m_zoom = 1;
    int m_page = -1;
    Point m_pressed;
    QString m_selected;
    std::vector<std::pair<int, QPolygonF>> m_selection;
};

} // namespace quintet::ui
