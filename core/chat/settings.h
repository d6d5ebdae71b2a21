// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/request.h"

namespace quintet::chat {

/// How a conversation is answered.
struct Settings {
    QString system; ///< what the model is told before everything else
    llm::Parameters parameters;
    bool json = false;       ///< the answer is to be a JSON object
    QString endpoint;        ///< empty: Chat's default
    QString model;           ///< empty: the endpoint's
    QStringList collections; ///< consulted before every answer

    bool operator==(const Settings &) const = default;
};

/// Settings under a name, to be taken for a conversation.
struct Preset {
    QString name;
    Settings settings;

    bool operator==(const Preset &) const = default;
};

} // namespace quintet::chat
