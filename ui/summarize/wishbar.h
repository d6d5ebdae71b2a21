// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLineEdit;
class QMenu;
class QSpinBox;

namespace quintet::ui {

class Button;
class SegmentedControl;
class SummarizeSession;

/// What is to be made of the text, where it is asked, and the button that starts or stops it.
class WishBar final : public QWidget {
    Q_OBJECT

public:
    explicit WishBar(SummarizeSession &session);

Q_SIGNALS:
    void connectionAsked(); ///< the user wants to connect a model

private:
    QWidget *makeWishGroup();
    QWidget *makeRunGroup();
    void fillEndpoints();
    void showWish();
    void showEndpoint();
    void showRunning();

    SummarizeSession &m_session;
    SegmentedControl *m_styles;
    QSpinBox *m_words;
    QComboBox *m_language;
    QLineEdit *m_instruction;
    QWidget *m_instructionRow;
    Button *m_endpoint;
    QMenu *m_endpoints;
    Button *m_run;
};

} // namespace quintet::ui
