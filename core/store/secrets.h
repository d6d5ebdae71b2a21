// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QHash>

namespace quintet::store {

/// Where keys are kept: nowhere else, never in the database, the settings, a log, an export or an error. Lives on
/// the engine thread.
class Secrets {
public:
    enum class Place { Keychain, Memory };

    virtual ~Secrets() = default;

    /// The secret kept under `name`, or an empty string if there is none. Fails with Storage if the keychain is
    /// locked.
    virtual Task<Result<QString>> read(QString name) = 0;

    /// Keeps `secret`; tells whether for good (Keychain) or until Quintet closes (Memory), which the user is told.
    virtual Task<Result<Place>> write(QString name, QString secret) = 0;

    virtual Task<Result<void>> remove(QString name) = 0;
};

/// Secrets that go with the process.
class MemorySecrets final : public Secrets {
public:
    Task<Result<QString>> read(QString name) override;
    Task<Result<Place>> write(QString name, QString secret) override;
    Task<Result<void>> remove(QString name) override;

private:
    QHash<QString, QString> m_secrets;
};

/// The system's keychain (Secret Service, KWallet), and memory where there is none.
class KeychainSecrets final : public Secrets {
public:
    Task<Result<QString>> read(QString name) override;
    Task<Result<Place>> write(QString name, QString secret) override;
    Task<Result<void>> remove(QString name) override;

private:
    MemorySecrets m_memory;
};

} // namespace quintet::store
