// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace quintet::ui {

/// A field whose value is chosen, not typed: a click or the space bar opens what there is to choose from. A long value
/// loses its middle.
class FieldButton final : public QAbstractButton {
    Q_OBJECT

public:
    FieldButton(const QString &name, const QString &accessibleName);

    /// `isSet`: it is a value, and no invitation to choose one.
    void setValue(const QString &value, bool isSet, const QString &tip);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_isSet = false;
};

} // namespace quintet::ui
