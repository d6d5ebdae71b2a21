// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/standardinput.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <qcorosignal.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace quintet::cli {

namespace {

class Reader final : public QObject {
    Q_OBJECT

public:
    Reader() : m_notifier(STDIN_FILENO, QSocketNotifier::Read)
    {
        connect(&m_notifier, &QSocketNotifier::activated, this, &Reader::readSome);
    }

    QByteArray bytes;
    int error = 0;

Q_SIGNALS:
    void finished();

private:
    void readSome()
    {
        static std::array<char, 65536> buffer;
        const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (count > 0) {
            bytes.append(buffer.data(), count);
        } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
            error = count == 0 ? 0 : errno;
            m_notifier.setEnabled(false);
            Q_EMIT finished();
        }
    }

    QSocketNotifier m_notifier;
};

} // namespace

Task<Result<QByteArray>> readStandardInput(CancelToken token)
{
    Reader reader;
    const OnCancel onCancel(token, &reader, [&reader] { Q_EMIT reader.finished(); });
    co_await qCoro(&reader, &Reader::finished);
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (reader.error != 0) {
        co_return failure(ErrorKind::BadInput, QCoreApplication::translate("cli", "Standard input cannot be read: %1.")
                                                   .arg(QString::fromLocal8Bit(std::strerror(reader.error))));
    }
    co_return reader.bytes;
}

} // namespace quintet::cli

#include "standardinput.moc"
