// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace quintet::pattern {

/// A way of using a language model: one tab, one subcommand.
enum class Pattern { Summarize, Chat, Batch, Knowledge, Agent };

enum class Level { Low, Medium, High, VeryHigh };

/// What a pattern asks for and gives, as the start page shows it.
struct Traits {
    Pattern pattern = Pattern::Summarize;
    QString key;       ///< "summarize": subcommand, settings, JSON
    QString title;     ///< "Summarize", translated
    QString technique; ///< "API wrapper", what the trade calls it, translated
    Level complexity = Level::Low;
    Level cost = Level::Low;
    Level latency = Level::Low;
    QString use; ///< a line for a person: what it is for

    bool operator==(const Traits &) const = default;
};

/// All five, simplest first. Any thread.
std::vector<Traits> allTraits();

Traits traitsOf(Pattern pattern);

/// The pattern of a key; nothing if no pattern has it.
std::optional<Pattern> patternFromKey(const QString &key);

/// "low", "medium", "high", "very high", translated.
QString nameOf(Level level);

} // namespace quintet::pattern
