// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QDeadlineTimer>
#include <QFuture>
#include <QHash>

#include <functional>
#include <memory>

namespace quintet::llm {

class GatewaySettings;

/// Whether a model may be asked under a limit of money though nobody knows its price. Asks the user once a model: a
/// yes is kept in the settings, a no holds for the requests that its run sends in the same breath. Lives on the engine
/// thread.
class UnpricedConsent final {
public:
    /// Puts the question to the user. May be answered on any thread; a promise that is dropped is a no.
    using Asker = std::function<QFuture<bool>(const QString &model)>;

    explicit UnpricedConsent(GatewaySettings &settings) : m_settings(settings) { }

    /// Who asks the user from now on. Without one, nobody is asked and the answer is no.
    void setAsker(Asker asker) { m_asker = std::move(asker); }

    /// Returns once the settings hold what the user said, one question after the other; several who want the same
    /// model share one. `run` may be empty. Cancelled as soon as `token` is, Storage if a yes cannot be kept.
    Task<Result<void>> ask(QString model, QString run, CancelToken token);

private:
    struct Question {
        QString model;
        QFuture<bool> answer;
    };

    GatewaySettings &m_settings;
    Asker m_asker;
    std::shared_ptr<Question> m_question;                         ///< that is before the user
    QHash<std::pair<QString, QString>, QDeadlineTimer> m_refused; ///< by model and run
    std::shared_ptr<void> m_life = std::make_shared<bool>();
};

} // namespace quintet::llm
