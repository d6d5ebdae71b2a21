// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/answering/preparation.h"

#include <QWidget>

namespace quintet::ui {

/// How full a model's context is with the next request: figures and a bar. Hidden while nothing is known.
class ContextGauge final : public QWidget {
    Q_OBJECT

public:
    ContextGauge();

    void show(const chat::ContextUse &use);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {60, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString words() const;

    chat::ContextUse m_use;
};

} // namespace quintet::ui
