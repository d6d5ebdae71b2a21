// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandline.h"
#include "app/cli/invocation.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// One command of the demonstration.
struct Step {
    QString pattern; ///< empty: goes on with the one before
    QString sentence;
    QStringList call;
};

QList<Step> stepsOn(const QString &samples)
{
    const QString handbook = samples + u"/handbook"_s;
    return {
        {tr("Summarize"),
         tr("One text in, one answer out. Without a model, the key sentences are quoted."),
         {u"summarize"_s, samples + u"/annual-report.md"_s, u"--words"_s, u"60"_s}},
        {tr("Chat"),
         tr("A conversation, here about a file that is attached."),
         {u"chat"_s, u"When is the workshop open on Saturdays?"_s, u"--attach"_s, handbook + u"/opening-hours.md"_s}},
        {tr("Batch"),
         tr("One task over a whole folder; it survives whatever comes in between."),
         {u"batch"_s, u"run"_s, handbook, u"--task"_s, u"keywords"_s, u"--format"_s, u"csv"_s}},
        {tr("Knowledge"),
         tr("A question to your own documents, answered with the place of each claim."),
         {u"knowledge"_s, u"add"_s, u"Handbook"_s, handbook}},
        {{}, {}, {u"knowledge"_s, u"ask"_s, u"Handbook"_s, u"How many days do I have to return goods for a refund?"_s}},
        {tr("Agent"),
         tr("A task of several steps with tools: a saved plan, done again on today's data of the sample shop."),
         {u"agent"_s, u"replay"_s, u"monthly-sales"_s}},
    };
}

/// The documents that come with Quintet, as files. Storage where they cannot be written.
Result<void> writeSamples(const QString &folder)
{
    for (const QString &name :
         {u"annual-report.md"_s, u"handbook/lending-rules.md"_s, u"handbook/minutes-november.md"_s,
          u"handbook/opening-hours.md"_s, u"handbook/refund-policy.md"_s, u"handbook/safety.md"_s}) {
        const QString path = folder + u'/' + name;
        if (!QDir().mkpath(QFileInfo(path).path()) || !QFile::copy(u":/samples/"_s + name, path))
            return failure(ErrorKind::Storage, tr("The sample documents cannot be written to %1.").arg(folder));
    }
    return {};
}

/// A word of a command as a shell would need it.
QString quoted(const QString &word)
{
    return word.contains(u' ') ? u'"' + word + u'"' : word;
}

Task<int> run(Invocation &invocation)
{
    if (!invocation.arguments().isEmpty())
        co_return invocation.failUsage(tr("demo takes no arguments."));
    const QTemporaryDir folder;
    if (const auto written = writeSamples(folder.filePath(u"samples"_s)); !written)
        co_return invocation.fail(written.error());
    Output &output = invocation.output();
    QStringList common{u"--endpoint"_s, u"builtin"_s, u"--data-dir"_s, folder.filePath(u"data"_s)};
    for (const QString &option : {u"json"_s, u"quiet"_s}) {
        if (invocation.isSet(option))
            common << u"--"_s + option;
    }
    for (const Step &step : stepsOn(folder.filePath(u"samples"_s))) {
        QStringList words{u"quintet"_s};
        for (const QString &word : step.call)
            words << quoted(QString(word).replace(folder.path() + u'/', QString()));
        if (output.isJson()) {
            output.object({{u"type"_s, u"demo"_s}, {u"pattern"_s, step.pattern}, {u"command"_s, words.join(u' ')}});
        } else {
            if (!step.pattern.isEmpty())
                output.text(u"\n## %1\n\n%2\n"_s.arg(step.pattern, step.sentence));
            output.text(u"\n$ %1\n"_s.arg(words.join(u' ')));
        }
        const int status = co_await runCommand(step.call.first(), step.call.sliced(1) + common, invocation.token());
        if (status != exitStatus::done)
            co_return status;
    }
    output.note(tr("\nAll of this was done on sample data in a folder that is gone now, without a model, a key or a "
                   "network. Connect a model for answers in new words: quintet endpoints discover"));
    co_return exitStatus::done;
}

} // namespace

Command demoCommand()
{
    return {
        u"demo"_s, {}, tr("The five patterns on sample data, in a throw-away folder; no key, no network."), {}, run};
}

} // namespace quintet::cli
