// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPushButton>

namespace quintet::ui {

/// A push button of one of the kinds that the style knows how to draw.
class Button final : public QPushButton {
    Q_OBJECT

public:
    enum Kind { Plain, Primary, Quiet, Destructive };
    enum Size { Usual, Small };

    /// `name` is the object's name; what it is called for those who cannot see it is its text, unless that is set.
    Button(const QString &name, const QString &text, Kind kind = Plain, Size size = Usual);

    /// Changes what kind it is.
    void setKind(Kind kind);

    /// Draws `hint` behind the text, as a shortcut is.
    void setHint(const QString &hint);
};

} // namespace quintet::ui
