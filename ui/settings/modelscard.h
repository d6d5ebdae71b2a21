// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace quintet::ui {

class ModelSession;
class SettingsSession;

/// Every model of every endpoint: a click makes one the default, a star a favourite.
class ModelsCard final : public QWidget {
    Q_OBJECT

public:
    /// Both sessions outlive the card.
    ModelsCard(ModelSession &models, SettingsSession &session);
};

} // namespace quintet::ui
