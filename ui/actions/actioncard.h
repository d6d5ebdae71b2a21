// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QAction;

namespace quintet::ui {

/// Actions as controls of the settings: what is switched as a box to tick, all else as a button. Follows the actions;
/// what does not exist on this desktop is not shown.
class ActionCard final : public QFrame {
    Q_OBJECT

public:
    ActionCard(const QString &name, const QList<QAction *> &actions);
};

} // namespace quintet::ui
