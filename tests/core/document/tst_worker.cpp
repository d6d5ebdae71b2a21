// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/extraction/fileextractor.h"
#include "document/worker/confinement.h"
#include "document/worker/protocol.h"
#include "document/worker/workerextractor.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <qcorotask.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace quintet;
using namespace quintet::document;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString program()
{
    return QStringLiteral(QUINTET_PROGRAMS "/quintet");
}

QString data(const QString &name)
{
    return QStringLiteral(QUINTET_TEST_DATA "/") + name;
}

Result<Document> extract(WorkerExtractor &extractor, Source source, CancelToken token = {})
{
    return QCoro::waitFor(extractor.extract(std::move(source), token));
}

} // namespace

class TestWorker final : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no temporary folder");
        file.write(bytes);
        return file.fileName();
    }

    /// A program in a worker's place that says it is there, waits for a request, and does something else.
    QString impostor(const QString &name, const QByteArray &does)
    {
        return script(name, "printf 'p\\0\\0\\0\\0'\nhead -c 1 <&3 >/dev/null\n" + does);
    }

    QString script(const QString &name, const QByteArray &does)
    {
        const QString path = write(name, "#!/bin/sh\n" + does + "\n");
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }

private Q_SLOTS:
    void aWorkerReadsWhatThisProcessReads()
    {
        WorkerExtractor extractor(program(), {});
        for (const QString &name : QDir(data(u"documents"_s)).entryList(QDir::Files)) {
            const QString path = data(u"documents/"_s) + name;
            const auto document = extract(extractor, {.path = path});
            QVERIFY2(document, qPrintable(document ? QString() : document.error().message));
            QCOMPARE(*document, *FileExtractor::extractNow({.path = path}, {}));
        }
        QVERIFY(extractor.workers() == 1); // one after the other, one is enough
    }

    void bytesAndPasswordsReachTheWorker()
    {
        WorkerExtractor extractor(program(), {});
        const auto document = extract(
            extractor,
            {.bytes = "<html><body>\xD0\xD2\xC9\xD7\xC5\xD4</body></html>", .name = u"p"_s, .encoding = u"koi8-r"_s});
        QCOMPARE(document->text, u"привет"_s);
        const auto locked = extract(extractor, {.path = data(u"pdf/locked.pdf"_s)});
        QVERIFY(!locked && asksForPassword(locked.error()));
        QVERIFY(locked.error().message.contains(u"password"));
        QVERIFY(extract(extractor, {.path = data(u"pdf/locked.pdf"_s), .password = u"secret"_s}));
    }

    void manyAreReadAtOnceByFewWorkers()
    {
        WorkerExtractor extractor(program(), {});
        std::vector<Task<Result<Document>>> tasks;
        for (int i = 0; i < 60; ++i)
            tasks.push_back(
                extractor.extract({.bytes = "text number " + QByteArray::number(i), .name = u"a.txt"_s}, {}));
        for (int i = 0; i < 60; ++i)
            QCOMPARE(QCoro::waitFor(std::move(tasks[size_t(i)]))->text, u"text number %1"_s.arg(i));
        QVERIFY(extractor.workers() <= QThread::idealThreadCount());
    }

    void aLargeTextArrivesWhole()
    {
        WorkerExtractor extractor(program(), {});
        const QString line = u"Größe, 水壶, 😀 and some words more.\n"_s;
        const QString path = write(u"large.txt"_s, line.toUtf8().repeated(300'000));
        const auto document = extract(extractor, {.path = path});
        QVERIFY(document);
        QCOMPARE(document->text, line.repeated(300'000));
        QCOMPARE(document->characters, qint64(line.toUcs4().size()) * 300'000);
    }

    void aFileThatHarmsItsReaderIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("does");
        QTest::addColumn<QString>("says");
        QTest::newRow("a crash") << QByteArray("kill -SEGV $$") << u"crashed"_s;
        QTest::newRow("a stall") << QByteArray("exec sleep 100") << u"did not go on"_s;
        QTest::newRow("an exit") << QByteArray("exit 0") << u"crashed"_s;
        QTest::newRow("noise") << QByteArray("printf 'd\\377\\377\\377\\377'; exec sleep 100") << u"lost its way"_s;
        QTest::newRow("a frame of no kind")
            << QByteArray("printf 'x\\0\\0\\0\\0'; exec sleep 100") << u"lost its way"_s;
        QTest::newRow("no document") << QByteArray("printf 'd\\0\\0\\0\\3abc'; exec sleep 100") << u"lost its way"_s;
        QTest::newRow("no end") << QByteArray("while printf 'p\\0\\0\\0\\0'; do sleep 0.05; done") << u"more than"_s;
    }

    void aFileThatHarmsItsReaderIsSetAside()
    {
        QFETCH(QByteArray, does);
        QFETCH(QString, says);
        const QTemporaryDir aside;
        const QString path = write(u"harmful.txt"_s, "text");
        const WorkerLimits limits{.stall = 700ms, .whole = 1500ms, .perMegabyte = 0ms};
        WorkerExtractor harmed(impostor(u"impostor"_s, does), aside.path(), limits);
        const auto first = extract(harmed, {.path = path});
        QVERIFY(!first);
        QCOMPARE(first.error().kind, ErrorKind::BadInput);
        QVERIFY2(first.error().message.contains(says), qPrintable(first.error().message));
        // Others know of it and do not try, whatever they are.
        WorkerExtractor sound(program(), aside.path());
        const auto second = extract(sound, {.path = path});
        QVERIFY(!second);
        QVERIFY2(second.error().message.contains(u"set aside"), qPrintable(second.error().message));
        QVERIFY(second.error().message.contains(says));
        // Asked to, they try, and from then on it is a file like any other.
        QVERIFY(extract(sound, {.path = path, .again = true}));
        QVERIFY(extract(sound, {.path = path}));
    }

    void aFileThatChangedIsTriedAgain()
    {
        const QTemporaryDir aside;
        const QString path = write(u"changing.txt"_s, "text");
        WorkerExtractor harmed(impostor(u"impostor"_s, "exit 0"), aside.path());
        QVERIFY(!extract(harmed, {.path = path}));
        WorkerExtractor sound(program(), aside.path());
        QVERIFY(!extract(sound, {.path = path}));
        write(u"changing.txt"_s, "other text");
        QVERIFY(extract(sound, {.path = path}));
    }

    void theRestGoesOnAfterACrash()
    {
        const QString once = m_folder.filePath(u"happened"_s);
        const QString program =
            script(u"once"_s, "test -e '" + once.toUtf8() + "' || { touch '" + once.toUtf8()
                                  + "'; printf 'p\\0\\0\\0\\0'; head -c 1 <&3 >/dev/null; kill -SEGV $$; }\nexec '"
                                  + ::program().toUtf8() + "' \"$@\"");
        WorkerExtractor extractor(program, {});
        QVERIFY(!extract(extractor, {.path = data(u"documents/tour.docx"_s)}));
        QVERIFY(extract(extractor, {.path = data(u"documents/tour.docx"_s)}));
    }

    void aProgramThatIsNotThereIsSaidToBeMissing()
    {
        WorkerExtractor extractor(u"/nonexistent/quintet"_s, m_folder.filePath(u"aside"_s));
        const auto document = extract(extractor, {.path = data(u"documents/tour.md"_s)});
        QVERIFY(!document);
        QCOMPARE(document.error().kind, ErrorKind::Storage);
        QVERIFY(!QFile::exists(m_folder.filePath(u"aside"_s))); // the file is not to blame
        WorkerExtractor broken(script(u"broken"_s, "exit 1"), m_folder.filePath(u"aside"_s));
        QCOMPARE(extract(broken, {.path = data(u"documents/tour.md"_s)}).error().kind, ErrorKind::Storage);
        QVERIFY(!QFile::exists(m_folder.filePath(u"aside"_s)));
    }

    void cancellingEndsTheReader()
    {
        WorkerExtractor extractor(impostor(u"slow"_s, "exec sleep 100"), {});
        CancelSource source;
        auto task = extractor.extract({.bytes = "text", .name = u"a"_s}, source.get_token());
        auto waiting = extractor.extract({.bytes = "text", .name = u"a"_s}, source.get_token());
        auto waitingToo = extractor.extract({.bytes = "text", .name = u"a"_s}, source.get_token());
        QTest::qWait(100);
        source.request_stop();
        for (auto *each : {&task, &waiting, &waitingToo})
            QCOMPARE(QCoro::waitFor(std::move(*each)).error().kind, ErrorKind::Cancelled);
    }

    void aUsersLoaderReadsItsEnding()
    {
        WorkerExtractor extractor(program(), {}, {},
                                  {.loaders = {{u"xyz"_s, u"tr a-z A-Z"_s}, {u"bad"_s, u"false"_s}}});
        const QString path = write(u"a.xyz"_s, "the text of a strange format");
        const auto document = extract(extractor, {.path = path});
        QVERIFY2(document, qPrintable(document ? QString() : document.error().message));
        QCOMPARE(document->text, u"THE TEXT OF A STRANGE FORMAT"_s);
        QCOMPARE(document->path, path);
        const auto failed = extract(extractor, {.path = write(u"a.bad"_s, "text")});
        QVERIFY(!failed && failed.error().message.contains(u"false"));
        // Nothing is loaded that nobody asked for.
        WorkerExtractor plain(program(), {});
        QCOMPARE(extract(plain, {.path = path})->text, u"the text of a strange format"_s);
    }

    void aLoaderCanOnlyReadAndWriteItsText()
    {
        const QString kept = m_folder.filePath(u"kept.txt"_s);
        WorkerExtractor extractor(program(), {}, {}, {.loaders = {{u"xyz"_s, u"tee "_s + kept}}});
        static_cast<void>(extract(extractor, {.bytes = "text", .name = u"a.xyz"_s}));
        QVERIFY(!QFile::exists(kept));
    }

    void picturesAreReadByTesseractWhereItIs()
    {
        const QByteArray png = QByteArray::fromBase64(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=");
        WorkerExtractor without(program(), {});
        const auto refused = extract(without, {.bytes = png, .name = u"a.png"_s});
        QVERIFY(!refused && refused.error().message.contains(u"Tesseract"));
        WorkerExtractor missing(program(), {}, {}, {.tesseract = u"/nonexistent/tesseract"_s});
        QCOMPARE(extract(missing, {.bytes = png, .name = u"a.png"_s}).error().message, refused.error().message);
        const QString real = QStandardPaths::findExecutable(u"tesseract"_s);
        if (real.isEmpty())
            QSKIP("Tesseract is not installed here");
        WorkerExtractor with(program(), {}, {}, {.tesseract = real});
        const auto document = extract(with, {.path = data(u"pdf/words.pdf"_s)});
        QVERIFY2(document, qPrintable(document ? QString() : document.error().message));
        QVERIFY(document->text.contains(u"The kettle is on the stove."));
        QCOMPARE(document->places.front().page, 1);
    }

    void aPageIsDrawnForRecognition()
    {
        WorkerProcess worker(program(), {});
        auto input = openInput({.path = data(u"pdf/words.pdf"_s)});
        QVERIFY(input);
        input->page = 0;
        const auto answer = QCoro::waitFor(worker.read(*input, {}));
        const QList<QByteArray> head = answer.picture.first(40).split('\n');
        QCOMPARE(head[0], "P5");
        const QList<QByteArray> size = head[1].split(' ');
        QVERIFY(size[0].toInt() > 500);
        const qsizetype header = head[0].size() + head[1].size() + head[2].size() + 3;
        QCOMPARE(answer.picture.size(), header + size[0].toInt() * size[1].toInt());
        // There are words on it, and they are black.
        QVERIFY(answer.picture.count('\0') > 1000);
        input->page = 1;
        QVERIFY(QCoro::waitFor(worker.read(*input, {})).error.has_value());
    }

    void whatAWorkerSaysIsNotBelieved()
    {
        Document document;
        document.text = u"Some text."_s;
        document.characters = 10;
        document.places = {{.kind = Place::Page, .label = u"1"_s, .start = 0, .end = 10, .page = 1}};
        document.headings = {{.start = 0, .level = 1, .title = u"Some"_s}};
        QCOMPARE(documentFrom(factsBytes(document), document.text.toUtf8()), document);
        QVERIFY(!documentFrom(factsBytes(document), "Some"));
        const QByteArray facts = factsBytes(document);
        for (qsizetype size = 0; size < facts.size(); ++size)
            QVERIFY(!documentFrom(facts.first(size), document.text.toUtf8()));
        QRandomGenerator random(3);
        for (int i = 0; i < 2000; ++i) {
            QByteArray broken = facts;
            broken[qsizetype(random.bounded(qint64(broken.size())))] = char(random.generate());
            const auto read = documentFrom(broken, document.text.toUtf8());
            for (const Place &place : read ? read->places : std::vector<Place>())
                QVERIFY(place.start >= 0 && place.end <= 10);
        }
    }

    void aConfinedProcessCanDoNothingElse()
    {
        const QByteArray secret = write(u"secret.txt"_s, "text").toUtf8();
        const QByteArray fresh = m_folder.filePath(u"fresh.txt"_s).toUtf8();
        const pid_t child = ::fork();
        if (child == 0) {
            if (!confineThisProcess())
                ::_exit(1);
            if (::socket(AF_INET, SOCK_STREAM, 0) >= 0 || ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
                ::_exit(2);
            if (::open(fresh.constData(), O_WRONLY | O_CREAT, 0600) >= 0 || ::open(secret.constData(), O_RDWR) >= 0)
                ::_exit(3);
            if (::unlink(secret.constData()) == 0 || ::rename(secret.constData(), fresh.constData()) == 0)
                ::_exit(4);
            if (::fork() >= 0)
                ::_exit(5);
            char *const arguments[] = {nullptr};
            ::execve("/bin/true", arguments, arguments);
            const int system = ::open("/usr/share", O_RDONLY | O_DIRECTORY);
            ::_exit(system >= 0 ? 0 : 6);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        QVERIFY(QFile::exists(QString::fromUtf8(secret)));
    }
};

QTEST_GUILESS_MAIN(TestWorker)
#include "tst_worker.moc"
