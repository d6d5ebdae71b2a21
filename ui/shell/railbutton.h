// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace quintet::ui {

/// A button of the rail that leads to a page that is no tab; checked while that is shown.
class RailButton final : public QAbstractButton {
    Q_OBJECT

public:
    /// Without `text`, the icon alone, in the accent: the logo.
    RailButton(const QString &name, const QIcon &icon, const QString &text, const QString &accessibleName);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace quintet::ui
