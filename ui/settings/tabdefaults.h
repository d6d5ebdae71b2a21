// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;

namespace quintet::ui {

class SettingsSession;

/// Which endpoint each tab asks where nothing else is said. Hidden while there is but the built-in engine.
class TabDefaults final : public QWidget {
    Q_OBJECT

public:
    /// `session` outlives it.
    explicit TabDefaults(SettingsSession &session);

private:
    void showDefaults();

    struct Field {
        QString pattern;
        QComboBox *endpoint;
    };

    SettingsSession &m_session;
    std::vector<Field> m_fields;
};

} // namespace quintet::ui
