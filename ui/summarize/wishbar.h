// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace quintet::ui {

class Button;
class ModelPicker;
class ModelSession;
class SegmentedControl;
class SummarizeSession;

/// What is to be made of the text, where it is asked, and the button that starts or stops it.
class WishBar final : public QWidget {
    Q_OBJECT

public:
    WishBar(SummarizeSession &session, ModelSession &models);

private:
    QWidget *makeWishGroup();
    QWidget *makeRunGroup(ModelSession &models);
    void showWish();
    void showEndpoint();
    void showRunning();

    SummarizeSession &m_session;
    SegmentedControl *m_styles;
    QSpinBox *m_words;
    QComboBox *m_language;
    QLineEdit *m_instruction;
    QWidget *m_instructionRow;
    ModelPicker *m_picker;
    Button *m_run;
};

} // namespace quintet::ui
