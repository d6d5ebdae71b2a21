// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

namespace quintet::chat {

/// A prompt of the user's library. Its name is what follows "/" in the composer: lower case, without spaces.
struct Prompt {
    QString name;
    QString text; ///< may hold variables

    bool operator==(const Prompt &) const = default;
};

/// Something that a prompt asks for when it is used: {{name}}, {{name=default}}, {{name:one|two|three}} (a choice, the
/// first by default).
struct PromptVariable {
    QString name;
    QString value;       ///< by default
    QStringList choices; ///< empty: any text

    bool operator==(const PromptVariable &) const = default;
};

/// The variables of a prompt that the user fills in, each once, in order; {{clipboard}}, {{date}} and {{time}} fill
/// themselves and are not among them.
std::vector<PromptVariable> variablesOf(const QString &text);

/// The text with its variables' values in their place. What is not in `values` gets its default. Values are not looked
/// through for variables again.
QString filledIn(const QString &text, const QHash<QString, QString> &values);

/// A name as the composer wants it: "Act as a Linux Terminal" becomes "act-as-a-linux-terminal".
QString promptNameFrom(const QString &title);

/// The prompts of a CSV file with the columns "act" (or "name", "title") and "prompt" (or "text", "content"), as
/// shared collections have them. BadInput if it has no such columns.
Result<std::vector<Prompt>> promptsFromCsv(const QString &csv);

} // namespace quintet::chat
