// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/search/webservice.h"
#include "base/task.h"
#include "store/secrets.h"

namespace quintet::agent {

/// Which service searches the web, kept in the settings file, its key among the secrets. Off until one is set. Reads
/// the file anew at each call. Lives on the engine thread.
class WebServiceStore final {
public:
    WebServiceStore(QString settingsFile, store::Secrets &secrets)
        : m_settingsFile(std::move(settingsFile)),
          m_secrets(secrets)
    {
    }

    std::optional<WebService> service() const;

    /// Nothing switches it off. BadInput for an address that is none, Storage where it can't be written.
    Result<void> set(const std::optional<WebService> &service);

    /// Its key: from its variable, else from the secrets; empty where there is none.
    Task<Result<QString>> key() const;

    /// Keeps it; an empty one is forgotten.
    Task<Result<store::Secrets::Place>> setKey(QString key);

    /// What the key is called among the secrets.
    static QString secretName();

private:
    QString m_settingsFile;
    store::Secrets &m_secrets;
};

} // namespace quintet::agent
