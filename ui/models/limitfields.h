// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/limit.h"

#include <QWidget>

class QDoubleSpinBox;
class QSpinBox;

namespace quintet::ui {

/// What may be spent at most: dollars and tokens, each of them or none.
class LimitFields final : public QWidget {
    Q_OBJECT

public:
    /// Side by side where there is room, or in a column as wide as there is.
    explicit LimitFields(Qt::Orientation orientation = Qt::Horizontal);

    usage::Limit limit() const;

    /// Without telling that it changed.
    void setLimit(const usage::Limit &limit);

Q_SIGNALS:
    void changed(); ///< by the user

private:
    QDoubleSpinBox *m_money;
    QSpinBox *m_tokens;
    usage::Limit m_limit; ///< as it was set, which the fields may show but roughly
    double m_shownMoney = 0;
    int m_shownTokens = 0;
};

} // namespace quintet::ui
