// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;

namespace quintet::ui {

/// A bar with one group of controls at its start and one at its end; where both do not fit in a row, the second goes
/// below the first, so that a narrow window or a long language cuts nothing off.
class FoldingBar final : public QWidget {
    Q_OBJECT

public:
    /// Takes both groups over.
    FoldingBar(QWidget *start, QWidget *end);

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void fold();
    bool isFolded() const;

    QWidget *m_start;
    QWidget *m_end;
    QBoxLayout *m_row;
};

} // namespace quintet::ui
