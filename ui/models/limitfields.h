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
    LimitFields();

    usage::Limit limit() const;

    /// Without telling that it changed.
    void setLimit(const usage::Limit &limit);

Q_SIGNALS:
    void changed(); ///< by the user

private:
    QDoubleSpinBox *m_money;
    QSpinBox *m_tokens;
};

} // namespace quintet::ui
