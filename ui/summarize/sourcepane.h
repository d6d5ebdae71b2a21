// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/span.h"

#include <QWidget>

#include <vector>

class QLabel;
class QLineEdit;

namespace quintet::ui {

class EmptyState;
class ErrorStrip;
class SourceChips;
class SummarizeSession;
class TextView;

/// The left side: what is to be summarized. The sources, the text of the one that is shown with what is
/// quoted from it marked, and its facts.
class SourcePane final : public QWidget {
    Q_OBJECT

public:
    explicit SourcePane(SummarizeSession &session);

    TextView *text() const { return m_text; }
    void askForLink();
    void askForFiles();

Q_SIGNALS:
    void sampleAsked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeLinkRow();
    QWidget *makePasswordRow();
    void takeLink();
    void takePassword();
    void showSource();
    void showSummary();
    void showFacts(qsizetype words);
    void placeEmptyState();

    SummarizeSession &m_session;
    QWidget *m_linkRow;
    QLineEdit *m_link;
    QWidget *m_passwordRow;
    QLineEdit *m_password;
    SourceChips *m_chips;
    ErrorStrip *m_error;
    ErrorStrip *m_undo;
    TextView *m_text;
    EmptyState *m_empty;
    QLabel *m_words;
    QLabel *m_quoted;
    int m_shown = -1; ///< the source in m_text
};

} // namespace quintet::ui
