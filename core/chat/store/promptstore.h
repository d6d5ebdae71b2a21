// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/prompts/prompt.h"
#include "chat/settings.h"
#include "store/database.h"

namespace quintet::chat {

/// The user's prompts and presets in the database, by name. Any thread; reads may take over 8 ms.
class PromptStore final {
public:
    explicit PromptStore(store::Database &database) : m_database(database) { }

    /// Adds prompts, each in place of the one of its name.
    QFuture<Result<void>> put(const std::vector<Prompt> &prompts);
    QFuture<Result<void>> removePrompt(const QString &name);
    Result<std::vector<Prompt>> prompts() const; ///< by name

    QFuture<Result<void>> put(const Preset &preset);
    QFuture<Result<void>> removePreset(const QString &name);
    Result<std::vector<Preset>> presets() const; ///< by name

private:
    store::Database &m_database;
};

} // namespace quintet::chat
