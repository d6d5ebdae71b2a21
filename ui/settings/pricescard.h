// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "usage/prices.h"

#include <QFrame>

class QLineEdit;
class QTableWidget;

namespace quintet::ui {

class Button;
class GatewaySession;

/// What models cost, in dollars for a million tokens: the user's own prices, which can be set and taken away, before
/// those that come along.
class PricesCard final : public QFrame {
    Q_OBJECT

public:
    /// `session` outlives the card.
    explicit PricesCard(GatewaySession &session);

private:
    QLineEdit *makeField(const QString &name, const QString &label, bool isNumber);
    void showState();
    void addRow(const usage::Price &price, bool isOwn);
    void takeSelected();
    void checkInput();
    void save();
    void remove();

    GatewaySession &m_session;
    QTableWidget *m_table;
    QLineEdit *m_model;
    QLineEdit *m_input;
    QLineEdit *m_output;
    QLineEdit *m_cached;
    Button *m_save;
    Button *m_remove;
};

} // namespace quintet::ui
