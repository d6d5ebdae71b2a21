// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"
#include "support/scriptedmodel.h"
#include "ui/knowledge/collectioncard.h"
#include "ui/knowledge/documentpane.h"
#include "ui/knowledge/knowledgetab.h"
#include "ui/knowledge/questionpane.h"
#include "ui/models/modelsession.h"
#include "ui/theme/theme.h"
#include "ui/transcript/message.h"
#include "ui/transcript/transcript.h"
#include "ui/viewer/textview.h"

#include <QCheckBox>
#include <QDir>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

namespace {

/// The tab on real services in a folder, as the program has it.
class Fixture final {
public:
    explicit Fixture(const QString &folder) : paths(*preparePaths(folder + u"/data"_s)), files(folder + u"/files"_s)
    {
        QDir().mkpath(files);
        engine.runAndWait([this] { services = std::move(*Services::open(paths)); });
        open();
    }

    ~Fixture()
    {
        close();
        engine.runAndWait([this] { services.reset(); });
    }

    void open()
    {
        session = std::make_unique<KnowledgeSession>(KnowledgeServices{engine, services->library(),
                                                                       services->answerer(), services->wholeAnswerer(),
                                                                       services->extractor(), paths});
        models = std::make_unique<ModelSession>(ModelServices{engine, services->catalog(), services->prices(), paths});
        tab = std::make_unique<KnowledgeTab>(*session, *models);
        tab->resize(1280, 800);
        tab->show();
        tab->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(tab.get()));
    }

    void close()
    {
        tab.reset();
        models.reset();
        session.reset();
        QVERIFY(engine.waitForCalls(std::chrono::seconds(5)));
    }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(files + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    void drop(const QStringList &names) const
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &name : names)
            urls << QUrl::fromLocalFile(name);
        data.setUrls(urls);
        auto *pane = find<QWidget>("collectionsPane");
        QDragEnterEvent enter(QPoint(20, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(pane, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(20, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(pane, &event);
    }

    /// Whether the current collection has `count` documents and rests.
    bool holds(int count) const
    {
        const ShownCollection *current = session->current();
        return current && !current->reading && !current->placing && current->info.sums.documents == count
               && current->info.sums.pending == 0;
    }

    void ask(const QString &question) const
    {
        auto *line = find<QLineEdit>("questionLine");
        QTest::keyClicks(line, question);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(!session->isRunning());
    }

    template<typename Widget>
    Widget *find(const char *name) const
    {
        auto *widget = tab->findChild<Widget *>(QLatin1StringView(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }

    /// What stands in the last message.
    QString said() const
    {
        QString text;
        if (session->messages().empty())
            return text;
        for (const Part &part : session->messages().back().parts) {
            if (const auto *prose = std::get_if<TextPart>(&part))
                text += prose->markdown;
            if (const auto *sources = std::get_if<SourcesPart>(&part)) {
                for (const SourceCard &source : sources->sources)
                    text += u"\n["_s + source.label + u"] "_s + source.title + u' ' + source.excerpt;
            }
        }
        return text;
    }

    Paths paths;
    QString files;
    EngineThread engine;
    std::unique_ptr<Services> services;
    std::unique_ptr<KnowledgeSession> session;
    std::unique_ptr<ModelSession> models;
    std::unique_ptr<KnowledgeTab> tab;
};

} // namespace

class TestKnowledgeTab final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { new Theme(this); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aFolderIsDroppedAskedAndTheSourceOpensMarked()
    {
        Fixture fixture(m_folder->path());
        QVERIFY(!fixture.find<QLineEdit>("questionLine")->isEnabled());
        fixture.write(u"lending.md"_s,
                      "# Lending\n\nTools are lent for seven days. Damage is to be reported within two "
                      "days at the counter.\n");
        fixture.write(u"garden.txt"_s, "The garden is open from May to October.\n");
        fixture.drop({fixture.files});
        QTRY_VERIFY(fixture.holds(2));
        QCOMPARE(fixture.session->current()->info.settings.name, u"files"_s);
        QVERIFY(fixture.find<QLineEdit>("questionLine")->isEnabled());

        fixture.ask(u"Within how many days is damage to be reported?"_s);
        QVERIFY2(fixture.said().contains(u"within two days"), qPrintable(fixture.said()));
        QVERIFY(fixture.said().contains(u"lending.md"));
        QVERIFY(!fixture.tab->document()->isVisible());
        Q_EMIT fixture.tab->questions()->transcript()->citationActivated(u"a1"_s, u"1"_s);
        QVERIFY(fixture.tab->document()->isVisible());
        const auto marks = [&fixture] { return fixture.tab->document()->text()->extraSelections(); };
        QTRY_VERIFY(!marks().isEmpty());
        QCOMPARE(marks().first().cursor.selectedText(), u"Damage is to be reported within two days at the counter."_s);
        QTest::mouseClick(fixture.find<QAbstractButton>("closeDocument"), Qt::LeftButton);
        QVERIFY(!fixture.tab->document()->isVisible());
    }

    void searchingShowsCardsAndInspectingShowsRanks()
    {
        Fixture fixture(m_folder->path());
        fixture.write(u"a.txt"_s, "Quinces ripen late.\n");
        fixture.write(u"b.txt"_s, "Quinces are cooked with sugar.\n");
        fixture.drop({fixture.files});
        QTRY_VERIFY(fixture.holds(2));
        QTest::mouseClick(fixture.find<QAbstractButton>("modeSearch"), Qt::LeftButton);
        fixture.ask(u"quinces -sugar"_s);
        QVERIFY2(fixture.said().contains(u"a.txt") && !fixture.said().contains(u"b.txt"), qPrintable(fixture.said()));
        QTest::mouseClick(fixture.find<QAbstractButton>("modeInspect"), Qt::LeftButton);
        QVERIFY(fixture.find<QWidget>("inspectorBar")->isVisible());
        QTest::mouseClick(fixture.find<QCheckBox>("tryWeight"), Qt::LeftButton, {}, QPoint(8, 10));
        QVERIFY(fixture.find<QSlider>("triedWeight")->isEnabled());
        QTest::keyClicks(fixture.find<QLineEdit>("missedDocument"), u"c.txt"_s);
        fixture.ask(u"quinces"_s);
        QVERIFY(fixture.said().contains(u"| 1 | "));
        QVERIFY(fixture.said().contains(u"No document of this collection is called c.txt."));
        fixture.find<QLineEdit>("missedDocument")->clear();
        QTest::keyClicks(fixture.find<QLineEdit>("missedDocument"), u"b.txt"_s);
        fixture.ask(u"quinces -sugar"_s);
        QVERIFY2(fixture.said().contains(u"b.txt is left out by “-sugar”"), qPrintable(fixture.said()));
        // Nothing that was tried is kept.
        QVERIFY(!fixture.session->current()->info.space);
    }

    void aPassageIsSwitchedOffAndOnAgain()
    {
        Fixture fixture(m_folder->path());
        fixture.write(u"a.txt"_s, "Quinces ripen late.\n");
        fixture.write(u"b.txt"_s, "Quinces are cooked with sugar.\n");
        fixture.drop({fixture.files});
        QTRY_VERIFY(fixture.holds(2));
        QTest::mouseClick(fixture.find<QAbstractButton>("modeInspect"), Qt::LeftButton);
        fixture.ask(u"sugar"_s);
        QVERIFY(fixture.said().contains(u"b.txt"));
        const Message inspected = fixture.session->messages().back();
        QVERIFY(!inspected.actions.empty());
        Transcript *transcript = fixture.tab->questions()->transcript();
        Q_EMIT transcript->actionChosen(inspected.id, inspected.actions.front().id);
        const auto switchedOn = [&fixture]() -> QString {
            for (const Part &part : fixture.session->messages().back().parts) {
                if (const auto *facts = std::get_if<FactsPart>(&part); facts && !facts->actions.empty())
                    return facts->actions.front().id;
            }
            return {};
        };
        QTRY_VERIFY(switchedOn().startsWith(u"on:"));
        QTRY_VERIFY(!fixture.session->isRunning());
        QVERIFY2(!fixture.said().contains(u"b.txt"), qPrintable(fixture.said()));
        Q_EMIT transcript->actionChosen(inspected.id, switchedOn());
        QTRY_VERIFY(fixture.said().contains(u"b.txt"));
        QVERIFY(switchedOn().isEmpty());
    }

    void aQuestionAboutTheWholeIsOfferedWithWhatItTakes()
    {
        Fixture fixture(m_folder->path());
        fixture.write(u"a.txt"_s, "Quinces ripen late, in October.\n");
        fixture.write(u"b.txt"_s, "Medlars are eaten when they are soft, in November.\n");
        fixture.drop({fixture.files});
        QTRY_VERIFY(fixture.holds(2));
        fixture.ask(u"Summarize all documents"_s);
        const auto offer = [&fixture]() -> const ApprovalPart * {
            const auto &parts = fixture.session->messages().back().parts;
            return parts.empty() ? nullptr : std::get_if<ApprovalPart>(&parts.front());
        };
        QVERIFY(offer());
        QVERIFY2(offer()->detail.contains(u"2 passages of 2 documents"), qPrintable(offer()->detail));
        QCOMPARE(offer()->choices.size(), size_t(2));
        const QString id = fixture.session->messages().back().id;
        Transcript *transcript = fixture.tab->questions()->transcript();
        Q_EMIT transcript->approvalGiven(id, offer()->id, u"whole"_s);
        QTRY_VERIFY(!fixture.session->isRunning());
        QVERIFY2(fixture.said().contains(u"Quinces ripen late") && fixture.said().contains(u"Medlars are eaten"),
                 qPrintable(fixture.said()));
        QCOMPARE(fixture.session->messages().back().id, id);
        Q_EMIT transcript->citationActivated(id, u"2"_s);
        QVERIFY(fixture.tab->document()->isVisible());
        // Nobody is forced.
        fixture.ask(u"List all that is said about medlars"_s);
        QVERIFY(offer());
        Q_EMIT transcript->approvalGiven(fixture.session->messages().back().id, offer()->id, u"best"_s);
        QTRY_VERIFY(!fixture.session->isRunning());
        QVERIFY(!offer() && !fixture.said().isEmpty());
    }

    void whatIsWatchedIsFollowed()
    {
        Fixture fixture(m_folder->path());
        fixture.write(u"a.txt"_s, "First.\n");
        fixture.drop({fixture.files});
        QTRY_VERIFY(fixture.holds(1));
        auto *watch = fixture.find<QCheckBox>("watchCollection");
        QTest::mouseClick(watch, Qt::LeftButton, {}, QPoint(8, watch->height() / 2));
        QVERIFY(fixture.session->current()->info.settings.watched);
        QTest::qWait(300);
        fixture.write(u"b.txt"_s, "Second.\n");
        QTRY_VERIFY_WITH_TIMEOUT(fixture.holds(2), 15'000);
    }

    void whatCannotBeReadIsListedAndTriedAgain()
    {
        Fixture fixture(m_folder->path());
        fixture.write(u"broken.pdf"_s, "%PDF-1.7 and then nothing");
        fixture.write(u"fine.txt"_s, "Fine.\n");
        fixture.drop({fixture.files});
        QTRY_VERIFY(fixture.holds(2));
        QCOMPARE(fixture.session->current()->info.sums.failed, 1);
        auto *card = fixture.tab->findChild<CollectionCard *>();
        QVERIFY(card->accessibleDescription().contains(u"1 unreadable"));
        Q_EMIT card->failuresAsked();
        auto *list = fixture.find<QListWidget>("failures");
        QTRY_COMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().startsWith(u"broken.pdf\n"));
        fixture.write(u"broken.pdf"_s, "");
        QVERIFY(QFile::remove(fixture.files + u"/broken.pdf"_s));
        QTest::mouseClick(fixture.find<QAbstractButton>("retryFailures"), Qt::LeftButton);
        QTRY_COMPARE(list->item(0)->text(), u"Everything could be read."_s);
    }

    void collectionsAreThereAgainAfterARestart()
    {
        Fixture fixture(m_folder->path());
        fixture.write(u"a.txt"_s, "Medlars are eaten after the first hard frost of the winter.\n");
        fixture.drop({fixture.files});
        QTRY_VERIFY(fixture.holds(1));
        fixture.close();
        fixture.open();
        QTRY_VERIFY(fixture.holds(1));
        fixture.ask(u"When are medlars eaten?"_s);
        QVERIFY(fixture.said().contains(u"Medlars"));
    }

    void everyControlHasAName()
    {
        const Fixture fixture(m_folder->path());
        for (const QAbstractButton *button : fixture.tab->findChildren<QAbstractButton *>()) {
            if (!button->isVisibleTo(fixture.tab.get()))
                continue;
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                     qPrintable(button->objectName()));
        }
        for (const QLineEdit *line : fixture.tab->findChildren<QLineEdit *>())
            QVERIFY2(!line->accessibleName().isEmpty() || line->objectName().startsWith(u"qt_"),
                     qPrintable(line->objectName()));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestKnowledgeTab)
#include "tst_knowledgetab.moc"
