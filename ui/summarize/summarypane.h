// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QFrame;
class QLabel;

namespace quintet {
struct Error;
}

namespace quintet::ui {

class Button;
class ErrorStrip;
class SummarizeSession;
class SummaryView;

/// The right side: the summary of the source that is shown, as it comes, and what it took.
class SummaryPane final : public QWidget {
    Q_OBJECT

public:
    explicit SummaryPane(SummarizeSession &session);

    SummaryView *summary() const { return m_summary; }

Q_SIGNALS:
    void connectionAsked();
    void chatAsked(); ///< about the source that is shown, and its summary

private:
    QFrame *makeBuiltinCard();
    QWidget *makeFactsLine();
    void showSummary();
    void showStarted();
    void showError(const Error &error);
    void showFound();
    void showPlaces();
    void useFirstFound();
    void copy();
    void openCopyMenu();
    void save();
    QString textFor(const QString &path) const;
    void write(const QString &path);
    void setActionsEnabled(bool isEnabled);

    SummarizeSession &m_session;
    ErrorStrip *m_error;
    bool m_errorWantsModel = false;
    SummaryView *m_summary;
    QLabel *m_hint;
    QFrame *m_card;
    QLabel *m_found;
    Button *m_useFound;
    QLabel *m_badge;
    QLabel *m_facts;
    Button *m_toChat;
    Button *m_copy;
    Button *m_copyAs;
    Button *m_save;
};

} // namespace quintet::ui
