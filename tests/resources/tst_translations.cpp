// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translation.h"

#include <QLocale>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace quintet;
using namespace Qt::StringLiterals;

namespace {

struct Message {
    QString source;
    QString comment;
    QStringList forms; ///< one, or one a number where it counts
    bool counts = false;
    bool isFinished = true;
};

std::vector<Message> messagesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::vector<Message> messages;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"message") {
            messages.push_back({});
            messages.back().counts = xml.attributes().value("numerus"_L1) == u"yes";
        } else if (xml.name() == u"source") {
            messages.back().source = xml.readElementText();
        } else if (xml.name() == u"comment") {
            messages.back().comment = xml.readElementText();
        } else if (xml.name() == u"numerusform") {
            messages.back().forms << xml.readElementText();
        } else if (xml.name() == u"translation") {
            messages.back().isFinished = !xml.attributes().hasAttribute("type"_L1);
            if (!messages.back().counts)
                messages.back().forms << xml.readElementText();
        }
    }
    return messages;
}

/// What stands for something else: %1, %n, {{text}}, and HTML; a localized number counts as a number.
QStringList placeholdersOf(QString text)
{
    static const QRegularExpression pattern(u"%L?(?:\\d+|n)|\\{\\{[^}]*\\}\\}|</?[a-z]+[^>]*>"_s);
    QStringList found;
    for (const auto &match : pattern.globalMatch(text))
        found << match.captured().remove(u'L');
    found.sort();
    return found;
}

QString wordsFile(const QString &language)
{
    return QStringLiteral(QUINTET_SOURCE_FOLDER "/resources/translations/quintet_%1.ts").arg(language);
}

QSet<QString> sourcesOf(const QString &path)
{
    QSet<QString> sources;
    for (const Message &message : messagesOf(path))
        sources << message.source + u'\n' + message.comment;
    return sources;
}

} // namespace

/// What the program says in other languages.
class TestTranslations final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMessageIsTranslatedWithItsPlaceholders_data()
    {
        QTest::addColumn<QString>("language");
        for (const QString &language : {u"de"_s, u"en"_s})
            QTest::newRow(qPrintable(language)) << language;
    }
    void everyMessageIsTranslatedWithItsPlaceholders()
    {
        QFETCH(QString, language);
        const auto messages = messagesOf(wordsFile(language));
        QVERIFY(messages.size() >= (language == u"en" ? 20 : 1000));
        for (const Message &message : messages) {
            QVERIFY2(message.isFinished, qPrintable(message.source));
            QCOMPARE(message.forms.size(), message.counts ? 2 : 1);
            for (const QString &form : message.forms) {
                QVERIFY2(!form.isEmpty(), qPrintable(message.source));
                QStringList expected = placeholdersOf(message.source);
                QStringList found = placeholdersOf(form);
                // "one file" may be said without the number.
                if (message.counts && form == message.forms.first()) {
                    expected.removeAll(u"%n"_s);
                    found.removeAll(u"%n"_s);
                }
                QVERIFY2(found == expected, qPrintable(message.source + " -> "_L1 + form));
                QVERIFY2(form.front().isSpace() == message.source.front().isSpace()
                             && form.back().isSpace() == message.source.back().isSpace(),
                         qPrintable(form));
            }
        }
    }

    void theSameWordsAreTranslatedAlikeEverywhere()
    {
        QHash<QString, QStringList> known;
        for (const Message &message : messagesOf(wordsFile(u"de"_s))) {
            const QString key = message.source + u'\n' + message.comment;
            if (known.contains(key))
                QVERIFY2(known[key] == message.forms, qPrintable(message.source));
            known[key] = message.forms;
        }
    }

    void everyWordInTheCodeIsKnown()
    {
        const QString lupdate = QStandardPaths::findExecutable(u"lupdate"_s, {u"/usr/lib/qt6/bin"_s});
        if (lupdate.isEmpty())
            QSKIP("lupdate is not installed");
        const QTemporaryDir folder;
        const QString fresh = folder.filePath(u"quintet_de.ts"_s);
        QProcess process;
        process.setWorkingDirectory(QStringLiteral(QUINTET_SOURCE_FOLDER));
        QStringList arguments{u"-silent"_s, u"-I"_s, u"."_s, u"-I"_s, u"core"_s, u"core"_s, u"ui"_s, u"app/window"_s};
        for (const QString &file : QDir(QStringLiteral(QUINTET_SOURCE_FOLDER "/app")).entryList({u"*.cpp"_s}))
            arguments << u"app/"_s + file;
        process.start(lupdate, arguments + QStringList{u"-ts"_s, fresh});
        QVERIFY(process.waitForFinished(120'000));
        const QSet<QString> inCode = sourcesOf(fresh);
        QVERIFY(inCode.size() > 1000);
        const QSet<QString> unknown = inCode - sourcesOf(wordsFile(u"de"_s));
        QVERIFY2(unknown.isEmpty(), qPrintable("`./dev translations` takes these over: "_L1
                                               + QStringList(unknown.values()).join(u" | "_s).left(2000)));
    }

    void aTextIsFoundWhateverItsContext()
    {
        const Translation german(u"de"_s);
        QVERIFY(!german.isEmpty());
        QCOMPARE(german.translate("no such context", "Settings", nullptr, -1), u"Einstellungen"_s);
        QVERIFY(german.translate("quintet::ui::MainWindow", "No such text", nullptr, -1).isEmpty());
        QVERIFY(Translation(u"tlh"_s).isEmpty());
    }

    void countedWordsHaveTheirForms()
    {
        // English is there from the start, whatever the language of the system.
        QCOMPARE(QCoreApplication::translate("any", "%Ln word(s)", nullptr, 1), u"1 word"_s);
        QCOMPARE(QCoreApplication::translate("any", "%Ln word(s)", nullptr, 0), u"0 words"_s);
        Translation german(u"de"_s);
        QCoreApplication::installTranslator(&german);
        QCOMPARE(QCoreApplication::translate("any", "%Ln word(s)", nullptr, 1), u"1 Wort"_s);
        QCOMPARE(QCoreApplication::translate("any", "%Ln word(s)", nullptr, 2), u"2 Wörter"_s);
        QCoreApplication::removeTranslator(&german);
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
