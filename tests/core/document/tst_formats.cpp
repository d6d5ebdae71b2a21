// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/fileextractor.h"
#include "document/readers/format.h"
#include "text/codepoints.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace quintet;
using namespace quintet::document;
using namespace Qt::StringLiterals;

namespace {

QByteArray bytesOf(const QString &name)
{
    QFile file(QStringLiteral(QUINTET_TEST_DATA "/documents/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<Document> read(const QByteArray &bytes, const QString &name)
{
    return FileExtractor::extractNow({.path = {}, .bytes = bytes, .name = name}, {});
}

QString stretch(const Document &document, const Place &place)
{
    const text::CodePointMap map(document.text);
    return document.text.mid(map.unit(place.start), map.unit(place.end) - map.unit(place.start));
}

/// The place whose text holds `words`, which must stand in one only.
const Place *placeOf(const Document &document, const QString &words)
{
    const text::CodePointMap map(document.text);
    return placeAt(document.places, map.codePoint(document.text.indexOf(words)));
}

QStringList samples()
{
    return QDir(QStringLiteral(QUINTET_TEST_DATA "/documents")).entryList({u"tour.*"_s, u"accounts.*"_s});
}

/// What holds of every document, whatever it was read from.
void verifyWhole(const Document &document)
{
    QCOMPARE(document.characters, text::CodePointMap(document.text).size());
    QCOMPARE(document.text, document.text.normalized(QString::NormalizationForm_KC));
    qint64 end = 0;
    for (const Place &place : document.places) {
        QVERIFY(place.start >= end && place.end > place.start && place.end <= document.characters);
        const text::CodePointMap map(document.text);
        QVERIFY(QStringView(document.text)
                    .sliced(map.unit(end), map.unit(place.start) - map.unit(end))
                    .trimmed()
                    .isEmpty());
        end = place.end;
    }
    qint64 start = 0;
    for (const Heading &heading : document.headings) {
        QVERIFY(heading.start >= start && heading.start < document.characters && !heading.title.isEmpty());
        start = heading.start;
    }
}

} // namespace

/// Documents that other programs made, of which all readers must find the same.
class TestFormats final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyProgramsDocumentIsReadWhole_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : samples())
            QTest::newRow(qPrintable(name)) << name;
        QVERIFY(samples().size() >= 15);
    }

    void everyProgramsDocumentIsReadWhole()
    {
        QFETCH(QString, name);
        const auto document = read(bytesOf(name), name);
        QVERIFY2(document, qPrintable(document ? QString() : document.error().message));
        verifyWhole(*document);
        if (name.startsWith(u"accounts"))
            return;
        const QString flat = QString(document->text).replace(u'\n', u' ');
        for (const QString &words :
             {u"The efficient kettle boils"_s, u"Größe, naïveté, 水壶在炉子上"_s, u"Чайник кипит, 😀"_s, u"שלום"_s,
              u"العربية تُكتب من اليمين إلى اليسار"_s, u"with a handle"_s, u"Fill it"_s, u"Footnotes are read too"_s})
            QVERIFY2(flat.contains(words), qPrintable(words + u" in: "_s + document->text));
        const QStringList rows = document->text.split(u'\n').filter(u"Kettle "_s).filter(u"25.50"_s);
        QVERIFY2(rows.value(0).contains(u"Delft") || name.endsWith(u".adoc") || name.endsWith(u".xml")
                     || name.endsWith(u".pdf"),
                 qPrintable(document->text));
    }

    void headingsArePlaces_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : samples().filter(u"tour."_s)) {
            if (!name.endsWith(u".xml") && !name.endsWith(u".pptx") && !name.endsWith(u".odp")
                && !name.endsWith(u".pdf"))
                QTest::newRow(qPrintable(name)) << name;
        }
    }

    void headingsArePlaces()
    {
        QFETCH(QString, name);
        const auto document = read(bytesOf(name), name);
        QVERIFY(document);
        const Place *place = placeOf(*document, u"25.50"_s);
        QVERIFY(place);
        QCOMPARE(place->kind, Place::Section);
        QCOMPARE(place->label, u"Prices"_s);
        QVERIFY(stretch(*document, *place).contains(u"Meissen"));
        const QStringList path = headingPath(document->headings, place->start);
        QCOMPARE(path.last(), u"Prices"_s);
        QVERIFY2(path.contains(u"First steps"_s), qPrintable(path.join(u'/')));
    }

    void documentsSayWhatTheyAre_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *ending : {"md", "docx", "odt", "epub", "tex", "org", "html"})
            QTest::newRow(ending) << u"tour."_s + QString::fromLatin1(ending);
    }

    void documentsSayWhatTheyAre()
    {
        QFETCH(QString, name);
        const auto document = read(bytesOf(name), name);
        QVERIFY(document);
        QCOMPARE(document->title, u"The Kettle and the Bridge"_s);
        QCOMPARE(document->author, u"Ada Muster"_s);
        QCOMPARE(document->language, u"en"_s);
    }

    void slidesAreCounted()
    {
        for (const QString &name : {u"tour.pptx"_s, u"tour.odp"_s}) {
            const auto document = read(bytesOf(name), name);
            QVERIFY(document);
            const Place *place = placeOf(*document, u"25.50"_s);
            QVERIFY(place);
            QCOMPARE(place->kind, Place::Slide);
            QVERIFY(place->page.value_or(0) > 1);
            QCOMPARE(place->label, QString::number(*place->page));
            QCOMPARE(document->places.front().page, 1);
            QVERIFY(stretch(*document, document->places.front()).startsWith(u"The Kettle and the Bridge"));
        }
    }

    void rowsCanBeReadAlone_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *ending : {"csv", "xlsx", "ods"})
            QTest::newRow(ending) << u"accounts."_s + QString::fromLatin1(ending);
    }

    void rowsCanBeReadAlone()
    {
        QFETCH(QString, name);
        const auto document = read(bytesOf(name), name);
        QVERIFY(document);
        const Place *place = placeOf(*document, u"Muster, Max"_s);
        QVERIFY(place);
        const QString row = stretch(*document, *place);
        QVERIFY2(row.startsWith(u"Name: Muster, Max; Born: 1990-01-31; Amount: 0.1; Share: 7"), qPrintable(row));
        QCOMPARE(place->row, 3);
        QCOMPARE(citationLabel(*place), name.endsWith(u"csv") ? u"line 3"_s : u"accounts, row 3"_s);
        QVERIFY(document->text.contains(u"Born: 1815-12-10"));
        QVERIFY(document->text.contains(u"Name: 李雷; Born: 2000-02-29; Amount: -3; Share: 80"));
    }

    void aWrongEndingDoesNotMisleadTheReader()
    {
        for (const QString &name : samples()) {
            const auto right = read(bytesOf(name), name);
            QVERIFY(right);
            for (const char *ending : {"docx", "pdf", "xlsx", "zip"}) {
                // Texts with light markup have nothing but their names.
                if (!bytesOf(name).startsWith("PK") && !bytesOf(name).startsWith("{\\rtf"))
                    continue;
                const auto misnamed = read(bytesOf(name), u"wrong."_s + QString::fromLatin1(ending));
                QVERIFY2(misnamed, qPrintable(name));
                QCOMPARE(misnamed->text, right->text);
            }
        }
    }

    void whatIsCutOffIsReadAsFarAsItGoesOrRefused_data() { everyProgramsDocumentIsReadWhole_data(); }

    void whatIsCutOffIsReadAsFarAsItGoesOrRefused()
    {
        QFETCH(QString, name);
        const QByteArray whole = bytesOf(name);
        for (int tenth = 1; tenth < 10; ++tenth) {
            const auto document = read(whole.first(whole.size() * tenth / 10), name);
            if (document)
                verifyWhole(*document);
            else
                QCOMPARE(document.error().kind, ErrorKind::BadInput);
        }
    }

    void nonsenseUnderEveryEndingIsReadOrRefused()
    {
        QRandomGenerator random(5);
        for (const QString &name :
             samples() + QStringList{u"a.srt"_s, u"a.eml"_s, u"a.mbox"_s, u"a.jsonl"_s, u"a.c"_s}) {
            const QByteArray whole = bytesOf(name);
            for (int round = 0; round < 20; ++round) {
                QByteArray bytes = whole;
                if (round % 2 == 0) {
                    bytes.resize(1 + random.bounded(5000));
                    for (char &byte : bytes)
                        byte = char(random.generate());
                }
                for (int i = 0; i < 20 && !bytes.isEmpty(); ++i)
                    bytes[qsizetype(random.bounded(qint64(bytes.size())))] = char(random.generate());
                const auto document = read(bytes, name);
                if (document)
                    verifyWhole(*document);
                else
                    QCOMPARE(document.error().kind, ErrorKind::BadInput);
            }
        }
    }

    void anEmptyFileIsSaidToBeOne()
    {
        for (const QString &name : samples()) {
            const auto document = read({}, name);
            QVERIFY(!document);
            QVERIFY(document.error().message.contains(u"is empty"));
        }
    }
};

QTEST_GUILESS_MAIN(TestFormats)
#include "tst_formats.moc"
