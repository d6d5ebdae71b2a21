// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/files/readingtools.h"
#include "agent/files/writingtools.h"
#include "document/extraction/fileextractor.h"
#include "support/resultof.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace quintet;
using namespace quintet::agent;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestFiles final : public QObject {
    Q_OBJECT

private:
    /// A folder to work in, `inside`, and what must stay as it is, `outside`; in both ways of following names.
    struct Place {
        QTemporaryDir top;
        QString inside = top.filePath(u"inside"_s);
        QString outside = top.filePath(u"outside"_s);
        Versions versions{top.filePath(u"versions"_s)};

        Place()
        {
            write(inside + u"/notes.md"_s, "# Notes\nfirst line\nsecond line\n");
            write(inside + u"/sub/deep/data.csv"_s, "a,b\n1,2\n");
            write(outside + u"/secret.txt"_s, "secret");
        }

        Folder folder(Folder::Way way = Folder::Way::Kernel) const { return *Folder::open(inside, way); }
        FileChanges changes(Folder::Way way = Folder::Way::Kernel) const { return {folder(way), versions}; }
    };

    document::FileExtractor m_extractor;

    static Result<ToolResult> called(Tool &tool, const QJsonObject &arguments)
    {
        return test::resultOf(tool.call(arguments, {}));
    }

private Q_SLOTS:
    void filesAreListed()
    {
        const Place place;
        ListFiles tool(place.folder());
        const auto top = called(tool, {});
        QVERIFY(top);
        QCOMPARE(top->grid->rows.size(), 2uz);
        QCOMPARE(top->grid->rows[0][0].toString(), u"notes.md"_s);
        QCOMPARE(top->grid->rows[0][2].toInt(), 31);
        const auto all = called(tool, {{u"recursive"_s, true}, {u"checksums"_s, true}});
        QCOMPARE(all->grid->rows.size(), 4uz);
        QCOMPARE(all->grid->rows[3][0].toString(), u"sub/deep/data.csv"_s);
        QCOMPARE(all->grid->rows[3][4].toString().size(), 64);
        QVERIFY(!called(tool, {{u"path"_s, u"nowhere"_s}}));
    }

    void longListsAreReadOn()
    {
        const Place place;
        for (int i = 0; i < 600; ++i)
            write(place.inside + u"/many/%1.txt"_s.arg(i), "x");
        ListFiles tool(place.folder());
        const auto first = called(tool, {{u"path"_s, u"many"_s}});
        QCOMPARE(first->grid->rows.size(), 500uz);
        QVERIFY(first->text.contains(u"\"skip\": 500"_s));
        const auto rest = called(tool, {{u"path"_s, u"many"_s}, {u"skip"_s, 500}});
        QCOMPARE(rest->grid->rows.size(), 100uz);
        QVERIFY(rest->grid->isWhole);
    }

    void textsAreReadInPiecesThatAddUp()
    {
        const Place place;
        QString text;
        for (int i = 0; text.size() < 50'000; ++i)
            text += u"line %1 \U0001F600\n"_s.arg(i);
        write(place.inside + u"/long.txt"_s, text.toUtf8());
        ReadFile tool(place.folder(), m_extractor);
        QString whole;
        for (int offset = 0; whole.size() < text.size();) {
            const auto piece = called(tool, {{u"path"_s, u"long.txt"_s}, {u"offset"_s, offset}});
            QVERIFY(piece);
            whole += piece->value[u"text"].toString();
            offset = piece->value[u"end"].toInt();
            QCOMPARE(piece->text.contains(u"To read on"_s), offset < text.size());
        }
        QCOMPARE(whole, text);
    }

    void documentsAreReadToo()
    {
        const Place place;
        ReadFile tool(place.folder(), m_extractor);
        for (const QString &name : {u"tour.docx"_s, u"tour.html"_s, u"tour.rtf"_s, u"accounts.xlsx"_s}) {
            QVERIFY(QFile::copy(QStringLiteral(QUINTET_TEST_DATA "/documents/") + name, place.inside + u'/' + name));
            const auto read = called(tool, {{u"path"_s, name}});
            QVERIFY2(read, qPrintable(name));
            QVERIFY(read->value[u"characters"].toInt() > 20);
            QVERIFY2(!read->text.contains(u"<html"_s) && !read->text.contains(u"\\rtf"_s), qPrintable(name));
        }
        QVERIFY(called(tool, {{u"path"_s, u"tour.html"_s}, {u"raw"_s, true}})->text.contains(u"<html"_s));
        QVERIFY(!called(tool, {{u"path"_s, u"sub"_s}}));
        QVERIFY(!called(tool, {{u"path"_s, u"missing.txt"_s}}));
    }

    void linesAreFound()
    {
        const Place place;
        write(place.inside + u"/picture.png"_s, QByteArray("\x89PNG\0\0line", 10));
        SearchFiles tool(place.folder());
        const auto found = called(tool, {{u"text"_s, u"LINE"_s}});
        QVERIFY(found);
        QCOMPARE(found->grid->rows.size(), 2uz);
        QCOMPARE(found->grid->rows[0], (QJsonArray{u"notes.md"_s, 2, u"first line"_s}));
        QVERIFY(found->text.contains(u"1 files are no plain text"_s));
        QCOMPARE(called(tool, {{u"text"_s, u"^sec.*e$"_s}, {u"regular_expression"_s, true}})->grid->rows.size(), 1uz);
        QCOMPARE(called(tool, {{u"text"_s, u"1"_s}, {u"files"_s, u"*.md"_s}})->grid->rows.size(), 0uz);
        QVERIFY(!called(tool, {{u"text"_s, u"("_s}, {u"regular_expression"_s, true}}));
    }

    void writingShowsTheChangeKeepsTheFormerTextAndIsUndone()
    {
        const Place place;
        WriteFile tool(place.changes());
        const QJsonObject arguments{{u"path"_s, u"notes.md"_s}, {u"content"_s, u"new"_s}};
        const auto preview = test::resultOf(tool.preview(arguments, {}));
        QVERIFY(preview && *preview);
        QCOMPARE((*preview)->before, u"# Notes\nfirst line\nsecond line\n"_s);
        QCOMPARE((*preview)->after, u"new"_s);
        QVERIFY(contentOf(place.inside + u"/notes.md"_s).startsWith("# Notes"));

        const auto written = called(tool, arguments);
        QVERIFY(written);
        QCOMPARE(contentOf(place.inside + u"/notes.md"_s), QByteArray("new"));
        UndoChange undo(place.folder(), place.versions);
        const QJsonObject version{{u"version"_s, written->change->version}};
        QVERIFY(called(undo, version));
        QVERIFY(contentOf(place.inside + u"/notes.md"_s).startsWith("# Notes"));
        // What was changed since is not overwritten.
        QVERIFY(!called(undo, version));
    }

    void newFilesAreMadeWithTheirFoldersAndUndone()
    {
        const Place place;
        WriteFile tool(place.changes());
        const auto written = called(tool, {{u"path"_s, u"./report//2026/ÄÖ 世界.md"_s}, {u"content"_s, u"# ä"_s}});
        QVERIFY2(written, qPrintable(written ? QString() : written.error().message));
        QVERIFY(written->change->isNew);
        QCOMPARE(contentOf(place.inside + u"/report/2026/ÄÖ 世界.md"_s), QByteArray("# \xC3\xA4"));
        QVERIFY(place.versions.undo(written->change->version));
        QVERIFY(!QFile::exists(place.inside + u"/report/2026/ÄÖ 世界.md"_s));
        QCOMPARE(QDir(place.inside + u"/report/2026"_s).entryList(QDir::Files | QDir::Hidden).size(), 0);
    }

    void editsMustFitExactlyOnce()
    {
        const Place place;
        EditFile tool(place.changes());
        const auto edit = [&](const QString &from, const QString &to, bool everywhere = false) {
            return called(tool, {{u"path"_s, u"notes.md"_s},
                                 {u"old_text"_s, from},
                                 {u"new_text"_s, to},
                                 {u"replace_all"_s, everywhere}});
        };
        QVERIFY(!edit(u"third"_s, u"x"_s));
        QVERIFY(edit(u"line"_s, u"row"_s).error().message.contains(u'2'));
        QVERIFY(edit(u"first line"_s, u"1st line"_s));
        QVERIFY(edit(u"line"_s, u"row"_s, true));
        QCOMPARE(contentOf(place.inside + u"/notes.md"_s), QByteArray("# Notes\n1st row\nsecond row\n"));
    }

    void whatAFileIsStays()
    {
        const Place place;
        const QString path = place.inside + u"/dos.txt"_s;
        write(path, "\xEF\xBB\xBFone\r\ntwo\r\n");
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        EditFile edit(place.changes());
        QVERIFY(called(edit, {{u"path"_s, u"dos.txt"_s}, {u"old_text"_s, u"one\ntwo"_s}, {u"new_text"_s, u"1\n2"_s}}));
        QCOMPARE(contentOf(path), QByteArray("\xEF\xBB\xBF"
                                             "1\r\n2\r\n"));
        QVERIFY(QFileInfo(path).permissions() & QFile::ExeOwner);
        write(place.inside + u"/binary"_s, QByteArray("\0\1\2", 3));
        WriteFile tool(place.changes());
        QVERIFY(!called(tool, {{u"path"_s, u"binary"_s}, {u"content"_s, u"text"_s}}));
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
        QVERIFY(!called(tool, {{u"path"_s, u"dos.txt"_s}, {u"content"_s, u"text"_s}}));
    }

    void nothingLeadsOut_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<Folder::Way>("way");
        const Place place;
        for (const auto &[wayName, way] :
             {std::pair("kernel", Folder::Way::Kernel), std::pair("part by part", Folder::Way::PartByPart)}) {
            for (const char *name : {"../outside/secret.txt",
                                     "sub/../../outside/secret.txt",
                                     "/etc/passwd",
                                     "//etc/passwd",
                                     "link/secret.txt",
                                     "link",
                                     "file-link",
                                     "sub/up/secret.txt",
                                     "absolute/passwd",
                                     "..",
                                     "../",
                                     "sub/..",
                                     "sub/../..",
                                     "loop",
                                     "loop/loop",
                                     "proc/self/root/etc/passwd",
                                     "magic/secret.txt",
                                     "./../outside/secret.txt",
                                     "..\n/outside",
                                     "sub/\x01",
                                     "to-inside",
                                     "to-inside/data.csv"})
                QTest::addRow("%s, %s", name, wayName) << QString::fromUtf8(name) << way;
        }
    }

    void nothingLeadsOut()
    {
        QFETCH(const QString, name);
        QFETCH(const Folder::Way, way);
        const Place place;
        QVERIFY(QFile::link(place.outside, place.inside + u"/link"_s));
        QVERIFY(QFile::link(place.outside + u"/secret.txt"_s, place.inside + u"/file-link"_s));
        QVERIFY(QFile::link(u"../../outside"_s, place.inside + u"/sub/up"_s));
        QVERIFY(QFile::link(u"/etc"_s, place.inside + u"/absolute"_s));
        QVERIFY(QFile::link(u"loop"_s, place.inside + u"/loop"_s));
        QVERIFY(QFile::link(u"/proc"_s, place.inside + u"/proc"_s));
        QVERIFY(QFile::link(u"/proc/self/cwd"_s, place.inside + u"/magic"_s));
        QVERIFY(QFile::link(u"sub/deep"_s, place.inside + u"/to-inside"_s));
        const Folder folder = place.folder(way);
        QVERIFY(!folder.read(name, 1000));
        QVERIFY(!folder.list(name));
        QVERIFY(!folder.write(name, "written"));
        QVERIFY(!folder.write(name + u"/x"_s, "written"));
        QVERIFY(!folder.remove(name));
        QCOMPARE(contentOf(place.outside + u"/secret.txt"_s), QByteArray("secret"));
        QCOMPARE(QDir(place.outside).entryList(QDir::Files | QDir::Hidden), QStringList{u"secret.txt"_s});
        QVERIFY(!QFile::exists(place.top.filePath(u"x"_s)));
        ListFiles list(folder);
        const auto listed = called(list, {{u"recursive"_s, true}});
        for (const QJsonArray &row : listed->grid->rows)
            QVERIFY2(!row[0].toString().contains(u"secret"_s), qPrintable(row[0].toString()));
        SearchFiles search(folder);
        QCOMPARE(called(search, {{u"text"_s, u"secret"_s}})->grid->rows.size(), 0uz);
    }

    void oddThingsAreNoFiles()
    {
        const Place place;
        const QString pipe = place.inside + u"/pipe"_s;
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        QVERIFY(!place.folder().read(u"pipe"_s, 1000));
        QVERIFY(!place.folder().write(u"pipe"_s, "x"));
        QVERIFY(!place.folder().write(u"sub"_s, "x"));
        QVERIFY(!place.folder().write(u"new/"_s, "x"));
        QVERIFY(!place.folder().write(QString(), "x"));
        QVERIFY(!place.folder().write(QString(300, u'x'), "x"));
        QVERIFY(!place.folder().write(u"a\tb"_s, "x"));
        QVERIFY(place.folder().write(u"-rf *; $(id) %s \"quoted\""_s, "x"));
        QVERIFY(place.folder().write(u"CON "_s, "x"));
    }

    /// A file of the folder that is also outside by a hard link: writing gives the folder a file of its own.
    void aHardLinkIsNotWrittenThrough()
    {
        const Place place;
        QCOMPARE(::link(QFile::encodeName(place.outside + u"/secret.txt"_s).constData(),
                        QFile::encodeName(place.inside + u"/hard.txt"_s).constData()),
                 0);
        QVERIFY(place.folder().write(u"hard.txt"_s, "changed"));
        QCOMPARE(contentOf(place.outside + u"/secret.txt"_s), QByteArray("secret"));
    }

    void aFolderThatIsSwappedForALinkMeanwhileLeadsNowhere_data()
    {
        QTest::addColumn<Folder::Way>("way");
        QTest::addRow("kernel") << Folder::Way::Kernel;
        QTest::addRow("part by part") << Folder::Way::PartByPart;
    }

    void aFolderThatIsSwappedForALinkMeanwhileLeadsNowhere()
    {
        QFETCH(const Folder::Way, way);
        const Place place;
        QDir().mkpath(place.inside + u"/real"_s);
        write(place.inside + u"/real/secret.txt"_s, "harmless");
        const Folder folder = place.folder(way);
        const QByteArray target = QFile::encodeName(place.inside + u"/door"_s);
        const QByteArray link = QFile::encodeName(place.inside + u"/.link"_s);
        const QByteArray real = QFile::encodeName(place.inside + u"/real"_s);
        QCOMPARE(::symlink(QFile::encodeName(place.outside).constData(), link.constData()), 0);
        QCOMPARE(::rename(real.constData(), target.constData()), 0);
        // One after the other, the folder and the link to the outside stand at the same name.
        std::atomic<bool> isOver = false;
        const std::unique_ptr<QThread> swapper(QThread::create([&] {
            const QByteArray aside = target + ".aside";
            while (!isOver) {
                ::rename(target.constData(), aside.constData());
                ::rename(link.constData(), target.constData());
                ::rename(target.constData(), link.constData());
                ::rename(aside.constData(), target.constData());
            }
        }));
        swapper->start();
        int reached = 0;
        for (int i = 0; i < 2'000; ++i) {
            const auto content = folder.read(u"door/secret.txt"_s, 1'000);
            reached += content.has_value();
            if (content && *content != "harmless" && *content != "written")
                QFAIL("it read what is outside");
            if (i % 10 != 0)
                continue;
            folder.write(u"door/secret.txt"_s, "written");
            folder.write(u"door/new%1.txt"_s.arg(i % 7), "written");
        }
        isOver = true;
        swapper->wait();
        QVERIFY(reached > 0);
        QCOMPARE(contentOf(place.outside + u"/secret.txt"_s), QByteArray("secret"));
        QCOMPARE(QDir(place.outside).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{u"secret.txt"_s});
    }

    void versionsAreNamedByNothingElse()
    {
        const Place place;
        write(place.top.filePath(u"evil.json"_s), "{}");
        QVERIFY(!place.versions.undo(u"../evil"_s));
        QVERIFY(!place.versions.undo(QString()));
        UndoChange undo(*Folder::open(place.outside), place.versions);
        WriteFile tool(place.changes());
        const auto written = called(tool, {{u"path"_s, u"notes.md"_s}, {u"content"_s, u"new"_s}});
        QVERIFY(!called(undo, {{u"version"_s, written->change->version}}));
    }
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
