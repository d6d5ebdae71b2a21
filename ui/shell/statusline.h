// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/ledgerstore.h"

#include <QWidget>

class QAbstractButton;
class QLabel;

namespace quintet::ui {

class ElidedLabel;

/// The line at the foot of the window: where is asked, what runs, and what today took.
class StatusLine final : public QWidget {
    Q_OBJECT

public:
    StatusLine();

    void showEndpoint(const QString &name);
    void showWork(const QString &work); ///< empty: nothing runs
    /// `warning` about a budget, if there is one, stands first.
    void showToday(const usage::LedgerStore::Totals &totals, const QString &warning = {});

Q_SIGNALS:
    /// The user wants to see more than today's figures.
    void usageAsked();

private:
    QLabel *m_dot;
    ElidedLabel *m_endpoint;
    ElidedLabel *m_work;
    QAbstractButton *m_today;
};

} // namespace quintet::ui
