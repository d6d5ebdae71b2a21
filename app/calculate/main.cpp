// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/calculate/engine/calculation.h"
#include "document/worker/confinement.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <cstdio>
#include <unistd.h>

using namespace quintet;
using namespace Qt::StringLiterals;

namespace {

QJsonObject answerTo(const QJsonObject &request)
{
    const auto result = agent::calculate(request[u"expression"].toString(), request[u"variables"].toObject());
    return result ? agent::toJson(*result) : QJsonObject{{u"error"_s, result.error().message}};
}

} // namespace

/// Reads {"expression","variables"} from standard input, calculates it while it may neither write nor start anything
/// nor use the network, and writes {"value","exact","number"} or {"error"} to standard output.
int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QFile input;
    QFile output;
    const bool isReady = input.open(stdin, QIODevice::ReadOnly) && output.open(stdout, QIODevice::WriteOnly);
    const QByteArray request = isReady ? input.readAll() : QByteArray();
    if (!document::confineThisProcess())
        return 1;
    output.write(QJsonDocument(answerTo(QJsonDocument::fromJson(request).object())).toJson(QJsonDocument::Compact));
    output.flush();
    // libqalculate's thread may still be at work, and would be waited for.
    ::_exit(0);
}
