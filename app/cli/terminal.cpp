// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include "base/wake.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <qcorosignal.h>
#include <unistd.h>

namespace quintet::cli {

bool isAtTerminal()
{
    return ::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO);
}

Task<Result<QString>> readTerminalLine(CancelToken token)
{
    Wake wake;
    QSocketNotifier notifier(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &wake, [&] {
        notifier.setEnabled(false);
        wake.wakeLater();
    });
    const OnCancel onCancel(token, &wake, [&wake] { wake.wakeLater(); });
    co_await qCoro(&wake, &Wake::woken);
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    QByteArray line(4096, '\0'); // a terminal gives a line at a time
    const auto size = ::read(STDIN_FILENO, line.data(), size_t(line.size()));
    co_return QString::fromLocal8Bit(line.first(std::max<qsizetype>(size, 0)));
}

Task<bool> readYes(CancelToken token)
{
    const QString word = (co_await readTerminalLine(token)).value_or(QString()).trimmed().toLower();
    co_return word == QCoreApplication::translate("cli", "y") || word == QCoreApplication::translate("cli", "yes");
}

QString printable(QString text)
{
    for (QChar &each : text) {
        if (each.category() == QChar::Other_Control && each != u'\n')
            each = u'·';
    }
    return text;
}

} // namespace quintet::cli
