// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace quintet::ui {

/// A word on a soft ground, beside what it says something of.
class Badge final : public QWidget {
    Q_OBJECT

public:
    enum Kind { Fact, Caution };

    Badge(const QString &text, Kind kind);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Kind m_kind;
};

} // namespace quintet::ui
