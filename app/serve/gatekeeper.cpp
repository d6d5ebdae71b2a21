// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/gatekeeper.h"

#include <QCoreApplication>
#include <QHostInfo>
#include <QHttpHeaders>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QUrl>

#include <array>

namespace quintet::serve {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

/// Whether both are the same, in a time that does not tell how far they are.
bool equal(const QByteArray &a, const QByteArray &b)
{
    const auto digest = [](const QByteArray &text) {
        return QMessageAuthenticationCode::hash(text, "quintet", QCryptographicHash::Sha256);
    };
    const QByteArray left = digest(a);
    const QByteArray right = digest(b);
    int difference = 0;
    for (qsizetype i = 0; i < left.size(); ++i)
        difference |= left[i] ^ right[i];
    return difference == 0;
}

QByteArray bearerOf(const QByteArray &authorization)
{
    const QByteArray value = authorization.trimmed();
    return value.size() > 7 && value.first(7).compare("bearer ", Qt::CaseInsensitive) == 0 ? value.sliced(7).trimmed()
                                                                                           : QByteArray();
}

} // namespace

Gatekeeper::Gatekeeper(QByteArray token, QStringList origins, const QHostAddress &listening)
    : m_token(std::move(token)),
      m_origins(std::move(origins)),
      m_isLoopback(listening.isLoopback())
{
}

bool Gatekeeper::isOurs(const QByteArray &host) const
{
    const QUrl url(QStringLiteral("http://") + QString::fromLatin1(host));
    const QString name = url.host();
    if (!url.isValid() || name.isEmpty())
        return false;
    const QHostAddress address(name);
    if (name == QStringLiteral("localhost") || (!address.isNull() && address.isLoopback()))
        return true;
    // In a network this computer has other addresses and names; a bare address cannot be rebound.
    return !m_isLoopback && (!address.isNull() || name.compare(QHostInfo::localHostName(), Qt::CaseInsensitive) == 0);
}

bool Gatekeeper::isListed(const QByteArray &origin) const
{
    return !origin.isEmpty() && m_origins.contains(QString::fromLatin1(origin));
}

bool Gatekeeper::knows(const QByteArray &authorization) const
{
    return equal(bearerOf(authorization), m_token);
}

std::optional<Refusal> Gatekeeper::refusalOf(const QHttpServerRequest &request, bool isPublic) const
{
    const QByteArray host = request.value("host");
    if (!isOurs(host))
        return Refusal{403, tr("This server is not called %1.").arg(QString::fromLatin1(host.left(100)))};
    const QByteArray origin = request.value("origin");
    if (!origin.isEmpty() && origin != "http://" + host && !isListed(origin))
        return Refusal{403, tr("Pages of %1 may not use this server; quintet serve --allow-origin lets them.")
                                .arg(QString::fromLatin1(origin.left(100)))};
    if (!isPublic && !knows(request.value("authorization")))
        return Refusal{401, tr("Send the token that \"quintet serve\" printed, in the header Authorization.")};
    return std::nullopt;
}

QByteArray makeToken()
{
    std::array<quint32, 8> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    return QByteArray(reinterpret_cast<const char *>(bits.data()), sizeof bits)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace quintet::serve
