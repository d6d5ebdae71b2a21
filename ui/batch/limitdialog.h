// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/limit.h"

#include <QDialog>

namespace quintet::ui {

class LimitFields;

/// Lets the user say anew what a run may take at most. Shown with open(); accepted() with the limit chosen.
class LimitDialog final : public QDialog {
    Q_OBJECT

public:
    LimitDialog(const usage::Limit &limit, const QString &reason, QWidget *parent);

    usage::Limit limit() const;

private:
    LimitFields *m_fields;
};

} // namespace quintet::ui
