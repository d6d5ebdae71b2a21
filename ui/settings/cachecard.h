// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <vector>

class QCheckBox;
class QLabel;
class QSpinBox;

namespace quintet::ui {

class GatewaySession;

/// The response cache: what it holds, its bounds, which tabs use it, and a button to empty it.
class CacheCard final : public QFrame {
    Q_OBJECT

public:
    /// `session` outlives the card.
    explicit CacheCard(GatewaySession &session);

private:
    QSpinBox *makeBound(const QString &name, const QString &label, int largest, const QString &suffix);
    void showState();
    void submit();

    GatewaySession &m_session;
    QLabel *m_facts;
    QSpinBox *m_megabytes;
    QSpinBox *m_days;
    std::vector<QCheckBox *> m_patterns; ///< named after what they stand for
};

} // namespace quintet::ui
