// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/prompts/prompt.h"

#include <QDialog>

namespace quintet::ui {

/// Asks for the variables of a prompt.
class PromptForm final : public QDialog {
    Q_OBJECT

public:
    explicit PromptForm(const chat::Prompt &prompt, QWidget *parent = nullptr);

    /// What was chosen and written, by the variables' names.
    QHash<QString, QString> values() const;

private:
    QHash<QString, QWidget *> m_fields;
};

/// The text of `prompt`, with what fills itself (clipboard, date, time) and what the user fills in; nothing where the
/// user thinks otherwise.
std::optional<QString> textOf(const chat::Prompt &prompt, QWidget *parent);

} // namespace quintet::ui
