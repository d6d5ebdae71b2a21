// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/ratestate.h"

#include <QRegularExpression>

#include <algorithm>

namespace quintet::llm {

namespace {

using namespace Qt::StringLiterals;

std::chrono::milliseconds waitFor(const std::optional<RateLeft> &rate, qint64 size, const QDateTime &now)
{
    // A request larger than any window is sent when a window is fresh, and left to the server.
    if (!rate || rate->left >= size || rate->reset <= now)
        return {};
    return std::chrono::milliseconds(now.msecsTo(rate->reset) + 1);
}

QString text(const QList<net::Header> &headers, QByteArrayView name)
{
    return QString::fromLatin1(net::headerValue(headers, name)).trimmed();
}

std::optional<QDateTime> resetFrom(const QString &value, const QDateTime &now)
{
    if (const auto duration = goDuration(value))
        return now.addMSecs(duration->count());
    const QDateTime time = QDateTime::fromString(value, Qt::ISODateWithMs);
    return time.isValid() ? std::optional(time.toUTC()) : std::nullopt;
}

std::optional<RateLeft> leftFrom(const QList<net::Header> &headers, QByteArrayView remaining, QByteArrayView reset,
                                 const QDateTime &now)
{
    bool isNumber = false;
    const qint64 left = text(headers, remaining).toLongLong(&isNumber);
    if (!isNumber || left < 0)
        return std::nullopt;
    const auto until = resetFrom(text(headers, reset), now);
    if (!until)
        return std::nullopt;
    return RateLeft{left, std::min(*until, now.addDays(1))};
}

} // namespace

std::optional<std::chrono::milliseconds> goDuration(const QString &text)
{
    static const QRegularExpression whole(u"^(?:(?:\\d+(?:\\.\\d+)?)(?:h|ms|m|s|us|µs|ns))+\\z"_s);
    static const QRegularExpression part(u"(\\d+(?:\\.\\d+)?)(h|ms|m|s|us|µs|ns)"_s);
    bool isNumber = false;
    const double seconds = text.toDouble(&isNumber);
    double milliseconds = seconds * 1000;
    if (!isNumber) {
        if (!whole.match(text).hasMatch())
            return std::nullopt;
        milliseconds = 0;
        for (const auto &match : part.globalMatch(text)) {
            const QString unit = match.captured(2);
            const double factor = unit == u"h"    ? 3'600'000
                                  : unit == u"m"  ? 60'000
                                  : unit == u"s"  ? 1000
                                  : unit == u"ms" ? 1
                                                  : 0;
            milliseconds += match.captured(1).toDouble() * factor;
        }
    }
    if (!(milliseconds >= 0))
        return std::nullopt;
    return std::chrono::milliseconds(static_cast<qint64>(std::min(milliseconds, 86'400'000.0)));
}

RateState ratesFrom(const QList<net::Header> &headers, const QDateTime &now)
{
    RateState state;
    state.requests = leftFrom(headers, "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", now);
    state.tokens = leftFrom(headers, "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", now);
    if (!state.requests)
        state.requests =
            leftFrom(headers, "anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset", now);
    if (!state.tokens)
        state.tokens =
            leftFrom(headers, "anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset", now);
    return state;
}

std::chrono::milliseconds RateState::wait(qint64 size, const QDateTime &now) const
{
    std::chrono::milliseconds longest = std::max(waitFor(requests, 1, now), waitFor(tokens, size, now));
    if (pausedUntil.isValid() && pausedUntil > now)
        longest = std::max(longest, std::chrono::milliseconds(now.msecsTo(pausedUntil)));
    return longest;
}

void RateState::take(qint64 size, const QDateTime &now)
{
    const auto spend = [&now](std::optional<RateLeft> &rate, qint64 amount) {
        if (rate && rate->reset <= now)
            rate.reset();
        else if (rate)
            rate->left = std::max<qint64>(0, rate->left - amount);
    };
    spend(requests, 1);
    spend(tokens, size);
    if (pausedUntil.isValid() && pausedUntil <= now)
        pausedUntil = {};
}

} // namespace quintet::llm
