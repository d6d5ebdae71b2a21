// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/servererror.h"

#include <QCoreApplication>

namespace quintet::llm::wire {

namespace {

ErrorKind kindOf(const QString &words, int status)
{
    const auto says = [&words](QLatin1StringView needle) { return words.contains(needle, Qt::CaseInsensitive); };
    using namespace Qt::StringLiterals;
    if (says("context_length"_L1) || says("exceed_context"_L1) || says("context size"_L1) || says("context window"_L1)
        || says("prompt is too long"_L1))
        return ErrorKind::ContextTooLong;
    if (status == 402 || says("insufficient_quota"_L1) || says("credit"_L1) || says("billing"_L1))
        return ErrorKind::Quota;
    if (status == 429 || says("rate_limit"_L1))
        return ErrorKind::RateLimited;
    if (status == 401 || status == 403 || says("authentication"_L1) || says("permission"_L1))
        return ErrorKind::Unauthorized;
    if (says("invalid_request"_L1) || says("content_filter"_L1) || (status >= 400 && status < 500))
        return ErrorKind::Refused;
    return ErrorKind::Unavailable;
}

} // namespace

Error reportedError(const QJsonValue &error)
{
    const QString message = error.isString() ? error.toString() : error[u"message"].toString();
    const QString code = error[u"code"].toVariant().toString();
    const QString type = error[u"type"].toString() + QLatin1Char(' ') + code;
    Error reported(kindOf(type + QLatin1Char(' ') + message, code.toInt()),
                   QCoreApplication::translate("llm", "The model server gave up: %1")
                       .arg(message.isEmpty() ? type.simplified() : message.simplified()),
                   type.simplified());
    return reported;
}

Error notUnderstood(const QByteArray &body)
{
    return Error(ErrorKind::Protocol,
                 QCoreApplication::translate("llm",
                                             "The server's answer was not understood. Check that the base URL is "
                                             "that of a model server."),
                 QString::fromUtf8(body.left(500)));
}

} // namespace quintet::llm::wire
