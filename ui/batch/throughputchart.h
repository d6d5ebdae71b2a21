// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/batch/batchsession.h"

#include <QWidget>

namespace quintet::ui {

/// A small picture of how many items a minute a run did, from its beginning here to now.
class ThroughputChart final : public QWidget {
    Q_OBJECT

public:
    ThroughputChart();

    void setSamples(const std::vector<ProgressSample> &samples);

    /// Items a minute of late; nothing where that cannot be told.
    static std::optional<double> perMinute(const std::vector<ProgressSample> &samples);

    QSize sizeHint() const override { return {300, 66}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<double> m_rates; ///< items a minute, evenly over time
};

} // namespace quintet::ui
