// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractButton;
class QButtonGroup;

namespace quintet::ui {

/// A choice of one of a few, side by side; the arrow keys go from one to the next.
class SegmentedControl final : public QWidget {
    Q_OBJECT

public:
    SegmentedControl(const QString &name, const QString &accessibleName);

    /// Adds a segment at the end; `id` names it in the signals.
    QAbstractButton *add(int id, const QString &name, const QString &text);

    int current() const;
    void setCurrent(int id); ///< chosen() is not emitted
    QAbstractButton *segment(int id) const;

Q_SIGNALS:
    /// The user chose another.
    void chosen(int id);

private:
    QButtonGroup *m_group;
};

} // namespace quintet::ui
