// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/sourcename.h"

#include "base/paths.h"
#include "document/worker/workerextractor.h"
#include "text/codepoints.h"

#include <QCoreApplication>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

void printJson(Output &output, const document::Document &document)
{
    const text::CodePointMap offsets(document.text);
    for (const document::Place &place : document.places) {
        const qsizetype start = offsets.unit(place.start);
        QJsonObject row{{u"kind"_s, document::nameOf(place.kind)},
                        {u"label"_s, place.label},
                        {u"start"_s, place.start},
                        {u"end"_s, place.end},
                        {u"text"_s, document.text.mid(start, offsets.unit(place.end) - start)}};
        if (place.page)
            row[u"page"] = *place.page;
        if (place.row)
            row[u"row"] = *place.row;
        if (const QStringList path = document::headingPath(document.headings, place.start); !path.isEmpty())
            row[u"path"] = QJsonArray::fromStringList(path);
        output.object(row);
    }
    output.object({{u"title"_s, orNull(document.title)},
                   {u"author"_s, orNull(document.author)},
                   {u"language"_s, orNull(document.language)},
                   {u"format"_s, document.format},
                   {u"characters"_s, document.characters}});
}

Task<int> run(Invocation &invocation)
{
    if (invocation.arguments().size() != 1)
        co_return invocation.failUsage(tr("Name one file."));
    if (isWebAddress(invocation.arguments().first()))
        co_return invocation.failInput(
            Error(ErrorKind::BadInput, tr("extract reads files. Save the page first, or summarize its address.")));
    const auto path = pathNamed(invocation.arguments().first());
    if (!path)
        co_return invocation.failInput(path.error());
    // Asked for by hand, it is read whatever it did before.
    const auto paths = preparePaths(invocation.value(u"data-dir"_s));
    if (!paths)
        co_return invocation.fail(paths.error());
    document::WorkerExtractor extractor(document::extractWorkerProgram(), {}, {},
                                        document::OtherPrograms::found(paths->settingsFile));
    const document::Source source{.path = *path, .password = invocation.value(u"password"_s), .again = true};
    const auto document = co_await extractor.extract(source, invocation.token());
    if (!document)
        co_return invocation.failInput(document.error());
    if (invocation.output().isJson())
        printJson(invocation.output(), *document);
    else
        invocation.output().text(document->text.endsWith(u'\n') ? document->text : document->text + u'\n');
    co_return exitStatus::done;
}

} // namespace

Command extractCommand()
{
    return {u"extract"_s,
            u"FILE"_s,
            tr("Print the text that Quintet reads out of a file."),
            {{u"password"_s, QStringLiteral("TEXT"), tr("opens an encrypted file")}},
            run};
}

} // namespace quintet::cli
