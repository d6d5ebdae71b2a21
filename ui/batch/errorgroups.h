// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/runstore.h"

#include <QWidget>

namespace quintet::ui {

/// A word and what can be done for each kind of error in a run, the most frequent first.
class ErrorGroups final : public QWidget {
    Q_OBJECT

public:
    ErrorGroups();

    void showGroups(const std::vector<batch::ErrorGroup> &groups);

Q_SIGNALS:
    void retryAsked(const QString &kind);
    void showAsked(const QString &kind);

private:
    void add(const batch::ErrorGroup &group);
};

} // namespace quintet::ui
