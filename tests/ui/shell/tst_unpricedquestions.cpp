// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/enginethread.h"
#include "ui/shell/unpricedquestions.h"

#include <QAbstractButton>
#include <QFutureWatcher>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

class TestUnpricedQuestions final : public QObject {
    Q_OBJECT

    /// Asked on the engine thread, as the gateway does.
    static QFuture<bool> ask(EngineThread &engine, UnpricedQuestions &questions, const QString &model)
    {
        QFuture<bool> answer;
        engine.runAndWait([&] { answer = questions.asker()(model); });
        return answer;
    }

    static QMessageBox *box(const QWidget &window) { return window.findChild<QMessageBox *>(u"unpricedQuestion"_s); }

    static void choose(const QWidget &window, const char *button)
    {
        QTest::mouseClick(box(window)->findChild<QAbstractButton *>(QLatin1StringView(button)), Qt::LeftButton);
    }

private Q_SLOTS:
    void theUserSaysYesOrNoOrEntersThePrice()
    {
        EngineThread engine;
        QWidget window;
        window.show();
        UnpricedQuestions questions(window);
        const QSignalSpy prices(&questions, &UnpricedQuestions::pricesAsked);
        QFuture<bool> answer = ask(engine, questions, u"<b>new-model</b>"_s);
        QTRY_VERIFY(box(window));
        QVERIFY2(box(window)->text().contains(u"<b>new-model</b>"), qPrintable(box(window)->text()));
        QCOMPARE(box(window)->textFormat(), Qt::PlainText);
        choose(window, "askUnpriced");
        QTRY_VERIFY(answer.isFinished());
        QCOMPARE(answer.result(), true);
        QTRY_VERIFY(!box(window));

        answer = ask(engine, questions, u"other"_s);
        QTRY_VERIFY(box(window));
        QTest::keyClick(box(window), Qt::Key_Escape);
        QTRY_VERIFY(answer.isFinished());
        QCOMPARE(answer.result(), false);
        QTRY_VERIFY(!box(window));
        QCOMPARE(prices.count(), 0);

        answer = ask(engine, questions, u"other"_s);
        QTRY_VERIFY(box(window));
        choose(window, "enterPrice");
        QTRY_VERIFY(answer.isFinished());
        QCOMPARE(answer.result(), false);
        QCOMPARE(prices.count(), 1);
    }

    void aWindowThatClosesSaysNo()
    {
        EngineThread engine;
        auto window = std::make_unique<QWidget>();
        window->show();
        auto questions = std::make_unique<UnpricedQuestions>(*window);
        const QFuture<bool> open = ask(engine, *questions, u"m"_s);
        QTRY_VERIFY(box(*window));
        const QFuture<bool> posted = ask(engine, *questions, u"n"_s);
        questions.reset();
        window.reset();
        QTRY_VERIFY(open.isFinished() && posted.isFinished());
        QCOMPARE(open.resultCount() + posted.resultCount(), 0);
    }
};

QTEST_MAIN(TestUnpricedQuestions)
#include "tst_unpricedquestions.moc"
