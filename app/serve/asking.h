// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"

#include <QJsonObject>

namespace quintet::serve {

/// Whom the server asks, and how: what a request says, else what the server was started with, else the defaults. Lives
/// on the engine thread.
class Asking final {
public:
    Asking(Services &services, const llm::EndpointChoice &choice) : m_services(services), m_choice(choice) { }

    /// The endpoint for `pattern`, with "endpoint" and "model" of the request where it names them. BadInput where there
    /// is none of that name.
    Result<llm::Endpoint> endpointFor(const QJsonObject &request, const QString &pattern) const;

    /// "temperature" and "max_tokens" of the request.
    static llm::Parameters parametersOf(const QJsonObject &request);

    /// "budget_usd" and "budget_tokens" of the request: the most that it may take.
    static usage::Limit budgetOf(const QJsonObject &request);

    /// The properties that these read, to be added to a request's schema.
    static QJsonObject withCommonProperties(QJsonObject properties);

    Services &services() const { return m_services; }

private:
    Services &m_services;
    llm::EndpointChoice m_choice;
};

} // namespace quintet::serve
