// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QGridLayout;
class QLabel;
class QLineEdit;

namespace quintet::usage {
struct Limit;
struct Spent;
} // namespace quintet::usage

namespace quintet::ui {

class GatewaySession;

/// What may be spent a day and a month, in money and tokens, beside what is spent; and the models that may be asked
/// without a known price. An empty field is no limit; what is entered holds at once.
class BudgetCard final : public QFrame {
    Q_OBJECT

public:
    /// `session` outlives the card.
    explicit BudgetCard(GatewaySession &session);

private:
    struct Row {
        QLineEdit *money;
        QLineEdit *tokens;
        QLabel *spent;
    };
    Row addRow(QGridLayout *grid, const QString &name, const QString &key);
    void showState();
    static void showRow(const Row &row, const usage::Limit &limit, const usage::Spent &spent);
    void submit();

    GatewaySession &m_session;
    Row m_day;
    Row m_month;
    QLineEdit *m_unpriced;
    QLabel *m_warning;
};

} // namespace quintet::ui
