// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/limit.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace quintet::llm {

enum class Role { System, User, Assistant, Tool };

/// A picture for a model that sees.
struct Image {
    QByteArray bytes; ///< as in the file
    QString mimeType; ///< "image/png"

    bool operator==(const Image &) const = default;
};

/// What a model asks to be done.
struct ToolCall {
    QString id;
    QString name;
    QString arguments; ///< JSON, as the model wrote it; may be malformed
    QByteArray extra;  ///< JSON that the server wants back with the call (Gemini's thought signature), or empty

    bool operator==(const ToolCall &) const = default;
};

/// What a model thought, as its server wants it back with the answer (Anthropic's extended thinking).
struct Thinking {
    QString text;
    QString signature;
    QString redacted; ///< in place of text and signature where the server hid the thought

    bool operator==(const Thinking &) const = default;
};

/// One turn of what a model is shown.
struct Message {
    Role role = Role::User;
    QString text;
    std::vector<Image> images;       ///< of a user's turn
    std::vector<ToolCall> toolCalls; ///< of an assistant's turn
    QString toolCallId;              ///< of a tool's turn: the call that this answers
    std::vector<Thinking> thinking;  ///< of an assistant's turn

    bool operator==(const Message &) const = default;
};

/// Something that a model may ask to be done.
struct Tool {
    QString name;
    QString description;
    QJsonObject schema; ///< JSON schema of the arguments

    bool operator==(const Tool &) const = default;
};

/// What shape an answer must have.
struct ResponseFormat {
    QString name = QStringLiteral("answer");
    QJsonObject schema; ///< JSON schema; empty: any JSON object

    bool operator==(const ResponseFormat &) const = default;
};

/// How the answer is drawn; what is not set is left to the server.
struct Parameters {
    std::optional<double> temperature;
    std::optional<int> maxTokens;
    std::optional<double> topP;
    std::optional<qint64> seed;
    QStringList stop;        ///< the answer ends before any of these
    QString reasoningEffort; ///< "none", "minimal", "low", "medium", "high" or "xhigh"

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

/// A stretch of a document that an answer may rest on.
struct Passage {
    QString text;
    QString title; ///< what it stands under: the document's name, its headings

    bool operator==(const Passage &) const = default;
};

/// For the built-in engine: answer this question by quoting sentences of these passages.
struct AnswerWish {
    QString question;
    std::vector<Passage> passages; ///< the likeliest first
    int sentences = 4;             ///< at most
    bool cite = true;              ///< "[n]" behind each sentence, n being its passage's number from 1

    bool operator==(const AnswerWish &) const = default;
};

/// What a model is asked.
struct Request {
    QString pattern; ///< which tab asks, for the ledger and for fairness
    QString model;   ///< as the server names it
    std::vector<Message> messages;
    Parameters parameters;
    std::vector<Tool> tools;
    QString toolChoice; ///< "none", "required" or the name of a tool; empty: the model's choice
    std::optional<ResponseFormat> format;
    std::optional<QuoteWish> quote;
    std::optional<AnswerWish> answer;
    usage::Limit budget;    ///< the most that it may take
    bool mayCache = false;  ///< an equal request's answer will do, and this one's may be kept
    QString run;            ///< the batch run or agent task it belongs to, or empty
    usage::Limit runBudget; ///< the most that all requests of `run` may take together

    bool operator==(const Request &) const = default;
};

/// What an embedding model is asked: the meaning of texts as vectors.
struct EmbeddingRequest {
    QString pattern;
    QString model;
    QStringList texts;  ///< with whatever prefix the model wants already before them; none empty
    int dimensions = 0; ///< 0: as many as the model has
    bool mayCache = true;
    QString run;
    usage::Limit runBudget; ///< the most that all requests of `run` may take together

    bool operator==(const EmbeddingRequest &) const = default;
};

/// What a reranking model is asked: how well each text answers a question.
struct RerankRequest {
    QString pattern;
    QString model;
    QString query;
    QStringList texts;
    QString run;
    usage::Limit runBudget;

    bool operator==(const RerankRequest &) const = default;
};

} // namespace quintet::llm
