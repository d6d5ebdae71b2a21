// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/batch/batchsession.h"

#include <QWidget>

class QLabel;

namespace quintet::ui {

class ProgressStrip;
class ThroughputChart;

/// How a run gets on: a bar, what is done and failed, how fast it goes, what is left, what it cost, and a chart.
class RunFigures final : public QWidget {
    Q_OBJECT

public:
    RunFigures();

    void showRun(const batch::Run &run, const std::vector<ProgressSample> &samples);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Figure {
        QWidget *box = nullptr;
        QLabel *number = nullptr;
        QLabel *caption = nullptr;
        void show(const QString &value, const QString &words);
    };
    static Figure makeFigure(const QString &name, QLayout *row);
    void showChart();

    ProgressStrip *m_bar;
    Figure m_done;
    Figure m_failed;
    Figure m_rate;
    Figure m_left;
    Figure m_cost;
    Figure m_tokens;
    Figure m_cached;
    ThroughputChart *m_chart;
    bool m_hasSamples = false;
};

} // namespace quintet::ui
