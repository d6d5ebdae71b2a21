// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/program.h"
#include "ui/shell/rail.h"
#include "ui/widgets/elidedlabel.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace quintet;
using namespace Qt::StringLiterals;

namespace {

/// A language that nobody speaks: each text in brackets, accented and a third longer, with its placeholders whole.
class PseudoLanguage final : public QTranslator {
public:
    bool isEmpty() const override { return false; }

    QString translate(const char *context, const char *source, const char *, int) const override
    {
        if (QByteArrayView(context) == "QShortcut")
            return {}; // names of keys, which Qt and keyboards agree on
        const QString text = QString::fromUtf8(source);
        static const QRegularExpression kept(u"%L?(?:\\d+|n)|\\{\\{[^}]*\\}\\}|<[^>]*>|[^aeiou]"_s);
        QString accented;
        for (qsizetype i = 0; i < text.size();) {
            const auto match =
                kept.matchView(text, i, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
            accented +=
                match.hasMatch() ? match.captured() : QString(QStringView(u"àéîöü")[u"aeiou"_s.indexOf(text[i])]);
            i += match.hasMatch() ? match.capturedLength() : 1;
        }
        return u'⟦' + accented + QString(text.size() / 3, u'·') + u'⟧';
    }
};

/// What is said in no language: names, figures, signs, variables, and the sample tasks, which are documents.
bool isData(const QObject *object, const QString &text)
{
    static const QRegularExpression letters(u"\\p{L}"_s, QRegularExpression::UseUnicodePropertiesOption);
    static const QStringList names{u"Quintet"_s, u"builtin"_s, u"SearXNG"_s, u"Brave"_s, u"Tavily"_s};
    return !text.contains(letters) || names.contains(text) || text.startsWith("{{"_L1)
           || object->objectName().startsWith("replay-"_L1);
}

QStringList wordsOf(const QObject *object)
{
    QStringList words;
    if (const auto *widget = qobject_cast<const QWidget *>(object))
        words << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
    if (const auto *label = qobject_cast<const ui::ElidedLabel *>(object))
        words << label->text();
    else if (const auto *label = qobject_cast<const QLabel *>(object))
        words << label->text();
    if (const auto *button = qobject_cast<const QAbstractButton *>(object))
        words << button->text();
    if (const auto *line = qobject_cast<const QLineEdit *>(object))
        words << line->placeholderText();
    if (const auto *edit = qobject_cast<const QPlainTextEdit *>(object))
        words << edit->placeholderText();
    if (const auto *action = qobject_cast<const QAction *>(object))
        words << action->text();
    if (const auto *tabs = qobject_cast<const QTabBar *>(object)) {
        for (int i = 0; i < tabs->count(); ++i)
            words << tabs->tabText(i) << tabs->tabToolTip(i);
    }
    return words;
}

} // namespace

/// The window in a language that is longer than English, and in one that is read from the right.
class TestPseudoLanguage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::installTranslator(&m_language);
        m_program = std::make_unique<Program>(preparePaths(m_folder.path()));
        QSignalSpy ready(m_program.get(), &Program::ready);
        m_program->window().show();
        QVERIFY(ready.wait(30'000));
    }

    void cleanupTestCase() { m_program.reset(); }

    void everyWordCanBeTranslated_data() { addPages(); }
    void everyWordCanBeTranslated()
    {
        QFETCH(QString, page);
        ui::MainWindow &window = m_program->window();
        QVERIFY(window.showPage(page));
        QTest::qWait(50);
        int seen = 0;
        for (const QObject *object : window.findChildren<QObject *>()) {
            const auto *widget = qobject_cast<const QWidget *>(object);
            if (object->objectName().startsWith("qt_"_L1) || (widget && !widget->isVisible()))
                continue;
            for (QString text : wordsOf(object)) {
                text.remove(m_folder.path());
                const QByteArray where = object->metaObject()->className() + QByteArray(" ")
                                         + object->objectName().toUtf8() + ": " + text.toUtf8();
                if (isData(object, text))
                    continue;
                static const QRegularExpression unfilled(u"%L?(?:\\d+|n)"_s);
                QVERIFY2(!text.contains(unfilled), where.constData());
                QVERIFY2(text.contains(u'⟦') && text.contains(u'⟧'), where.constData());
                ++seen;
            }
        }
        QVERIFY(seen >= 10);
    }

    void longerWordsStillFit_data() { addPages(); }
    void longerWordsStillFit()
    {
        QFETCH(QString, page);
        m_program->window().resize(1280, 800);
        checkThatWordsFit(page);
    }

    void itIsMirroredWhereOneReadsFromTheRight_data() { addPages(); }
    void itIsMirroredWhereOneReadsFromTheRight()
    {
        QFETCH(QString, page);
        QApplication::setLayoutDirection(Qt::RightToLeft);
        ui::MainWindow &window = m_program->window();
        window.resize(1280, 800);
        checkThatWordsFit(page);
        const auto *rail = window.findChild<ui::Rail *>();
        QVERIFY(rail->mapTo(&window, QPoint(0, 0)).x() > window.width() / 2);
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

private:
    void addPages()
    {
        QTest::addColumn<QString>("page");
        for (const QString &page : {u"start"_s, u"summarize"_s, u"chat"_s, u"batch"_s, u"knowledge"_s, u"agent"_s,
                                    u"usage"_s, u"settings"_s}) {
            if (m_program->window().showPage(page))
                QTest::newRow(qPrintable(page)) << page;
        }
    }

    void checkThatWordsFit(const QString &page)
    {
        ui::MainWindow &window = m_program->window();
        QVERIFY(window.showPage(page));
        QTest::qWait(50);
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            const auto *label = qobject_cast<const QLabel *>(widget);
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool counts = (label && !label->wordWrap() && !qobject_cast<const ui::ElidedLabel *>(widget))
                                || (button && !button->text().isEmpty());
            if (!counts || !widget->isVisible() || widget->visibleRegion().isEmpty())
                continue;
            QVERIFY2(widget->width() >= widget->sizeHint().width(),
                     qPrintable(u"%1: %2 of %3 px, %4"_s.arg(widget->objectName())
                                    .arg(widget->width())
                                    .arg(widget->sizeHint().width())
                                    .arg(label ? label->text() : button->text())));
        }
    }

    PseudoLanguage m_language;
    QTemporaryDir m_folder;
    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestPseudoLanguage)
#include "tst_pseudolanguage.moc"
