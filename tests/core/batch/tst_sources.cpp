// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/row.h"
#include "batch/source/glob.h"
#include "batch/source/sourcereader.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace quintet::batch;
using namespace Qt::StringLiterals;

class TestSources final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString file(const QString &name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(name));
        QDir().mkpath(QFileInfo(file).absolutePath());
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(content);
        return file.fileName();
    }

    /// All items, read `atMost` at a time.
    static Result<std::vector<ItemSource>> all(const SourceSpec &spec, int atMost = 2)
    {
        auto reader = openSource(spec);
        if (!reader)
            return std::unexpected(reader.error());
        std::vector<ItemSource> items;
        for (;;) {
            auto page = (*reader)->next(atMost);
            if (!page || page->empty())
                return page ? Result<std::vector<ItemSource>>(items) : page;
            items.insert(items.end(), page->begin(), page->end());
        }
    }

    static QStringList names(const Result<std::vector<ItemSource>> &items)
    {
        QStringList names;
        for (const ItemSource &item : items.value_or(std::vector<ItemSource>()))
            names << item.name;
        return names;
    }

    static QStringList texts(const Result<std::vector<ItemSource>> &items)
    {
        QStringList texts;
        for (const ItemSource &item : items.value_or(std::vector<ItemSource>()))
            texts << toText(rowFrom(item.content));
        return texts;
    }

private Q_SLOTS:
    void globsChooseFiles_data()
    {
        QTest::addColumn<QStringList>("include");
        QTest::addColumn<QStringList>("exclude");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("takes");
        const auto row = [](const char *name, const QStringList &include, const QStringList &exclude,
                            const QString &path,
                            bool takes) { QTest::addRow("%s", name) << include << exclude << path << takes; };
        row("all", {}, {}, u"a/b.txt"_s, true);
        row("by ending, anywhere", {u"*.txt"_s}, {}, u"a/b.txt"_s, true);
        row("case", {u"*.TXT"_s}, {}, u"b.txt"_s, true);
        row("another ending", {u"*.txt"_s}, {}, u"a/b.md"_s, false);
        row("several", {u"*.txt"_s, u"*.md"_s}, {}, u"b.md"_s, true);
        row("excluded", {u"*.txt"_s}, {u"b*"_s}, u"a/b.txt"_s, false);
        row("a folder", {}, {u"drafts/"_s}, u"drafts/x/b.txt"_s, false);
        row("any folder of that name", {}, {u"**/drafts/**"_s}, u"a/drafts/b.txt"_s, false);
        row("a star stays in its folder", {u"a/*.txt"_s}, {}, u"a/b/c.txt"_s, false);
        row("two stars do not", {u"a/**/*.txt"_s}, {}, u"a/b/c.txt"_s, true);
        row("two stars and no folder", {u"a/**/*.txt"_s}, {}, u"a/c.txt"_s, true);
        row("a set", {u"scan-[0-4].pdf"_s}, {}, u"scan-3.pdf"_s, true);
        row("not in the set", {u"scan-[!0-4].pdf"_s}, {}, u"scan-3.pdf"_s, false);
        row("a choice", {u"*.{pdf,docx}"_s}, {}, u"x.docx"_s, true);
        row("one character", {u"?.txt"_s}, {}, u"ab.txt"_s, false);
        row("a dot is a dot", {u"a.txt"_s}, {}, u"aXtxt"_s, false);
        row("an open bracket", {u"a[b"_s}, {}, u"a[b"_s, true);
    }

    void globsChooseFiles()
    {
        QFETCH(QStringList, include);
        QFETCH(QStringList, exclude);
        QFETCH(QString, path);
        QFETCH(bool, takes);
        QCOMPARE(Glob(include, exclude).takes(path), takes);
    }

    void aFolderGivesItsFilesInOrder()
    {
        for (const QString &name :
             {u"b.txt"_s, u"a/2.txt"_s, u"a/1.txt"_s, u"a/deep/er/3.md"_s, u".hidden"_s, u"a/.git/x"_s})
            file(u"tree/"_s + name, "text");
        QVERIFY(QFile::link(m_folder.filePath(u"tree"_s), m_folder.filePath(u"tree/a/loop"_s)));
        const SourceSpec spec{.kind = SourceKind::Files,
                              .paths = {m_folder.filePath(u"tree"_s)},
                              .include = {},
                              .exclude = {},
                              .run = {}};
        QCOMPARE(names(all(spec)), (QStringList{u"a/1.txt"_s, u"a/2.txt"_s, u"a/deep/er/3.md"_s, u"b.txt"_s}));
        QCOMPARE(all(spec)->front().size, 4);
        SourceSpec some = spec;
        some.include = {u"*.txt"_s};
        some.exclude = {u"a/1*"_s};
        QCOMPARE(names(all(some)), (QStringList{u"a/2.txt"_s, u"b.txt"_s}));
        QCOMPARE(all({.kind = SourceKind::Files, .paths = {u"/no/such"_s}, .include = {}, .exclude = {}, .run = {}})
                     .error()
                     .kind,
                 ErrorKind::BadInput);
    }

    void rowsOfATableAreItems_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QStringList>("rows");
        QTest::addRow("header") << QByteArray("Name,Note\nAda,36\nBob,\n")
                                << QStringList{u"Name: Ada\nNote: 36"_s, u"Name: Bob"_s};
        QTest::addRow("semicolons") << QByteArray("Name;Note\r\nAda;1,5\r\n") << QStringList{u"Name: Ada\nNote: 1,5"_s};
        QTest::addRow("line ends in quotes")
            << QByteArray("Name,Note\nAda,\"two\nlines, \"\"so\"\"\"\nBob,x")
            << QStringList{u"Name: Ada\nNote: two\nlines, \"so\""_s, u"Name: Bob\nNote: x"_s};
        QTest::addRow("no header") << QByteArray("1,2\n3,4\n") << QStringList{u"1: 1\n2: 2"_s, u"1: 3\n2: 4"_s};
        QTest::addRow("one column") << QByteArray("Word\nfirst\nsecond\n")
                                    << QStringList{u"Word: first"_s, u"Word: second"_s};
        QTest::addRow("blank lines") << QByteArray("Name,Note\n\nAda,1\n\n\n") << QStringList{u"Name: Ada\nNote: 1"_s};
        QTest::addRow("byte order mark") << QByteArray("\xEF\xBB\xBFName,Note\nÄda,1\n")
                                         << QStringList{u"Name: Äda\nNote: 1"_s};
        QTest::addRow("Latin 1") << QByteArray("Name,Note\nJos\xE9 of the caf\xE9,1\n")
                                 << QStringList{u"Name: José of the café\nNote: 1"_s};
    }

    void rowsOfATableAreItems()
    {
        QFETCH(QByteArray, content);
        QFETCH(QStringList, rows);
        const QString path = file(u"table.csv"_s, content);
        QCOMPARE(kindOfSource(path), SourceKind::Table);
        QCOMPARE(texts(all({.kind = SourceKind::Table, .paths = {path}, .include = {}, .exclude = {}, .run = {}})),
                 rows);
    }

    void aTableIsReadPieceByPiece()
    {
        QByteArray content = "Id,Text\n";
        for (int i = 0; i < 60'000; ++i)
            content += QByteArray::number(i) + ",\"Some \"\"words\"\", of\nrow " + QByteArray::number(i) + "\"\n";
        QVERIFY(content.size() > (2 << 20));
        const auto items = all({.kind = SourceKind::Table,
                                .paths = {file(u"long.csv"_s, content)},
                                .include = {},
                                .exclude = {},
                                .run = {}},
                               1'000);
        QVERIFY(items.has_value());
        QCOMPARE(items->size(), 60'000);
        QCOMPARE(items->back().name, u"row 60000"_s);
        QCOMPARE(rowFrom(items->back().content)[1].second, u"Some \"words\", of\nrow 59999"_s);
    }

    void linesOfJsonAreItems()
    {
        const QString path = file(u"lines.jsonl"_s, "{\"b\":1,\"a\":\"x\"}\n\n\"alone\"\n{\"list\":[1,\"y\"]}\n");
        QCOMPARE(kindOfSource(path), SourceKind::Lines);
        const SourceSpec spec{.kind = SourceKind::Lines, .paths = {path}, .include = {}, .exclude = {}, .run = {}};
        QCOMPARE(texts(all(spec)), (QStringList{u"a: x\nb: 1"_s, u"alone"_s, u"list: [1,\"y\"]"_s}));
        QCOMPARE(names(all(spec)), (QStringList{u"line 1"_s, u"line 3"_s, u"line 4"_s}));
        const auto broken = all({.kind = SourceKind::Lines,
                                 .paths = {file(u"broken.jsonl"_s, "{}\n{\"a\":\n")},
                                 .include = {},
                                 .exclude = {},
                                 .run = {}});
        QVERIFY(!broken);
        QVERIFY(broken.error().message.contains(u"line 2"));
    }

    void rowsKeepTheirOrder()
    {
        const Row row{{u"z"_s, u"1"_s}, {u"a"_s, u"2\n"_s}, {u""_s, u""_s}};
        QCOMPARE(rowFrom(toContent(row)), row);
        QVERIFY(rowFrom(u"no row"_s).empty());
    }
};

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
