// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QFuture>
#include <QHash>
#include <QSet>

#include <functional>
#include <memory>

namespace quintet::llm {

class GatewaySettings;

/// Whether a model may be asked under a limit of money though nobody knows its price. Asks the user once a model: a
/// yes is kept in the settings, a no holds for the run that asked. Lives on the engine thread.
class UnpricedConsent final {
public:
    /// Puts the question to the user. May be answered on any thread; a promise that is dropped is a no.
    using Asker = std::function<QFuture<bool>(const QString &model)>;

    explicit UnpricedConsent(GatewaySettings &settings) : m_settings(settings) { }

    /// Who asks the user from now on. Without one, nobody is asked and the answer is no.
    void setAsker(Asker asker) { m_asker = std::move(asker); }

    /// What the user says; several who ask for the same model at once share one question. `run` may be empty.
    Task<bool> ask(QString model, QString run);

private:
    GatewaySettings &m_settings;
    Asker m_asker;
    QHash<QString, QFuture<bool>> m_open; ///< questions before the user, by model
    QSet<std::pair<QString, QString>> m_refused;
    std::shared_ptr<void> m_life = std::make_shared<bool>();
};

} // namespace quintet::llm
