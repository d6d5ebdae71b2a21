// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/standardinput.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

Result<summarize::SummaryWish> wishFrom(Invocation &invocation, const llm::Endpoint &endpoint)
{
    summarize::SummaryWish wish;
    if (invocation.isSet(u"style"_s)) {
        const auto style = summarize::styleNamed(invocation.value(u"style"_s));
        if (!style)
            return failure(
                ErrorKind::BadInput,
                tr("--style takes brief, bullets, detailed or actions, not %1.").arg(invocation.value(u"style"_s)));
        wish.style = *style;
    }
    wish.words = invocation.value(u"words"_s).toInt();
    wish.instruction = invocation.value(u"instruction"_s);
    wish.language = invocation.value(u"language"_s);
    wish.parameters = invocation.parameters();
    wish.budget = invocation.budget();
    wish.useCache = !invocation.isSet(u"no-cache"_s);
    wish.endpoint = endpoint;
    return wish;
}

Task<Result<document::Document>> readInput(Services &services, QString source, CancelToken token)
{
    if (source != u"-")
        co_return co_await readSource(services, source, token);
    const Result<QByteArray> bytes = co_await readStandardInput(token);
    if (!bytes)
        co_return std::unexpected(bytes.error());
    co_return co_await services.extractor().extract({.bytes = *bytes, .name = tr("standard input")}, token);
}

QJsonObject jsonFrom(const summarize::Summary &summary)
{
    const llm::Completion &completion = summary.completion;
    QJsonArray sources;
    for (const summarize::SourceSentence &sentence : summary.sentences) {
        sources.append(QJsonObject{{u"document"_s, sentence.document},
                                   {u"start"_s, sentence.start},
                                   {u"end"_s, sentence.end},
                                   {u"text"_s, sentence.text}});
    }
    const QJsonValue cost = completion.cost ? QJsonValue(completion.cost->dollars()) : QJsonValue();
    return {{u"summary"_s, summary.text},
            {u"model"_s, completion.model},
            {u"endpoint"_s, completion.endpoint},
            {u"cached"_s, completion.cached},
            {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, completion.usage.prompt},
                                     {u"completion_tokens"_s, completion.usage.completion},
                                     {u"cost_usd"_s, cost}}},
            {u"latency_ms"_s, qint64(completion.totalTime.count())},
            {u"sources"_s, sources}};
}

/// One source to its summary, written as it grows.
Task<Result<void>> summarizeOne(Invocation &invocation, Services &services, document::Document document,
                                summarize::SummaryWish wish)
{
    Output &output = invocation.output();
    const bool streams = !output.isJson();
    summarize::Watcher watcher;
    watcher.onText = [&output, streams](const QString &text) {
        output.progress({});
        if (streams)
            output.text(text);
    };
    watcher.onSection = [&output](int done, int count) {
        output.progress(tr("Section %1 of %2 …").arg(std::min(done + 1, count)).arg(count));
    };
    const auto summary =
        co_await services.summarizer().summarize(std::move(document), std::move(wish), watcher, invocation.token());
    if (!summary)
        co_return std::unexpected(summary.error());
    if (streams)
        output.text(u"\n"_s);
    else
        output.object(jsonFrom(*summary));
    co_return Result<void>();
}

Task<int> run(Invocation &invocation)
{
    if (invocation.arguments().isEmpty())
        co_return invocation.failUsage(tr("Name a file, an address, or - for standard input."));
    const auto endpoint = invocation.endpoint();
    if (!endpoint)
        co_return invocation.fail(endpoint.error());
    const auto wish = wishFrom(invocation, *endpoint);
    if (!wish)
        co_return invocation.failUsage(wish.error().message);
    if (auto checked = summarize::checkWish(*wish); !checked)
        co_return invocation.fail(checked.error());
    Services &services = **invocation.services();
    int status = exitStatus::done;
    bool isFirst = true;
    for (const QString &source : invocation.arguments()) {
        invocation.output().progress(tr("Reading %1 …").arg(source));
        const auto document = co_await readInput(services, source, invocation.token());
        invocation.output().progress({});
        if (!document) {
            status = invocation.failInput(document.error());
            if (status == exitStatus::interrupted)
                co_return status;
            continue;
        }
        if (invocation.arguments().size() > 1 && !invocation.output().isJson())
            invocation.output().text(isFirst ? u"# %1\n\n"_s.arg(source) : u"\n# %1\n\n"_s.arg(source));
        isFirst = false;
        const Result<void> done = co_await summarizeOne(invocation, services, *document, *wish);
        if (!done) {
            status = invocation.fail(done.error());
            if (done.error().kind != ErrorKind::BadInput && done.error().kind != ErrorKind::ContextTooLong)
                co_return status;
        }
    }
    co_return status;
}

} // namespace

Command summarizeCommand()
{
    return {u"summarize"_s,
            u"[FILE|URL|-]..."_s,
            tr("One text in, one answer out. Without a model it quotes the key sentences."),
            {{u"style"_s, tr("STYLE"), tr("brief, bullets, detailed or actions")},
             {u"words"_s, tr("N"), tr("about how long")},
             {u"instruction"_s, tr("TEXT"), tr("what to do instead, in your own words (needs a model)")},
             {u"language"_s, tr("NAME"), tr("write in this language (needs a model)")}},
            run};
}

} // namespace quintet::cli
