// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/usage/usagesession.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QSpinBox;

namespace quintet::ui {

/// What a service would cost: so many requests a day of each pattern, asked of one model. It begins with a million
/// requests a day; all of it can be changed.
class PlannerView final : public QWidget {
    Q_OBJECT

public:
    explicit PlannerView(UsageSession &session);

private:
    struct Line {
        QString pattern;
        QSpinBox *requests;
        QSpinBox *prompt;
        QSpinBox *completion;
        QSpinBox *cache;
        QCheckBox *batch;
        QLabel *plain;
        QLabel *best;
        QLabel *month;
    };

    QWidget *makeTable();
    Line addLine(QGridLayout *grid, const QString &pattern);
    QSpinBox *makeField(const QString &name, const QString &accessibleName, int most);
    void takeState();
    void begin();
    void reckon();
    std::vector<usage::PlannedUse> uses() const;
    void showCosts(const PlannedCosts &costs);

    UsageSession &m_session;
    QComboBox *m_model;
    QLabel *m_note;
    std::vector<Line> m_lines;
    Line m_total{}; ///< of which only the figures are there
    QLabel *m_sums;
    bool m_isChanged = false; ///< by the user, whose numbers are not written over
};

} // namespace quintet::ui
