// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/endpoint.h"
#include "usage/prices.h"

#include <QMetaType>

namespace quintet::ui {

/// A model that may be asked, and what there is to know before choosing it.
struct ModelChoice {
    QString endpoint; ///< the name of the endpoint
    QString model;    ///< empty for an endpoint whose models could not be listed
    bool isBuiltin = false;
    bool isLocal = false;
    bool isFavourite = false;
    qint64 contextTokens = 0; ///< 0: not known
    std::optional<usage::Price> price;
    int place = 0;   ///< in the order in which servers list them
    QString state;   ///< "loaded", ..., where the server says so
    QUrl foundAt;    ///< of a server on this computer that is not set up yet, else empty
    QString problem; ///< why the models of this endpoint could not be listed, or empty

    bool operator==(const ModelChoice &) const = default;
};

/// What is called the model in one line: its name, or the built-in engine's.
QString titleOf(const ModelChoice &choice);

/// What stands below: endpoint, what it reads, what it costs, where it is.
QString factsOf(const ModelChoice &choice);

/// Favourites first, then by endpoint, in the server's order; behind them the built-in engine, and what does not
/// answer.
void sortChoices(std::vector<ModelChoice> &choices);

/// Whether all words of `wanted` occur in the choice, whatever the case.
bool fits(const ModelChoice &choice, const QString &wanted);

} // namespace quintet::ui

Q_DECLARE_METATYPE(quintet::ui::ModelChoice)
