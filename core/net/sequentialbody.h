// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

namespace quintet::net {

/// The body of a request as a device that can be read once. QNetworkAccessManager sends a request again by itself
/// when the peer closes before answering, if it can rewind the body; this one cannot be rewound, so that a paid
/// request leaves the computer once for each time it was asked for.
class SequentialBody final : public QIODevice {
public:
    explicit SequentialBody(const QByteArray &bytes, QObject *parent = nullptr);

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool atEnd() const override { return m_position == m_bytes.size(); }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_position + QIODevice::bytesAvailable(); }

protected:
    qint64 readData(char *data, qint64 maximum) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_position = 0;
};

} // namespace quintet::net
