// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/quick/quicksession.h"

#include <QWidget>

class QLineEdit;
class QPlainTextEdit;

namespace quintet::ui {

class Button;
class ErrorStrip;
class SegmentedControl;
class Transcript;

/// A small window above all others: what lies in the clipboard, or what is typed, summarized or asked about. Esc hides
/// it, and stops an answer under way first.
class QuickWindow final : public QWidget {
    Q_OBJECT

public:
    /// `session` outlives the window.
    explicit QuickWindow(QuickSession &session);

    /// Shows it with the text of the clipboard, unless one is being worked on.
    void open();

Q_SIGNALS:
    void tabAsked(); ///< what was done comes to its tab now
    void hidden();

protected:
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum Mode { Summarize, Ask };

    QWidget *makeHead();
    QWidget *makeFoot();
    void join();
    void showMode();
    void showState();
    void run();

    QuickSession &m_session;
    SegmentedControl *m_modes;
    QPlainTextEdit *m_text;
    QLineEdit *m_question;
    Transcript *m_answer;
    ErrorStrip *m_error;
    Button *m_run;
    Button *m_copy;
    Button *m_openInTab;
    QString m_pasted; ///< what was last taken from the clipboard
};

} // namespace quintet::ui
