// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/themechoice.h"

#include <QFrame>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLabel;
class QSpinBox;

namespace quintet::ui {

class SegmentedControl;

/// How the window looks: light or dark, accent, contrast, motion, density, size, font, language. What holds at once
/// is changed at once; the rest says that it waits for the next start.
class AppearanceCard final : public QFrame {
    Q_OBJECT

public:
    /// `languages`: those that there are besides English, as ISO 639 codes.
    AppearanceCard(const ThemeChoice &choice, const QStringList &languages);

Q_SIGNALS:
    void chosen(const quintet::ui::ThemeChoice &choice);

protected:
    /// The names of all fonts are read when the card is first seen, and not while the program starts.
    void showEvent(QShowEvent *event) override;

private:
    QBoxLayout *addRow(QBoxLayout *column, const QString &label);
    void makeColours(QBoxLayout *column);
    void makeSizes(QBoxLayout *column);
    QCheckBox *makeSwitch(QBoxLayout *row, const QString &name, const QString &text, bool ThemeChoice::*part);
    void makeLanguages(QBoxLayout *column, const QStringList &languages);
    void change();

    ThemeChoice m_first; ///< what the running program was started with
    ThemeChoice m_choice;
    QLabel *m_later;
    QComboBox *m_font = nullptr;
};

} // namespace quintet::ui
