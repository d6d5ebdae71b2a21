// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/answerschema.h"
#include "batch/output/atomicfile.h"
#include "batch/output/exporter.h"
#include "batch/output/runreport.h"
#include "batch/output/workbook.h"
#include "batch/row.h"
#include "batch/work/runoutput.h"
#include "support/fakes.h"
#include "support/resultof.h"

#include <KZip>

#include <QBuffer>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QtConcurrent>

using namespace quintet;
using namespace quintet::batch;
using namespace quintet::test;
using namespace Qt::StringLiterals;

/// How results leave a run.
class TestOutput final : public QObject {
    Q_OBJECT

private:
    struct House {
        QTemporaryDir folder;
        FakeClock clock;
        std::unique_ptr<store::Database> database =
            std::move(*store::Database::open(folder.filePath(u"quintet.db"_s), store::mainSchema()));
        RunStore runs{*database, clock};
        ItemStore items{*database, clock};
        FileStore files{*database};

        batch::Run make(const RunSpec &spec, const std::vector<ItemSource> &sources)
        {
            const auto run = resultOf(runs.create(spec));
            if (!run || !resultOf(items.add(*run, 0, sources)))
                qFatal("cannot make a run");
            return *run;
        }

        /// The item's result is recorded and written.
        bool record(const batch::Run &run, qint64 position, const QString &text, std::optional<bool> valid = {})
        {
            const auto item = items.find(itemId(run.number, position));
            RunOutput output(*database, clock, items, run);
            return resultOf(
                       output.record(*item, {.text = text, .model = u"m"_s, .valid = valid, .cost = usage::Money{5}}))
                .has_value();
        }

        QByteArray exported(const batch::Run &run, OutputFormat format)
        {
            QBuffer buffer;
            buffer.open(QIODevice::WriteOnly);
            return exportRun(run, items, format, buffer, {}) ? buffer.data() : QByteArray("failed");
        }

        QByteArray read(const QString &name) const
        {
            QFile file(folder.filePath(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("missing");
        }

        void write(const QString &name, const QByteArray &content) const
        {
            QFile file(folder.filePath(name));
            if (!QDir().mkpath(QFileInfo(file).absolutePath()) || !file.open(QIODevice::WriteOnly)
                || file.write(content) < 0)
                qFatal("cannot write");
        }
    };

    static RunSpec spec(const House &house)
    {
        RunSpec spec;
        spec.name = u"Test"_s;
        spec.prompt = u"p"_s;
        spec.output.folder = house.folder.filePath(u"out"_s);
        return spec;
    }

    static ItemSource fileNamed(const QString &name) { return {name, u"/in/"_s + name, 1, {}}; }

private Q_SLOTS:
    void eachResultHasAFileOfItsOwn()
    {
        House house;
        const batch::Run run = house.make(spec(house), {fileNamed(u"a.pdf"_s), fileNamed(u"a.docx"_s),
                                                        fileNamed(u"sub/a.pdf"_s), fileNamed(u"../../etc/x.txt"_s)});
        for (int i = 0; i < 4; ++i)
            QVERIFY(house.record(run, i, u"result %1"_s.arg(i)));
        QCOMPARE(house.read(u"out/a.answer.md"_s), "result 0\n");
        QCOMPARE(house.read(u"out/a.docx.answer.md"_s), "result 1\n");
        QCOMPARE(house.read(u"out/sub/a.answer.md"_s), "result 2\n");
        QCOMPARE(house.read(u"out/etc/x.answer.md"_s), "result 3\n"); // never out of its folder
        // Again: the same names.
        QVERIFY(house.record(run, 0, u"better"_s));
        QCOMPARE(house.read(u"out/a.answer.md"_s), "better\n");
    }

    void whatOthersWroteIsLeftAlone()
    {
        House house;
        house.write(u"out/a.answer.md"_s, "mine");
        const batch::Run run = house.make(spec(house), {fileNamed(u"a.pdf"_s)});
        QVERIFY(house.record(run, 0, u"result"_s));
        QCOMPARE(house.read(u"out/a.answer.md"_s), "mine");
        QCOMPARE(house.read(u"out/a.pdf.answer.md"_s), "result\n");
        RunSpec bold = spec(house);
        bold.output.overwrite = true;
        QVERIFY(house.record(house.make(bold, {fileNamed(u"a.pdf"_s)}), 0, u"told to"_s));
        QCOMPARE(house.read(u"out/a.answer.md"_s), "told to\n");
    }

    void whatQuintetWroteIsWrittenAgainUnlessItWasChanged()
    {
        House house;
        const auto again = [&house](const QString &text) {
            const batch::Run run = house.make(spec(house), {fileNamed(u"a.pdf"_s)});
            return house.record(run, 0, text) && resultOf(house.runs.setState(run, RunState::Complete)).has_value();
        };
        QVERIFY(again(u"first"_s));
        QVERIFY(again(u"second"_s));
        QCOMPARE(house.read(u"out/a.answer.md"_s), "second\n");
        house.write(u"out/a.answer.md"_s, "second, and my notes");
        QVERIFY(again(u"third"_s));
        QCOMPARE(house.read(u"out/a.answer.md"_s), "second, and my notes");
    }

    void runsAtWorkOnOneFolderNeverShareAName()
    {
        House house;
        const batch::Run one = house.make(spec(house), {fileNamed(u"a.pdf"_s)});
        const batch::Run other = house.make(spec(house), {fileNamed(u"a.pdf"_s)});
        QVERIFY(house.record(one, 0, u"one"_s));
        QVERIFY(house.record(other, 0, u"other"_s));
        QCOMPARE(house.read(u"out/a.answer.md"_s), "one\n");
        QCOMPARE(house.read(u"out/a.pdf.answer.md"_s), "other\n");
        for (const batch::Run &run : {one, other}) {
            RunOutput output(*house.database, house.clock, house.items, run);
            QVERIFY(resultOf(output.writeReport()));
        }
        QVERIFY(house.read(u"out/run.json"_s).contains(one.id.value.toUtf8()));
        QVERIFY(house.read(u"out/run-%1.json"_s.arg(other.id.value)).contains(other.id.value.toUtf8()));
        // Where both looked before either wrote it down, one is told.
        const QString path = house.folder.filePath(u"out/late.md"_s);
        QCOMPARE(*resultOf(house.files.remember(one, path, "digest")), true);
        QCOMPARE(*resultOf(house.files.remember(other, path, "digest")), false);
        QVERIFY(resultOf(house.runs.setState(one, RunState::Complete)));
        QCOMPARE(*resultOf(house.files.remember(other, path, "digest")), true);
    }

    void aTableHasTheSourcesColumnsAndTheAnswersFields()
    {
        House house;
        RunSpec table = spec(house);
        table.source.kind = SourceKind::Table;
        table.task = TaskKind::Extract;
        table.schema = *schemaFrom(u"sum number, name, tags list"_s);
        const auto row = [](const QString &a, const QString &b) {
            return ItemSource{u"row"_s, {}, 1, toContent({{u"Z"_s, a}, {u"name"_s, b}})};
        };
        const batch::Run run = house.make(table, {row(u"1"_s, u"x,y"_s), row(u"2"_s, u"\"q\"\nz"_s), row(u"3"_s, {})});
        QVERIFY(house.record(run, 0, u"{\"name\":\"N\",\"sum\":1.5,\"tags\":[\"a\",\"b\"]}"_s, true));
        QVERIFY(house.record(run, 1, u"no idea"_s, false));
        QVERIFY(resultOf(house.items.fail(itemId(run.number, 2), Error(ErrorKind::Refused, u"no"_s))));
        QCOMPARE(house.exported(run, OutputFormat::Csv), "Z,name,sum,name_,tags,error\r\n"
                                                         "1,\"x,y\",1.5,N,a; b,\r\n"
                                                         "2,\"\"\"q\"\"\nz\",,,,does not fit the schema: no idea\r\n"
                                                         "3,,,,,no\r\n");
    }

    void jsonHoldsAllThatIsKnown()
    {
        House house;
        RunSpec fields = spec(house);
        fields.schema = *schemaFrom(u"name"_s);
        const batch::Run run = house.make(fields, {fileNamed(u"a.pdf"_s), fileNamed(u"b.pdf"_s)});
        QVERIFY(house.record(run, 0, u"{\"name\":\"N\"}"_s, true));
        const QList<QByteArray> lines = house.exported(run, OutputFormat::JsonLines).trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        const QJsonObject first = QJsonDocument::fromJson(lines[0]).object();
        QCOMPARE(first[u"result"][u"name"].toString(), u"N"_s);
        QCOMPARE(first[u"valid"].toBool(), true);
        QCOMPARE(first[u"usage"][u"cost_usd"].toDouble(), 5e-9);
        QCOMPARE(QJsonDocument::fromJson(lines[1]).object()[u"state"].toString(), u"queued"_s);
        const QJsonArray array = QJsonDocument::fromJson(house.exported(run, OutputFormat::Json)).array();
        QCOMPARE(array.first().toObject(), first);
        QCOMPARE(house.read(u"out/a.answer.md"_s), "- **name**: N\n");
    }

    void markdownHasAHeadingAnItem()
    {
        House house;
        const batch::Run run = house.make(spec(house), {fileNamed(u"a.pdf"_s)});
        QVERIFY(house.record(run, 0, u"Text."_s));
        QCOMPARE(house.exported(run, OutputFormat::Markdown), "# Test\n\n## a.pdf\n\nText.\n\n");
        QCOMPARE(house.exported(house.make(spec(house), {}), OutputFormat::Json), "[]\n");
    }

    void aWorkbookIsWholeAndItsCellsAreWhatTheyAre()
    {
        House house;
        RunSpec fields = spec(house);
        fields.schema = *schemaFrom(u"sum number, name"_s);
        fields.output.format = OutputFormat::Workbook;
        const batch::Run run = house.make(fields, {fileNamed(u"a.pdf"_s), fileNamed(u"b.pdf"_s)});
        QVERIFY(house.record(run, 0, u"{\"name\":\"=1+1\",\"sum\":1.5}"_s, true));
        QVERIFY(house.record(run, 1, u"{\"name\":\"%1\",\"sum\":2}"_s.arg(u"x"_s.repeated(40'000)), true));
        RunOutput output(*house.database, house.clock, house.items, run);
        QVERIFY(resultOf(output.writeWhole({})));
        KZip zip(house.folder.filePath(u"out/results.xlsx"_s));
        QVERIFY(zip.open(QIODevice::ReadOnly));
        const KArchiveFile *sheet = zip.directory()->file(u"xl/worksheets/sheet1.xml"_s);
        QVERIFY(sheet);
        const QByteArray xml = sheet->data();
        QVERIFY(xml.contains("<v>1.5</v>"));
        QVERIFY(!xml.contains("<f>")); // no formula out of an answer
        QVERIFY(xml.contains("=1+1"));
        QVERIFY(xml.contains("40000 characters"));
        QCOMPARE(QDir(house.folder.filePath(u"out"_s)).entryList(QDir::Files), QStringList{u"results.xlsx"_s});
        QVERIFY(house.files.isOurs(house.folder.filePath(u"out/results.xlsx"_s)));
    }

    void everyRunKeepsItsReportWhoeverEndsWhen()
    {
        const QTemporaryDir folder;
        std::vector<batch::Run> runs;
        for (int i = 0; i < 16; ++i) {
            batch::Run run;
            run.id = RunId::make();
            run.spec.output.folder = folder.path();
            runs.push_back(run);
        }
        // All at the same moment, as of so many processes, and each of them twice.
        std::vector<QFuture<QString>> written;
        for (int i = 0; i < 32; ++i)
            written.push_back(QtConcurrent::run([run = runs[size_t(i) % runs.size()]] {
                const auto report = writeReport(run);
                return report ? report->path : QString();
            }));
        QSet<QString> paths;
        for (size_t i = 0; i < written.size(); ++i)
            paths.insert(written[i].result());
        const QStringList files = QDir(folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
        QVERIFY(files.contains(u"run.json"_s));
        for (const batch::Run &run : runs) {
            QStringList own;
            for (const QString &name : files) {
                QFile file(folder.filePath(name));
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QByteArray content = file.readAll();
                QVERIFY2(QJsonDocument::fromJson(content).isObject(), content.constData());
                if (content.contains(run.id.value.toUtf8()))
                    own << name;
            }
            QVERIFY2(!own.isEmpty(), qPrintable(files.join(u' ')));
        }
        // A file of somebody else's stays, and a run that goes on keeps its name.
        const QTemporaryDir other;
        QFile foreign(other.filePath(u"run.json"_s));
        QVERIFY(foreign.open(QIODevice::WriteOnly) && foreign.write("{\"steps\":3}") > 0);
        foreign.close();
        runs[0].spec.output.folder = other.path();
        const QString own = other.filePath(u"run-%1.json"_s.arg(runs[0].id.value));
        QCOMPARE(writeReport(runs[0])->path, own);
        QCOMPARE(writeReport(runs[0])->path, own);
        QVERIFY(foreign.open(QIODevice::ReadOnly));
        QCOMPARE(foreign.readAll(), "{\"steps\":3}");
        QCOMPARE(QDir(other.path()).entryList(QDir::Files | QDir::Hidden).size(), 2);
    }

    void aFileIsThereWholeOrNotAtAll()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"deep/er/a.txt"_s);
        QVERIFY(writeAtomically(path, "first"));
        const auto broken = writeAtomically(path, [](QIODevice &device) -> Result<void> {
            device.write("half");
            return failure(ErrorKind::Storage, u"full"_s);
        });
        QVERIFY(!broken);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "first");
        QCOMPARE(QDir(folder.filePath(u"deep/er"_s)).entryList(QDir::Files).size(), 1);
    }

    void aFullDiskIsSaid()
    {
        if (!QFile::exists(u"/dev/full"_s))
            QSKIP("there is no /dev/full here");
        House house;
        const batch::Run run = house.make(spec(house), {fileNamed(u"a.pdf"_s)});
        QVERIFY(house.record(run, 0, u"x"_s.repeated(100'000)));
        QFile full(u"/dev/full"_s);
        QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        const auto written = exportRun(run, house.items, OutputFormat::Csv, full, {});
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Storage);
    }
};

QTEST_GUILESS_MAIN(TestOutput)
#include "tst_output.moc"
