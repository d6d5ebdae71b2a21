// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "llm/endpoint.h"

#include <optional>

namespace quintet::llm {

/// How many tokens a model reads, as an overflow told.
struct LearntContext {
    qint64 tokens = 0;  ///< 0: nothing was learnt
    bool isNew = false; ///< since this program started; a server may have been set up anew since an older one

    bool operator==(const LearntContext &) const = default;
};

/// What was learnt about models from their servers' answers. Lives on the engine thread.
class ModelFacts {
public:
    virtual ~ModelFacts() = default;

    /// By what to multiply our estimate of tokens for a model; 1 until something was learnt.
    virtual double tokenFactor(const Endpoint &endpoint, const QString &model) = 0;

    virtual LearntContext learntContext(const Endpoint &endpoint, const QString &model) = 0;

    /// A server counted `reported` tokens in a prompt that we estimated at `estimated`.
    virtual void countedPrompt(const Endpoint &endpoint, const QString &model, qint64 estimated, qint64 reported) = 0;

    /// A server said that a prompt was too long, and how much would not have been.
    virtual void overflowed(const Endpoint &endpoint, const QString &model, qint64 context) = 0;
};

/// How many tokens the model reads, out of what a server says when a prompt was too long; nothing if it does not tell.
std::optional<qint64> contextFrom(const Error &error);

/// `factor`, learnt from `answers` answers, after one more: a running mean that forgets after some thirty. Figures that
/// no tokenizer gives are left out.
double learntFactor(double factor, qint64 answers, qint64 estimated, qint64 reported);

} // namespace quintet::llm
