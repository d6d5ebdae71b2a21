// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace quintet::ui {

enum class Appearance { System, Light, Dark };

/// "system", "light", "dark".
QString nameOf(Appearance appearance);
Appearance appearanceNamed(const QString &name); ///< System for what it does not know

/// Dresses the application: style, fonts and the palette, light, dark or as the system has it, also while it runs.
/// Widgets follow by the palette alone. One in a program, on the GUI thread.
class Theme final : public QObject {
    Q_OBJECT

public:
    explicit Theme(QObject *parent = nullptr);

    void setAppearance(Appearance appearance);
    Appearance appearance() const { return m_appearance; }

private:
    void apply();

    Appearance m_appearance = Appearance::System;
};

} // namespace quintet::ui
