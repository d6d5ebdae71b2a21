// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include "base/error.h"

#include <cstdio>

Q_LOGGING_CATEGORY(lcDocument, "quintet.document", QtWarningMsg)
Q_LOGGING_CATEGORY(lcGateway, "quintet.gateway", QtWarningMsg)
Q_LOGGING_CATEGORY(lcNet, "quintet.net", QtWarningMsg)
Q_LOGGING_CATEGORY(lcStore, "quintet.store", QtWarningMsg)

namespace quintet {

namespace {

void writeRedacted(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray line = redacted(qFormatLogMessage(type, context, message)).toLocal8Bit() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

} // namespace

void installLog(bool verbose)
{
    qSetMessagePattern(QStringLiteral("%{if-category}%{category}: %{endif}%{message}"));
    qInstallMessageHandler(writeRedacted);
    if (verbose)
        QLoggingCategory::setFilterRules(QStringLiteral("quintet.*=true"));
}

} // namespace quintet
