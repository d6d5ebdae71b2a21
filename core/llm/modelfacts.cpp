// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/modelfacts.h"

#include <QRegularExpression>

#include <algorithm>

namespace quintet::llm {

std::optional<qint64> contextFrom(const Error &error)
{
    using namespace Qt::StringLiterals;
    // llama.cpp; OpenAI, vLLM and OpenRouter; Anthropic; others that say it in words.
    static const QRegularExpression patterns[]{
        QRegularExpression(u"\"n_ctx\"\\s*:\\s*(\\d+)"_s),
        QRegularExpression(u"context (?:length|window|size) (?:is|of) (?:\\w+ )?(\\d+)"_s,
                           QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(u"> (\\d+) maximum"_s),
        QRegularExpression(u"context size \\((\\d+)"_s, QRegularExpression::CaseInsensitiveOption)};
    if (error.kind != ErrorKind::ContextTooLong)
        return std::nullopt;
    const QString text = error.detail + QLatin1Char('\n') + error.message;
    for (const QRegularExpression &pattern : patterns) {
        const qint64 context = pattern.match(text).captured(1).toLongLong();
        if (context >= 256 && context <= 100'000'000)
            return context;
    }
    return std::nullopt;
}

double learntFactor(double factor, qint64 answers, qint64 estimated, qint64 reported)
{
    if (estimated < 50 || reported <= 0)
        return factor;
    const double seen = static_cast<double>(reported) / static_cast<double>(estimated);
    if (seen < 0.2 || seen > 5)
        return factor;
    const double weight = 1.0 / static_cast<double>(std::min<qint64>(answers + 1, 30));
    return factor + (seen - factor) * weight;
}

} // namespace quintet::llm
