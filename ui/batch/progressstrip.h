// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProgressBar>

namespace quintet::ui {

/// A thin bar of what is done; what failed stands behind it in red.
class ProgressStrip final : public QProgressBar {
    Q_OBJECT

public:
    ProgressStrip();

    /// Shares of the whole, 0 to 1.
    void setShares(double done, double failed);

    QSize sizeHint() const override { return {200, 8}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_done = 0;
    double m_failed = 0;
};

} // namespace quintet::ui
