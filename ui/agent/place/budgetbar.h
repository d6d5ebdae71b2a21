// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace quintet::ui {

/// How far something is used up, as a thin bar.
class BudgetBar final : public QWidget {
    Q_OBJECT

public:
    BudgetBar();

    void setShare(double share); ///< 0 to 1

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_share = 0;
};

} // namespace quintet::ui
