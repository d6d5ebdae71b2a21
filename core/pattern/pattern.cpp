// SPDX-License-Identifier: GPL-3.0-or-later
#include "pattern/pattern.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::pattern {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("pattern", text);
}

} // namespace

std::vector<Traits> allTraits()
{
    using enum Level;
    return {
        {Pattern::Summarize, QStringLiteral("summarize"), tr("Summarize"), tr("API wrapper"), Low, Low, Medium,
         tr("One text in, one answer out.")},
        {Pattern::Chat, QStringLiteral("chat"), tr("Chat"), tr("Streaming"), Medium, Medium, Low,
         tr("A conversation, read as it is written.")},
        {Pattern::Batch, QStringLiteral("batch"), tr("Batch"), tr("Queue"), High, Low, High,
         tr("One prompt over many files; half the price, survives anything.")},
        {Pattern::Knowledge, QStringLiteral("knowledge"), tr("Knowledge"), tr("RAG"), High, Medium, Medium,
         tr("Questions to your own documents, answered with the page.")},
        {Pattern::Agent, QStringLiteral("agent"), tr("Agent"), tr("Tool use"), VeryHigh, High, High,
         tr("Tasks of several steps with search, calculation, data.")},
    };
}

Traits traitsOf(Pattern pattern)
{
    const auto all = allTraits();
    return *std::ranges::find(all, pattern, &Traits::pattern);
}

std::optional<Pattern> patternFromKey(const QString &key)
{
    for (const Traits &traits : allTraits()) {
        if (traits.key == key)
            return traits.pattern;
    }
    return std::nullopt;
}

QString nameOf(Level level)
{
    switch (level) {
    case Level::Low: return tr("low");
    case Level::Medium: return tr("medium");
    case Level::High: return tr("high");
    case Level::VeryHigh: return tr("very high");
    }
    return {};
}

} // namespace quintet::pattern
