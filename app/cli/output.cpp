// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cerrno>
#include <cstdio>
#include <unistd.h>

namespace quintet::cli {

namespace {

bool write(FILE *file, const QByteArray &bytes)
{
    return std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), file)
           == static_cast<size_t>(bytes.size());
}

} // namespace

void Output::text(const QString &text)
{
    clearProgress();
    // A stream is watched as it comes, so nothing waits in the buffer.
    const bool arrived = write(stdout, text.toUtf8()) && std::fflush(stdout) == 0;
    if (arrived || m_failed)
        return;
    m_failed = true;
    m_abandoned = errno == EPIPE;
    if (m_onBroken)
        m_onBroken();
}

void Output::object(const QJsonObject &object)
{
    text(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) + QLatin1Char('\n'));
}

void Output::note(const QString &text)
{
    if (m_quiet)
        return;
    clearProgress();
    write(stderr, text.toUtf8() + '\n');
}

void Output::progress(const QString &text)
{
    if (m_quiet || !::isatty(STDERR_FILENO))
        return;
    clearProgress();
    write(stderr, text.toUtf8());
    m_hasProgress = !text.isEmpty();
}

void Output::clearProgress()
{
    if (m_hasProgress)
        write(stderr, "\r\033[K");
    m_hasProgress = false;
}

void Output::error(const Error &error)
{
    if (m_json) {
        object({{QStringLiteral("type"), QStringLiteral("error")},
                {QStringLiteral("error"), QJsonObject{{QStringLiteral("kind"), nameOf(error.kind)},
                                                      {QStringLiteral("message"), error.message},
                                                      {QStringLiteral("detail"), error.detail}}}});
    }
    clearProgress();
    write(stderr, "quintet: " + error.message.toUtf8() + '\n');
}

Result<void> Output::flush()
{
    if (std::fflush(stdout) != 0 || m_failed) {
        return failure(ErrorKind::Storage,
                       QCoreApplication::translate("cli", "The output could not be written: the disk is "
                                                          "full."));
    }
    return {};
}

} // namespace quintet::cli
