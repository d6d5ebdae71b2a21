// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "llm/endpoint.h"

#include <functional>
#include <vector>

class QSettings;

namespace quintet::llm {

/// What the user said about where to ask, for one command or one tab. Empty fields were not said.
struct EndpointChoice {
    QString endpoint; ///< --endpoint
    QString baseUrl;  ///< --base-url
    QString model;    ///< --model

    bool operator==(const EndpointChoice &) const = default;
};

/// A kind of server as `resources/providers.json` describes it.
struct Provider {
    QString id;
    QString name;
    EndpointKind kind = EndpointKind::OpenAi;
    QUrl baseUrl;
    QString keyVariable;         ///< the environment variable in which people keep its key
    bool local = false;          ///< runs on this computer
    std::vector<QUrl> addresses; ///< where a local one may answer
    QString owner;               ///< what its model list says in `owned_by`, where that tells it apart

    bool operator==(const Provider &) const = default;
};

/// The address of a server as people write it, with http:// put before a bare HOST:PORT. BadInput for what is no http
/// or https address, and for one that carries a password or key.
Result<QUrl> parseBaseUrl(const QString &text);

/// The kinds of servers that Quintet knows.
const std::vector<Provider> &providers();

/// The endpoints that the user set up, kept in the settings file; keys are kept elsewhere. Reads the file anew at each
/// call, so that another Quintet's changes are seen. Thread-safe between calls to different objects.
class EndpointRegistry final {
public:
    explicit EndpointRegistry(const QString &settingsFile) : m_settingsFile(settingsFile) { }

    /// In the order of their names; the built-in engine is not among them.
    std::vector<Endpoint> all() const;

    /// The endpoint of that name; BadInput, with the names there are, if there is none.
    Result<Endpoint> find(const QString &name) const;

    /// Whether `endpoint` could be added: BadInput for a bad name, address or variable.
    static Result<void> check(const Endpoint &endpoint);

    /// Adds, or changes the one of that name. Fails as check() does, with Storage if it cannot be written,
    /// and with Corrupt if the settings file is not understood.
    Result<void> put(const Endpoint &endpoint);

    /// BadInput if there is none of that name.
    Result<void> remove(const QString &name);

    /// The name of the endpoint used where nothing else is said; "builtin" until one is set.
    QString defaultName() const;
    Result<void> setDefault(const QString &name);

    /// The endpoint to use: what was said; else the environment (QUINTET_ENDPOINT, then OPENAI_*);
    /// else the default; else the built-in engine. QUINTET_MODEL stands in for a model that was not said.
    Result<Endpoint> resolve(const EndpointChoice &choice) const;

private:
    Result<void> write(const std::function<void(QSettings &)> &change);

    QString m_settingsFile;
};

} // namespace quintet::llm
