// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace quintet::ui {

/// A switch with its text behind it.
class Toggle final : public QAbstractButton {
    Q_OBJECT

public:
    Toggle(const QString &name, const QString &text);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool hitButton(const QPoint &) const override { return true; }
};

} // namespace quintet::ui
