// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"

#include "pattern/advisor.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

constexpr int enoughFiles = 10'000; // more do not change the answer

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// Words that name files or folders count as those; the others are what the user wants done.
pattern::Wish wishFrom(const QStringList &arguments)
{
    pattern::Wish wish;
    QStringList words;
    for (const QString &argument : arguments) {
        const QFileInfo info(argument);
        if (info.isDir()) {
            ++wish.folders;
            QDirIterator files(argument, QDir::Files, QDirIterator::Subdirectories);
            for (int i = 0; i < enoughFiles && files.hasNext(); ++i, ++wish.folderFiles)
                wish.characters += files.nextFileInfo().size();
        } else if (info.isFile()) {
            ++wish.files;
            wish.characters += info.size();
        } else {
            words << argument;
        }
    }
    wish.text = words.join(u' ');
    return wish;
}

/// What asking costs where that is known: nothing on this computer. Needs the settings alone, so that it works where
/// the database does not.
pattern::ModelFacts factsFor(const Invocation &invocation)
{
    pattern::ModelFacts facts;
    const auto paths = preparePaths(invocation.value(u"data-dir"_s));
    if (!paths)
        return facts;
    const auto endpoint = llm::EndpointRegistry(paths->settingsFile)
                              .resolve({invocation.value(u"endpoint"_s), invocation.value(u"base-url"_s), {}});
    if (endpoint && isLocal(*endpoint)) {
        facts.usdPerMillionInput = 0;
        facts.usdPerMillionOutput = 0;
    }
    return facts;
}

QJsonValue orNull(const std::optional<double> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QString costLine(const std::optional<double> &dollars)
{
    if (!dollars)
        return tr("Expected cost: unknown, as no price is known for the model in use.");
    return *dollars == 0 ? tr("Expected cost: none, it stays on this computer.")
                         : tr("Expected cost: about $%1.").arg(*dollars, 0, 'g', 2);
}

void print(Output &output, const pattern::Recommendation &recommendation)
{
    const pattern::Traits &traits = recommendation.traits;
    const pattern::Traits alternative = pattern::traitsOf(recommendation.alternative);
    if (output.isJson()) {
        output.object({{u"pattern"_s, traits.key},
                       {u"reasons"_s, QJsonArray::fromStringList(recommendation.reasons)},
                       {u"complexity"_s, nameOf(traits.complexity)},
                       {u"cost"_s, nameOf(traits.cost)},
                       {u"latency"_s, nameOf(traits.latency)},
                       {u"alternative"_s, alternative.key},
                       {u"why_not"_s, recommendation.whyNotAlternative},
                       {u"expected_seconds"_s, orNull(recommendation.expectedSeconds)},
                       {u"expected_cost_usd"_s, orNull(recommendation.expectedCostUsd)}});
        return;
    }
    output.line(traits.title);
    for (const QString &reason : recommendation.reasons)
        output.line("- "_L1 + reason);
    output.line(tr("Effort %1, cost %2, waiting %3.")
                    .arg(nameOf(traits.complexity), nameOf(traits.cost), nameOf(traits.latency)));
    output.line(recommendation.expectedSeconds
                    ? tr("Expected time: about %1 s.").arg(*recommendation.expectedSeconds, 0, 'g', 2)
                    : tr("Expected time: depends on the model."));
    output.line(costLine(recommendation.expectedCostUsd));
    output.line(tr("Next best: %1. %2").arg(alternative.title, recommendation.whyNotAlternative));
}

Task<int> run(Invocation &invocation)
{
    if (invocation.arguments().isEmpty())
        co_return invocation.failUsage(tr("Say what you want to do, or name files or folders."));
    print(invocation.output(), pattern::recommend(wishFrom(invocation.arguments()), factsFor(invocation)));
    co_return exitStatus::done;
}

} // namespace

Command whichCommand()
{
    return {u"which"_s, u"TEXT|PATH..."_s, tr("Tell which of the five patterns fits, with reasons."), {}, run};
}

} // namespace quintet::cli
