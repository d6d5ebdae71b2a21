// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>

#include <functional>

namespace quintet::net {

/// Whether a page may be fetched from this address. Injected, so that tests can bend it.
using AddressRule = std::function<bool(const QHostAddress &)>;

/// The rule of the program: true only for addresses of the public internet; false for this computer, private and
/// link-local networks, multicast, and the ranges that IANA reserves (RFC 6890), also when an IPv4 address is
/// wrapped in an IPv6 one.
bool isPublicAddress(const QHostAddress &address);

} // namespace quintet::net
