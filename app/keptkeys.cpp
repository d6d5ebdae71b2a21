// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keptkeys.h"

#include "agent/database/databasestore.h"
#include "agent/search/webservicestore.h"

namespace quintet {

namespace {

QStringList namesOfKeys(Services &services)
{
    QStringList names = agent::DatabaseStore(services.paths().settingsFile, services.secrets()).secretNames();
    names << agent::WebServiceStore::secretName();
    for (const llm::Endpoint &endpoint : services.endpoints().all())
        names << llm::secretName(endpoint);
    return names;
}

} // namespace

Task<Result<backup::Keys>> readKeptKeys(Services &services)
{
    backup::Keys keys;
    for (const QString &name : namesOfKeys(services)) {
        const auto key = co_await services.secrets().read(name);
        if (!key)
            co_return std::unexpected(key.error());
        if (!key->isEmpty())
            keys.insert(name, *key);
    }
    co_return Result<backup::Keys>(std::move(keys));
}

Task<Result<store::Secrets::Place>> keepKeys(Services &services, backup::Keys keys)
{
    auto place = store::Secrets::Place::Keychain;
    for (const auto &[name, key] : keys.asKeyValueRange()) {
        const auto kept = co_await services.secrets().write(name, key);
        if (!kept)
            co_return std::unexpected(kept.error());
        if (*kept == store::Secrets::Place::Memory)
            place = store::Secrets::Place::Memory;
    }
    co_return Result<store::Secrets::Place>(place);
}

Task<Result<void>> forgetKeptKeys(Services &services)
{
    for (const QString &name : namesOfKeys(services)) {
        if (const auto removed = co_await services.secrets().remove(name); !removed)
            co_return std::unexpected(removed.error());
    }
    co_return Result<void>();
}

} // namespace quintet
