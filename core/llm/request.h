// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/money.h"

#include <QString>

#include <optional>
#include <vector>

namespace quintet::llm {

enum class Role { System, User, Assistant };

struct Message {
    Role role = Role::User;
    QString text;

    bool operator==(const Message &) const = default;
};

/// How the answer is drawn; what is not set is left to the server.
struct Parameters {
    std::optional<double> temperature;
    std::optional<int> maxTokens;

    bool operator==(const Parameters &) const = default;
};

/// For the built-in engine, which follows no instructions: quote the key sentences of this text.
struct QuoteWish {
    QString text;
    QString title; ///< of the document, where it is known apart from the text
    int words = 90;
    std::optional<bool> isMarkdown; ///< nothing: told from the text
    bool asList = false;            ///< one line "- ..." a sentence, in place of paragraphs

    bool operator==(const QuoteWish &) const = default;
};

/// What a model is asked.
struct Request {
    QString pattern; ///< which tab asks, for the ledger
    QString model;   ///< as the server names it
    std::vector<Message> messages;
    Parameters parameters;
    std::optional<QuoteWish> quote;
    std::optional<usage::Money> budget; ///< the most that it may cost
    bool mayCache = false;              ///< an equal request's answer will do, and this one's may be kept
    QString run;                        ///< the batch run or agent task it belongs to, or empty

    bool operator==(const Request &) const = default;
};

} // namespace quintet::llm
