// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QHash>

namespace quintet::backup {

/// API keys and passwords by the names that store::Secrets knows them by.
using Keys = QHash<QString, QString>;

/// `keys`, readable only by who knows `password`: AES-256-GCM (NIST SP 800-38D) under a key that scrypt (RFC 7914,
/// N 32768, r 8, p 1, a random salt) makes of the password. Takes a tenth of a second and 32 MB. Any thread.
Result<QByteArray> seal(const Keys &keys, const QString &password);

/// BadInput where the password is another one or something was changed, Corrupt where it is nothing that was sealed.
Result<Keys> unseal(const QByteArray &sealed, const QString &password);

} // namespace quintet::backup
