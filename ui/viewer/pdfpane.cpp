// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/pdfpane.h"

#include "ui/theme/label.h"
#include "ui/viewer/pdfview.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QAbstractListModel>
#include <QHBoxLayout>
#include <QListView>
#include <QSpinBox>
#include <QVBoxLayout>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int pageListWidth = 64;

} // namespace

PdfPane::PdfPane(QWidget *parent)
    : QWidget(parent),
      m_view(new PdfView),
      m_pages(new QListView),
      m_page(new QSpinBox),
      m_count(makeLabel({}, TextStyle::Small, Tone::Second)),
      m_notice(makeLabel(tr("Approximately here: some of the passage was not found on the page."), TextStyle::Small,
                         Tone::Second))
{
    setObjectName(u"pdfPane"_s);
    setFocusProxy(m_view);
    m_pages->setObjectName(u"pageList"_s);
    m_pages->setAccessibleName(tr("List of pages"));
    m_pages->setFixedWidth(pageListWidth);
    m_pages->setFrameShape(QFrame::NoFrame);
    m_pages->setUniformItemSizes(true);
    m_pages->hide();
    m_notice->setObjectName(u"approximately"_s);
    m_notice->setContentsMargins(12, 6, 12, 6);
    m_notice->setWordWrap(true);
    m_notice->hide();
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_pages);
    middle->addWidget(m_view, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(makeHairline());
    column->addWidget(m_notice);
    column->addLayout(middle, 1);
    connect(m_view, &PdfView::currentPageChanged, this, [this](int page) {
        const QSignalBlocker blocker(m_page);
        m_page->setValue(page + 1);
        if (m_pages->model())
            m_pages->setCurrentIndex(m_pages->model()->index(page, 0));
    });
    connect(m_pages, &QListView::clicked, m_view, [this](const QModelIndex &index) { m_view->goToPage(index.row()); });
    connect(m_pages, &QListView::activated, m_view,
            [this](const QModelIndex &index) { m_view->goToPage(index.row()); });
}

QWidget *PdfPane::makeBar()
{
    auto *list = new Button(u"showPages"_s, tr("Pages"), Button::Quiet, Button::Small);
    list->setCheckable(true);
    m_page->setObjectName(u"page"_s);
    m_page->setAccessibleName(tr("Page"));
    m_page->setMinimum(1);
    m_page->setKeyboardTracking(false);
    auto *smaller = new Button(u"zoomOut"_s, u"−"_s, Button::Quiet, Button::Small);
    smaller->setAccessibleName(tr("Smaller"));
    auto *larger = new Button(u"zoomIn"_s, u"+"_s, Button::Quiet, Button::Small);
    larger->setAccessibleName(tr("Larger"));
    auto *copy = new Button(u"copyPdf"_s, tr("Copy"), Button::Quiet, Button::Small);
    auto *open = new Button(u"openPdf"_s, tr("Open"), Button::Quiet, Button::Small);
    open->setToolTip(tr("Open in its own program"));
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 6, 8, 6);
    row->setSpacing(6);
    row->addWidget(list);
    row->addWidget(m_page);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(smaller);
    row->addWidget(larger);
    row->addWidget(copy);
    row->addWidget(open);
    connect(list, &Button::toggled, m_pages, &QWidget::setVisible);
    connect(m_page, &QSpinBox::valueChanged, m_view, [this](int page) { m_view->goToPage(page - 1); });
    connect(smaller, &Button::clicked, m_view, [this] { m_view->setZoom(m_view->zoom() / 1.2); });
    connect(larger, &Button::clicked, m_view, [this] { m_view->setZoom(m_view->zoom() * 1.2); });
    connect(copy, &Button::clicked, m_view, &PdfView::copy);
    connect(open, &Button::clicked, this, [this] { Q_EMIT openAsked(m_path); });
    return bar;
}

std::optional<Error> PdfPane::load(const QString &path, const QString &password)
{
    m_path = path;
    m_notice->hide();
    const std::optional<Error> error = m_view->load(path, password);
    const int pages = m_view->pageCount();
    const QSignalBlocker blocker(m_page);
    m_page->setMaximum(std::max(1, pages));
    m_count->setText(tr("of %1").arg(pages));
    m_pages->setModel(m_view->pageModel());
    return error;
}

bool PdfPane::mark(const QString &passage, int page)
{
    const bool isExact = m_view->mark(passage, page).isExact;
    m_notice->setVisible(!isExact);
    return isExact;
}

} // namespace quintet::ui
