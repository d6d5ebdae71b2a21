// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/calculate/calculateworker.h"

#include "agent/calculate/calculation.h"
#include "document/worker/confinement.h"

#include <QFile>
#include <QJsonDocument>

#include <cstdio>
#include <unistd.h>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QJsonObject answerTo(const QJsonObject &request)
{
    const auto result = calculate(request[u"expression"].toString(), request[u"variables"].toObject());
    return result ? toJson(*result) : QJsonObject{{u"error"_s, result.error().message}};
}

} // namespace

void runCalculateWorker()
{
    QFile input;
    QFile output;
    const bool isReady = input.open(stdin, QIODevice::ReadOnly) && output.open(stdout, QIODevice::WriteOnly);
    const QByteArray request = isReady ? input.readAll() : QByteArray();
    if (!document::confineThisProcess())
        ::_exit(1);
    output.write(QJsonDocument(answerTo(QJsonDocument::fromJson(request).object())).toJson(QJsonDocument::Compact));
    output.flush();
    // libqalculate's thread may still be at work, and would be waited for.
    ::_exit(0);
}

} // namespace quintet::agent
