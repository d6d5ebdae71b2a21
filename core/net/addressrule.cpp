// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/addressrule.h"

#include <algorithm>
#include <initializer_list>

namespace quintet::net {

namespace {

bool isInAny(const QHostAddress &address, std::initializer_list<const char *> subnets)
{
    return std::ranges::any_of(subnets, [&address](const char *subnet) {
        return address.isInSubnet(QHostAddress::parseSubnet(QString::fromLatin1(subnet)));
    });
}

/// The IPv4 address inside an IPv4-mapped, NAT64 or 6to4 address, or a null address.
QHostAddress embeddedIpv4(const QHostAddress &address)
{
    bool mapped = false;
    if (const quint32 ipv4 = address.toIPv4Address(&mapped); mapped)
        return QHostAddress(ipv4);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const auto at = [&bytes](int i) {
        return QHostAddress(quint32(bytes[i]) << 24 | quint32(bytes[i + 1]) << 16 | quint32(bytes[i + 2]) << 8
                            | quint32(bytes[i + 3]));
    };
    if (isInAny(address, {"64:ff9b::/96"}))
        return at(12);
    if (isInAny(address, {"2002::/16"}))
        return at(2);
    return {};
}

} // namespace

bool isPublicAddress(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        return !isInAny(address, {"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
                                  "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
                                  "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"});
    }
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return false;
    if (const QHostAddress inner = embeddedIpv4(address); !inner.isNull())
        return isPublicAddress(inner);
    return isInAny(address, {"2000::/3"}) && !isInAny(address, {"2001::/23", "2001:db8::/32", "3fff::/20"});
}

} // namespace quintet::net
