// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "base/paths.h"
#include "llm/server/catalog.h"
#include "ui/models/modelchoice.h"

namespace quintet::ui {

/// What the list of models works with. The services live on the engine thread and outlive the session.
struct ModelServices {
    EngineThread &engine;
    llm::Catalog &catalog;
    usage::Prices &prices;
    Paths paths;
};

/// The models of all endpoints, and which of them are favourites; one for all tabs. Lives on the GUI thread.
class ModelSession final : public QObject {
    Q_OBJECT

public:
    explicit ModelSession(ModelServices services, QObject *parent = nullptr);

    /// What is known so far, in the order in which it is shown.
    const std::vector<ModelChoice> &choices() const { return m_choices; }

    /// Asks all endpoints for their models, each for a few seconds at most.
    void refresh();
    bool isAsking() const { return m_isAsking; }

    /// Sets the server of a choice up, if it was only found. What went wrong, if it cannot be.
    Result<void> adopt(const ModelChoice &choice);

    void setFavourite(const ModelChoice &choice, bool isFavourite);

Q_SIGNALS:
    void changed();
    void adopted();         ///< a server that was found is set up now
    void connectionAsked(); ///< the user wants to set up a server

private:
    void take(std::vector<ModelChoice> choices);
    QStringList favourites() const;

    ModelServices m_services;
    std::vector<ModelChoice> m_choices;
    bool m_isAsking = false;
    EngineCall<std::vector<ModelChoice>> m_asking;
};

} // namespace quintet::ui
