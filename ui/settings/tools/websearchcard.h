// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;

namespace quintet::ui {

class Button;
class SegmentedControl;
class ToolSettingsSession;

/// Which service agents search the web with; off until one is chosen.
class WebSearchCard final : public QFrame {
    Q_OBJECT

public:
    /// `session` outlives the card.
    explicit WebSearchCard(ToolSettingsSession &session);

private:
    void showState();
    void showFields();
    void submit();

    ToolSettingsSession &m_session;
    SegmentedControl *m_service;
    QLineEdit *m_url;
    QLineEdit *m_key;
    Button *m_set;
    QLabel *m_note;
};

} // namespace quintet::ui
