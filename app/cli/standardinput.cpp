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

    /// Takes what has arrived and not been taken.
    QByteArray take() { return std::exchange(m_bytes, {}); }

    Result<void> outcome() const
    {
        if (m_error == 0)
            return {};
        return failure(ErrorKind::BadInput, QCoreApplication::translate("cli", "Standard input cannot be read: %1.")
                                                .arg(QString::fromLocal8Bit(std::strerror(m_error))));
    }

Q_SIGNALS:
    void arrived();
    void finished();

private:
    void readSome()
    {
        static std::array<char, 65536> buffer;
        const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (count > 0) {
            m_bytes.append(buffer.data(), count);
            Q_EMIT arrived();
        } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
            m_error = count == 0 ? 0 : errno;
            m_notifier.setEnabled(false);
            Q_EMIT finished();
        }
    }

    QSocketNotifier m_notifier;
    QByteArray m_bytes;
    int m_error = 0;
};

constexpr qsizetype longestLine = 64LL << 20;

} // namespace

Task<Result<QByteArray>> readStandardInput(CancelToken token)
{
    Reader reader;
    const OnCancel onCancel(token, &reader, [&reader] { Q_EMIT reader.finished(); });
    co_await qCoro(&reader, &Reader::finished);
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    co_return reader.outcome().transform([&reader] { return reader.take(); });
}

Task<Result<void>> readLines(std::function<void(const QByteArray &line)> onLine, CancelToken token)
{
    Reader reader;
    QByteArray rest;
    bool isTooLong = false;
    QObject::connect(&reader, &Reader::arrived, &reader, [&] {
        rest += reader.take();
        qsizetype start = 0;
        for (qsizetype end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
            onLine(rest.sliced(start, end - start));
            start = end + 1;
        }
        rest.remove(0, start);
        isTooLong = rest.size() > longestLine;
        if (isTooLong)
            Q_EMIT reader.finished();
    });
    const OnCancel onCancel(token, &reader, [&reader] { Q_EMIT reader.finished(); });
    co_await qCoro(&reader, &Reader::finished);
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (isTooLong)
        co_return failure(ErrorKind::BadInput, QCoreApplication::translate("cli", "A line is longer than 64 MiB."));
    if (!rest.isEmpty())
        onLine(rest);
    co_return reader.outcome();
}

} // namespace quintet::cli

#include "standardinput.moc"
