// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmark.h"

#include "document/extraction/readdocument.h"
#include "document/worker/workerextractor.h"

#include <QBuffer>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>

#include <KZip>
#include <poppler-document.h>
#include <poppler-page.h>
#include <qcorotask.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quintet::bench {

namespace {

using document::Content;

struct Sample {
    QString name;
    QByteArray bytes;
    qint64 textBytes = 0; ///< of the text in it
};

QByteArray sentence(int number)
{
    return "Sentence " + QByteArray::number(number)
           + " tells a little of the kettle, the bridge and the town of Größe.";
}

QByteArray paragraphs(int count, const QByteArray &before, const QByteArray &after)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += before + sentence(3 * i) + ' ' + sentence(3 * i + 1) + ' ' + sentence(3 * i + 2) + after;
    return text;
}

QByteArray zipOf(const QList<std::pair<QString, QByteArray>> &parts)
{
    QBuffer buffer;
    KZip zip(&buffer);
    zip.open(QIODevice::WriteOnly);
    for (const auto &[path, bytes] : parts)
        zip.writeFile(path, bytes);
    zip.close();
    return buffer.data();
}

QByteArray rows(int count, const QByteArray &before, const QByteArray &between, const QByteArray &after)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text +=
            before + "name " + QByteArray::number(i) + between + QByteArray::number(i * 7) + between + "town" + after;
    return text;
}

/// Pages of lines in a standard font, as simple as a PDF can be.
QByteArray pdf(int pages)
{
    QByteArray bytes = "%PDF-1.4\n";
    QList<qsizetype> offsets;
    const auto object = [&](const QByteArray &body) {
        offsets << bytes.size();
        bytes += QByteArray::number(offsets.size()) + " 0 obj\n" + body + "\nendobj\n";
    };
    QByteArray kids;
    for (int i = 0; i < pages; ++i)
        kids += QByteArray::number(4 + 2 * i) + " 0 R ";
    object("<</Type/Catalog/Pages 2 0 R>>");
    object("<</Type/Pages/Count " + QByteArray::number(pages) + "/Kids[" + kids + "]>>");
    object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    for (int i = 0; i < pages; ++i) {
        QByteArray lines = "BT /F1 11 Tf 60 760 Td 14 TL\n";
        for (int line = 0; line < 45; ++line)
            lines += "(Line " + QByteArray::number(i * 45 + line)
                     + " of the long report on kettles, bridges and their towns) '\n";
        lines += "ET";
        object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents "
               + QByteArray::number(5 + 2 * i) + " 0 R>>");
        object("<</Length " + QByteArray::number(lines.size()) + ">>stream\n" + lines + "\nendstream");
    }
    const qsizetype table = bytes.size();
    bytes += "xref\n0 " + QByteArray::number(offsets.size() + 1) + "\n0000000000 65535 f \n";
    for (const qsizetype offset : offsets)
        bytes += QByteArray::number(offset).rightJustified(10, '0') + " 00000 n \n";
    return bytes + "trailer<</Root 1 0 R/Size " + QByteArray::number(offsets.size() + 1) + ">>\nstartxref\n"
           + QByteArray::number(table) + "\n%%EOF\n";
}

std::vector<Sample> samples(int scale)
{
    const int count = 2'000 * scale;
    const QByteArray word = "<w:document xmlns:w='w'><w:body>"
                            + paragraphs(count, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>") + "</w:body></w:document>";
    const QByteArray sheet = "<worksheet><sheetData>"
                             + rows(4 * count, "<row><c t='inlineStr'><is><t>", "</t></is></c><c t='inlineStr'><is><t>",
                                    "</t></is></c></row>")
                             + "</sheetData></worksheet>";
    const QByteArray book = "<workbook xmlns:r='r'><sheets><sheet name='Sheet' r:id='a'/></sheets></workbook>";
    const QByteArray links = "<Relationships><Relationship Id='a' Type='x/worksheet' Target='s.xml'/></Relationships>";
    return {
        {QStringLiteral("a.txt"), paragraphs(count, "", "\n\n")},
        {QStringLiteral("a.md"), paragraphs(count, "## Heading\n\n", "\n\n")},
        {QStringLiteral("a.html"), "<html><body>" + paragraphs(count, "<p>", "</p>")},
        {QStringLiteral("a.csv"), "name,number,town\n" + rows(4 * count, "", ",", "\n")},
        {QStringLiteral("a.jsonl"), rows(4 * count, "{\"name\":\"", "\",\"b\":\"", "\"}\n")},
        {QStringLiteral("a.xml"), "<d>" + paragraphs(count, "<p>", "</p>") + "</d>"},
        {QStringLiteral("a.rtf"), "{\\rtf1 " + paragraphs(count, "", "\\par\n") + '}'},
        {QStringLiteral("a.tex"), "\\documentclass{a}\\begin{document}" + paragraphs(count, "", "\n\n")},
        {QStringLiteral("a.eml"), "From: a@b.c\nSubject: s\n\n" + paragraphs(count, "", "\n\n")},
        {QStringLiteral("a.docx"),
         zipOf({{QStringLiteral("[Content_Types].xml"), "<Types/>"}, {QStringLiteral("word/document.xml"), word}}),
         word.size()},
        {QStringLiteral("a.xlsx"),
         zipOf({{QStringLiteral("[Content_Types].xml"), "<Types/>"},
                {QStringLiteral("xl/workbook.xml"), book},
                {QStringLiteral("xl/_rels/workbook.xml.rels"), links},
                {QStringLiteral("xl/s.xml"), sheet}}),
         sheet.size()},
        {QStringLiteral("a.pdf"), pdf(60 * scale)},
    };
}

void read(const Sample &sample)
{
    static_cast<void>(document::readDocument(Content{.name = sample.name, .bytes = sample.bytes}, {}));
}

/// What pdftotext does, by the library that it does it with.
void readByPoppler(const QByteArray &bytes)
{
    const std::unique_ptr<poppler::document> pdf(
        poppler::document::load_from_raw_data(bytes.constData(), int(bytes.size())));
    for (int i = 0; i < pdf->pages(); ++i) {
        const std::unique_ptr<poppler::page> page(pdf->create_page(i));
        static_cast<void>(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout));
    }
}

/// Of a process of its own that reads the sample, in MiB; without it, of one that does not.
double peakMemory(const Sample *sample)
{
    const pid_t child = ::fork();
    if (child == 0) {
        if (sample)
            read(*sample);
        ::_exit(0);
    }
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    return double(usage.ru_maxrss) / 1024;
}

/// Of this process and of those of its children that have ended.
double allSeconds()
{
    const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    double sum = 0;
    for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        ::getrusage(who, &usage);
        sum += seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    return sum;
}

/// How busy the cores are with reading a folder of small files, in percent of all of them.
Figure busyness(int files)
{
    const QTemporaryDir folder;
    for (int i = 0; i < files; ++i) {
        QFile file(folder.filePath(QStringLiteral("%1.md").arg(i)));
        if (file.open(QIODevice::WriteOnly))
            file.write(paragraphs(20, "", "\n\n"));
    }
    const double before = allSeconds();
    QElapsedTimer timer;
    timer.start();
    {
        document::WorkerExtractor extractor(document::extractWorkerProgram(), {});
        std::vector<Task<Result<document::Document>>> tasks;
        for (int i = 0; i < files; ++i)
            tasks.push_back(extractor.extract({.path = folder.filePath(QStringLiteral("%1.md").arg(i))}, {}));
        for (auto &task : tasks)
            static_cast<void>(QCoro::waitFor(std::move(task)));
    }
    const double wall = double(timer.nsecsElapsed()) / 1e9;
    const double share = 100 * (allSeconds() - before) / (wall * QThread::idealThreadCount());
    return {QStringLiteral("extract"),
            QStringLiteral("%1 small files, %2 a second").arg(files).arg(int(files / wall)),
            QStringLiteral("busy"),
            share,
            QStringLiteral("% of cores"),
            {},
            {}};
}

} // namespace

std::vector<Figure> extract(const Options &options)
{
    std::vector<Figure> figures;
    for (const Sample &sample : samples(options.quick ? 1 : 8)) {
        const qint64 bytes = sample.textBytes > 0 ? sample.textBytes : qint64(sample.bytes.size());
        const bool isPdf = sample.name.endsWith(QStringLiteral("pdf"));
        const auto [seconds, other] = pairedSeconds(
            3, [&] { read(sample); },
            [&] {
                if (isPdf)
                    readByPoppler(sample.bytes);
            });
        const QString name = sample.name.sliced(2);
        figures.push_back({QStringLiteral("extract"),
                           name,
                           QStringLiteral("throughput"),
                           double(bytes) / 1e6 / seconds,
                           QStringLiteral("MB/s"),
                           {},
                           {}});
        if (isPdf)
            figures.push_back({QStringLiteral("extract"), name, QStringLiteral("CPU"), seconds * 1000,
                               QStringLiteral("ms"), other * 1000, QStringLiteral("poppler alone")});
        figures.push_back({QStringLiteral("extract"),
                           QStringLiteral("%1, %2 MB").arg(name).arg(double(bytes) / 1e6, 0, 'f', 1),
                           QStringLiteral("memory"), peakMemory(&sample), QStringLiteral("MiB"), peakMemory(nullptr),
                           QStringLiteral("reading nothing")});
    }
    figures.push_back(busyness(options.quick ? 500 : 10'000));
    return figures;
}

} // namespace quintet::bench
