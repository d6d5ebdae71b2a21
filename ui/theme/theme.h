// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/themechoice.h"

#include <QObject>

namespace quintet::ui {

/// Dresses the application: style, fonts and the palette, light, dark or as the system has it, also while it runs.
/// Widgets follow by the palette alone. One in a program, on the GUI thread.
class Theme final : public QObject {
    Q_OBJECT

public:
    explicit Theme(QObject *parent = nullptr) : Theme(ThemeChoice(), parent) { }
    explicit Theme(const ThemeChoice &choice, QObject *parent = nullptr);

    void setChoice(const ThemeChoice &choice);
    const ThemeChoice &choice() const { return m_choice; }

    void setAppearance(Appearance appearance);

private:
    void apply();

    ThemeChoice m_choice;
    QColor m_systemAccent;
};

} // namespace quintet::ui
