// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "llm/server/provider.h"

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

/// The address of a server as people write it, with http:// put before a bare HOST:PORT. BadInput for what is no http
/// or https address, and for one that carries a password or key.
Result<QUrl> parseBaseUrl(const QString &text);

/// Whether requests to `endpoint` go over the network unencrypted, so that others can read them and the key.
bool isInTheClear(const Endpoint &endpoint);

/// The endpoints that the user set up, kept in the settings file; keys are kept elsewhere. Reads the file anew at each
/// call, so that another Quintet's changes are seen. Thread-safe between calls to different objects.
class EndpointRegistry final {
public:
    explicit EndpointRegistry(const QString &settingsFile) : m_settingsFile(settingsFile) { }

    /// In the order of their names; the built-in engine is not among them.
    std::vector<Endpoint> all() const;

    /// The endpoint of that name, or that had it before it was renamed; BadInput, with the names there are, if there is
    /// none.
    Result<Endpoint> find(const QString &name) const;

    /// Whether `endpoint` could be added: BadInput for a bad name, address or variable.
    static Result<void> check(const Endpoint &endpoint);

    /// Adds, or changes the one of that name. Fails as check() does, with Storage if it cannot be written,
    /// and with Corrupt if the settings file is not understood.
    Result<void> put(const Endpoint &endpoint);

    /// Gives an endpoint another name. It is found under the old one as well, so that what was made with it goes on;
    /// its key is kept under the name and must be moved by the caller. BadInput if the new name is taken, or bad.
    Result<void> rename(const QString &name, const QString &newName);

    /// BadInput if none has that name today.
    Result<void> remove(const QString &name);

    /// The name of the endpoint used where nothing else is said; "builtin" until one is set.
    QString defaultName() const;
    Result<void> setDefault(const QString &name);

    /// The endpoint that `pattern` ("chat") uses where nothing else is said, or empty where it goes by the default.
    QString patternDefault(const QString &pattern) const;
    /// An empty name goes back to the default.
    Result<void> setPatternDefault(const QString &pattern, const QString &name);

    /// The endpoint to use: what was said; else the environment (QUINTET_ENDPOINT, then OPENAI_*, then ANTHROPIC_*);
    /// else the default of `pattern`, else of all; else the built-in engine. QUINTET_MODEL stands in for a model that
    /// was not said.
    Result<Endpoint> resolve(const EndpointChoice &choice, const QString &pattern = {}) const;

private:
    Result<void> change(const std::function<void(QSettings &)> &edit);

    QString m_settingsFile;
};

} // namespace quintet::llm
