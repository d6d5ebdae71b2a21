// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"
#include "ui/viewer/passage.h"
#include "ui/viewer/pdfpane.h"
#include "ui/viewer/pdfview.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPdfWriter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

/// Of a document that cannot be opened Qt's own library leaves a few bytes behind.
extern "C" __attribute__((visibility("default"))) const char *__lsan_default_suppressions();
extern "C" const char *__lsan_default_suppressions()
{
    return "leak:libQt6Pdf";
}

using namespace quintet::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int lineHeight = 20; // points
constexpr int left = 60;
constexpr int middle = 320;

/// Writes a PDF line by line.
class Writer final {
public:
    explicit Writer(const QString &path) : m_pdf(path)
    {
        m_pdf.setResolution(72);
        m_pdf.setPageSize(QPageSize(QPageSize::A4));
        m_pdf.setPageMargins({});
        m_painter.begin(&m_pdf);
        QFont font(u"DejaVu Sans"_s);
        font.setPixelSize(11);
        m_painter.setFont(font);
    }

    void lines(int x, int y, const QStringList &lines)
    {
        for (qsizetype i = 0; i < lines.size(); ++i)
            m_painter.drawText(x, y + int(i) * lineHeight, lines[i]);
    }

    void newPage() { m_pdf.newPage(); }

private:
    QPdfWriter m_pdf;
    QPainter m_painter;
};

} // namespace

class TestPdfView final : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    QTemporaryDir m_folder;
    std::unique_ptr<PdfPane> m_pane;

    PdfView &view() { return *m_pane->view(); }

    /// All that is marked on a page.
    QRectF marked(int page)
    {
        QRectF all;
        for (const QRectF &rect : view().markedOn(page))
            all |= rect;
        return all;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>();
        Writer two(m_folder.filePath(u"columns.pdf"_s));
        two.lines(
            left, 100,
            {u"The left column starts here and"_s, u"goes on with a second line of"_s, u"words until it ends."_s});
        two.lines(
            middle, 100,
            {u"The right column tells another"_s, u"story about kettles that boil"_s, u"and toasters that do not."_s});
        Writer hyphens(m_folder.filePath(u"hyphens.pdf"_s));
        hyphens.lines(left, 100,
                      {u"This paragraph breaks its informa-"_s, u"tion over two lines, as printed"_s, u"books do."_s});
        Writer ligatures(m_folder.filePath(u"ligatures.pdf"_s));
        ligatures.lines(left, 100, {u"A \uFB01rst of\uFB01ce with a \uFB02oor"_s, u"and nothing e\uFB00ective."_s});
        Writer pages(m_folder.filePath(u"pages.pdf"_s));
        pages.lines(left, 100, {u"First page."_s});
        pages.lines(left, 780, {u"The sentence that starts at the foot of a page"_s});
        pages.newPage();
        pages.lines(left, 60, {u"ends at the head of the next one."_s, u"Another sentence follows it."_s});
        pages.newPage();
        pages.lines(left, 60, {u"A third page."_s});
    }

    void init()
    {
        m_pane = std::make_unique<PdfPane>();
        m_pane->resize(700, 800);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    }

    void cleanup() { m_pane.reset(); }

    void aPassageInAColumnIsMarkedInThatColumn()
    {
        QVERIFY(!m_pane->load(m_folder.filePath(u"columns.pdf"_s)));
        QVERIFY(m_pane->mark(u"story about kettles that boil\nand toasters that do not."_s, 0));
        QVERIFY2(marked(0).left() >= middle - 2, qPrintable(QString::number(marked(0).left())));
        QVERIFY(m_pane->mark(u"The left column starts here and goes on with a second line"_s, 0));
        QVERIFY(marked(0).right() < middle);
        QVERIFY(marked(0).height() > lineHeight);
        QVERIFY(marked(0).height() < 2.5 * lineHeight);
    }

    void aWordHyphenatedOnThePageIsFound()
    {
        QVERIFY(!m_pane->load(m_folder.filePath(u"hyphens.pdf"_s)));
        QVERIFY(m_pane->mark(u"breaks its information over two lines"_s, 0));
        QVERIFY(marked(0).height() > lineHeight);
    }

    void ligaturesAreFoundByTheirLetters()
    {
        QVERIFY(!m_pane->load(m_folder.filePath(u"ligatures.pdf"_s)));
        QVERIFY(m_pane->mark(u"A first office with a floor and nothing effective."_s, 0));
        QVERIFY(!marked(0).isEmpty());
    }

    void aPassageThatCrossesAPageIsMarkedOnBoth()
    {
        QVERIFY(!m_pane->load(m_folder.filePath(u"pages.pdf"_s)));
        QVERIFY(m_pane->mark(u"The sentence that starts at the foot of a page ends at the head of the next one."_s, 0));
        QVERIFY(marked(0).top() > 700);
        QVERIFY(marked(1).bottom() < 80);
        QVERIFY(!marked(1).isEmpty());
        QVERIFY(marked(2).isEmpty());
    }

    void wherePartsAreMissingTheRestIsMarkedAndItSaysSo()
    {
        QVERIFY(!m_pane->load(m_folder.filePath(u"columns.pdf"_s)));
        auto *notice = m_pane->findChild<QLabel *>(u"approximately"_s);
        QVERIFY(!m_pane->mark(u"nothing of this line stands there\nstory about kettles that boil"_s, 0));
        QVERIFY(notice->isVisible());
        QVERIFY(marked(0).left() >= middle - 2);
        QVERIFY(!m_pane->mark(u"nothing at all"_s, 0));
        QVERIFY(marked(0).isEmpty());
        QVERIFY(m_pane->mark(u"story about kettles"_s, 0));
        QVERIFY(!notice->isVisible());
    }

    void thePageIsDrawnWithTheMark()
    {
        QVERIFY(!m_pane->load(m_folder.filePath(u"columns.pdf"_s)));
        const auto inked = [this] {
            const QImage image = view().viewport()->grab().toImage();
            int dark = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    dark += image.pixelColor(x, y).lightness() < 100;
            return dark;
        };
        QTRY_VERIFY(inked() > 200); // from another thread
        const QImage before = view().viewport()->grab().toImage();
        m_pane->mark(u"story about kettles"_s, 0);
        QVERIFY(view().viewport()->grab().toImage() != before);
    }

    void pagesAreReachedByNumberListAndKeyboard()
    {
        QVERIFY(!m_pane->load(m_folder.filePath(u"pages.pdf"_s)));
        QCOMPARE(view().pageCount(), 3);
        auto *page = m_pane->findChild<QSpinBox *>(u"page"_s);
        page->setValue(2);
        QCOMPARE(view().currentPage(), 1);
        auto *list = m_pane->findChild<QListView *>(u"pageList"_s);
        QCOMPARE(list->model()->rowCount(), 3);
        QCOMPARE(list->currentIndex().row(), 1);
        QTest::keyClick(&view(), Qt::Key_End);
        QCOMPARE(view().currentPage(), 2);
        QCOMPARE(page->value(), 3);
        QTest::keyClick(&view(), Qt::Key_Home);
        QCOMPARE(view().currentPage(), 0);
    }

    void zoomKeepsTheMiddle()
    {
        QVERIFY(!m_pane->load(m_folder.filePath(u"pages.pdf"_s)));
        view().goToPage(1);
        const int before = view().verticalScrollBar()->maximum();
        QTest::keyClick(&view(), Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(view().zoom() > 1.05);
        QVERIFY(view().verticalScrollBar()->maximum() > before);
        QCOMPARE(view().currentPage(), 1);
    }

    void textIsSelectedAndCopied()
    {
        QVERIFY(!m_pane->load(m_folder.filePath(u"columns.pdf"_s)));
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"kettles that boil"_s));
    }

    void theDocumentOpensInItsOwnProgramByTheUserOnly()
    {
        const QString path = m_folder.filePath(u"pages.pdf"_s);
        QVERIFY(!m_pane->load(path));
        QSignalSpy asked(m_pane.get(), &PdfPane::openAsked);
        m_pane->findChild<QAbstractButton *>(u"openPdf"_s)->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), path);
    }

    void whatIsNoPdfIsAnError()
    {
        QVERIFY(m_pane->load(m_folder.filePath(u"missing.pdf"_s)));
        QVERIFY(m_pane->load(QStringLiteral(QUINTET_TEST_DATA "/pdf/damaged.pdf")) || view().pageCount() >= 0);
        QVERIFY(m_pane->load(QStringLiteral(QUINTET_TEST_DATA "/pdf/locked.pdf")));
        QCOMPARE(view().pageCount(), 0);
    }
};

QTEST_MAIN(TestPdfView)
#include "tst_pdfview.moc"
