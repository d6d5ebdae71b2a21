// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QToolButton;

namespace quintet::ui {

/// A thing in a row of things, one of which is shown: a click shows it, the cross or the Delete key takes it away.
class Chip final : public QPushButton {
    Q_OBJECT

public:
    Chip(const QString &name, const QString &text, const QIcon &cross);

Q_SIGNALS:
    void removalAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QToolButton *m_cross;
};

} // namespace quintet::ui
