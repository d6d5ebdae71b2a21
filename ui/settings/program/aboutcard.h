// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace quintet::ui {

/// What Quintet is, and what leaves this computer and when.
class AboutCard final : public QFrame {
    Q_OBJECT

public:
    AboutCard();
};

} // namespace quintet::ui
