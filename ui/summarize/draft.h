// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

namespace quintet::ui {

/// What stood in the Summarize tab, so that it is there again after closing or a crash.
struct Draft {
    QString text;        ///< typed
    QStringList origins; ///< paths and addresses of the other sources
    QString style;       ///< by name; "own" for own words
    int words = 0;       ///< 0: as the style has it
    QString instruction;
    QString language;
    QString endpoint; ///< empty: the default
    QString model;    ///< empty: the endpoint's

    bool operator==(const Draft &) const = default;
};

/// Writes whole or not at all. Any thread but the GUI's.
Result<void> saveDraft(const QString &path, const Draft &draft);

/// An empty one if there is none or it is damaged: a draft is no reason to stop. Any thread.
Draft loadDraft(const QString &path);

} // namespace quintet::ui
