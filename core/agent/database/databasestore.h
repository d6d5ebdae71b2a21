// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "store/secrets.h"

#include <QMap>

namespace quintet::agent {

/// The databases that the user set up, by name: addresses in the settings file, passwords among the secrets. Reads the
/// file anew at each call. Lives on the engine thread.
class DatabaseStore final {
public:
    DatabaseStore(QString settingsFile, store::Secrets &secrets)
        : m_settingsFile(std::move(settingsFile)),
          m_secrets(secrets)
    {
    }

    /// Addresses by name.
    QMap<QString, QString> all() const;

    /// Keeps an address; a password in it goes among the secrets. BadInput for an empty name or address, Storage where
    /// it can't be kept.
    Task<Result<void>> put(QString name, QString url);

    Task<Result<void>> remove(QString name);

    /// Empty where there is none.
    Task<Result<QString>> password(QString name) const;

    /// What the passwords are called among the secrets.
    QStringList secretNames() const;

private:
    QString m_settingsFile;
    store::Secrets &m_secrets;
};

} // namespace quintet::agent
