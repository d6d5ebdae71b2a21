// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/knowledge/knowledgesession.h"

#include <QWidget>

class QLineEdit;
class QStackedWidget;

namespace quintet::ui {

class Button;
class EmptyState;
class InspectorBar;
class ModelPicker;
class ModelSession;
class SegmentedControl;
class Transcript;

/// Questions to the current collection and what came of them: answers, hits, or an inspection.
class QuestionPane final : public QWidget {
    Q_OBJECT

public:
    QuestionPane(KnowledgeSession &session, ModelSession &models);

    Transcript *transcript() const { return m_transcript; }
    QLineEdit *line() const { return m_line; }

Q_SIGNALS:
    void placeChosen(const quintet::ui::ShownPlace &place);
    void connectionAsked();
    void folderAsked();

private:
    QWidget *makeHeader(ModelSession &models);
    QWidget *makeFoot();
    void join();
    void showCurrent();
    void showMode();
    void submit();
    void open(const QString &message, const QString &label);

    KnowledgeSession &m_session;
    SegmentedControl *m_modes;
    ModelPicker *m_models;
    InspectorBar *m_inspector;
    QStackedWidget *m_body;
    EmptyState *m_empty;
    Transcript *m_transcript;
    QLineEdit *m_line;
    Button *m_submit;
};

} // namespace quintet::ui
