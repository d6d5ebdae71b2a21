// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/settings.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QPlainTextEdit;
class QSpinBox;

namespace quintet::ui {

class ChatSession;
class ErrorStrip;

/// How the conversation that is shown is answered: system prompt, parameters, presets. At the right of the tab.
class ChatOptions final : public QWidget {
    Q_OBJECT

public:
    explicit ChatOptions(ChatSession &session);

Q_SIGNALS:
    void closeAsked();
    void libraryAsked();

private:
    QWidget *makePresets();
    QWidget *makeParameters();
    void showSettings();
    void showPresets();
    void change();
    void takePreset(int place);
    void keepPreset();

    ChatSession &m_session;
    bool m_isShowing = false;
    QComboBox *m_presets;
    ErrorStrip *m_undo;
    chat::Preset m_removed; ///< the last
    QPlainTextEdit *m_system;
    QDoubleSpinBox *m_temperature;
    QDoubleSpinBox *m_topP;
    QSpinBox *m_maxTokens;
    QComboBox *m_effort;
    QCheckBox *m_json;
};

} // namespace quintet::ui
