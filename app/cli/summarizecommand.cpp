// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/sourcename.h"
#include "app/cli/standardinput.h"
#include "app/resultjson.h"

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

Task<Result<document::Document>> readInput(Services &services, QString source, QString password, CancelToken token)
{
    if (isWebAddress(source))
        co_return co_await readSource(services, source, token);
    if (source != u"-") {
        const Result<QString> path = pathNamed(source);
        if (!path)
            co_return std::unexpected(path.error());
        co_return co_await services.extractor().extract({.path = *path, .password = password}, token);
    }
    const Result<QByteArray> bytes = co_await readStandardInput(token);
    if (!bytes)
        co_return std::unexpected(bytes.error());
    co_return co_await services.extractor().extract(
        {.bytes = *bytes, .name = tr("standard input"), .password = password}, token);
}

/// One source, which goes by that name, to its summary, written as it grows.
Task<Result<llm::Completion>> summarizeOne(Invocation &invocation, Services &services, document::Document document,
                                           QString name, summarize::SummaryWish wish)
{
    Output &output = invocation.output();
    const bool streams = !output.isJson();
    summarize::Watcher watcher;
    bool hasText = false;
    watcher.onText = [&output, &hasText, streams](const QString &text) {
        output.progress({});
        hasText = true;
        if (streams)
            output.text(text);
    };
    watcher.onWaiting = [&output](const llm::Waiting &waiting) { output.progress(sentenceFor(waiting)); };
    watcher.onSection = [&output](int done, int count) {
        output.progress(tr("Section %1 of %2 …").arg(std::min(done + 1, count)).arg(count));
    };
    const auto summary =
        co_await services.summarizer().summarize(std::move(document), std::move(wish), watcher, invocation.token());
    // What arrived stays; the reason stands on a line of its own.
    if (streams && (summary || hasText))
        output.text(u"\n"_s);
    if (!summary)
        co_return std::unexpected(summary.error());
    if (!streams) {
        QJsonObject result = resultJson(*summary);
        result[u"document"] = name;
        output.object(result);
    }
    if (summary->completion.stopReason == llm::StopReason::Length)
        output.note(tr("The summary was cut off at the token limit; --max-tokens raises it."));
    if (summary->completion.stopReason == llm::StopReason::Filtered)
        output.note(tr("The server's content filter cut the summary off."));
    co_return summary->completion;
}

/// A source as it may be shown: without the password that an address may hold.
QString shown(const QString &source)
{
    return source.contains(u"://") ? QUrl(source).toString(QUrl::RemoveUserInfo) : source;
}

Task<int> run(Invocation &invocation)
{
    if (invocation.arguments().isEmpty())
        co_return invocation.failUsage(tr("Name a file, an address, or - for standard input."));
    const auto endpoint = invocation.endpoint();
    if (!endpoint)
        co_return invocation.fail(endpoint.error());
    auto wish = wishFrom(invocation, *endpoint);
    if (!wish)
        co_return invocation.failUsage(wish.error().message);
    if (auto checked = summarize::checkWish(*wish); !checked)
        co_return invocation.fail(checked.error());
    Services &services = **invocation.services();
    int status = exitStatus::done;
    bool isFirst = true;
    for (const QString &source : invocation.arguments()) {
        invocation.output().progress(tr("Reading %1 …").arg(shown(source)));
        const auto document = co_await readInput(services, source, invocation.value(u"password"_s), invocation.token());
        invocation.output().progress({});
        if (!document) {
            status = invocation.failInput(document.error());
            if (status == exitStatus::interrupted)
                co_return status;
            continue;
        }
        if (invocation.arguments().size() > 1 && !invocation.output().isJson())
            invocation.output().text(isFirst ? u"# %1\n\n"_s.arg(shown(source)) : u"\n# %1\n\n"_s.arg(shown(source)));
        isFirst = false;
        const Result<llm::Completion> done = co_await summarizeOne(
            invocation, services, *document, document->path.isEmpty() ? shown(source) : document->path, *wish);
        if (!done) {
            status = invocation.fail(done.error());
            // Under a budget, what a failed source took is not known, so it uses the budget up.
            const bool mayHaveSpent = wish->budget.isSet() && done.error().kind != ErrorKind::BadInput;
            if (summarize::isFatal(done.error()) || mayHaveSpent)
                co_return status;
        } else { // one budget for the whole command
            wish->budget = wish->budget.after(done->cost, done->takenTokens());
        }
    }
    invocation.noteBudget();
    co_return status;
}

} // namespace

Command summarizeCommand()
{
    return {u"summarize"_s,
            u"[FILE|URL|-]..."_s,
            tr("One text in, one answer out. Without a model it quotes the key sentences."),
            {{u"style"_s, QStringLiteral("STYLE"), tr("brief, bullets, detailed or actions")},
             {u"words"_s, QStringLiteral("N"), tr("about how long")},
             {u"instruction"_s, QStringLiteral("TEXT"), tr("what to do instead, in your own words (needs a model)")},
             {u"language"_s, QStringLiteral("NAME"), tr("write in this language (needs a model)")},
             {u"password"_s, QStringLiteral("TEXT"), tr("opens an encrypted file")}},
            run};
}

} // namespace quintet::cli
