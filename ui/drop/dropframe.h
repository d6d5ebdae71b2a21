// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace quintet::ui {

/// What shows over a page while something is dragged above it: a frame, and what would be done with it. Lets everything
/// through to the page below.
class DropFrame final : public QWidget {
    Q_OBJECT

public:
    explicit DropFrame(QWidget *parent);

    /// Lies over `place` of the parent.
    void showOver(const QRect &place, const QString &offer);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_offer;
};

} // namespace quintet::ui
