// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/batch/batchsession.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QSplitter;

namespace quintet::ui {

class Button;
class ErrorStrip;
class LimitFields;
class ModelPicker;
class ModelSession;
class OutputForm;
class PreviewPane;
class SourceForm;
class TaskForm;

/// Sets a run up: where the items come from, what is done to each, by which model, and where results go; with what it
/// will take, live.
class SetUpView final : public QWidget {
    Q_OBJECT

public:
    SetUpView(BatchSession &session, ModelSession &models);

Q_SIGNALS:
    void connectionAsked(); ///< the user wants to connect a model

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeForm(ModelSession &models);
    void change();    ///< takes the form over into the draft
    void showDraft(); ///< and the draft into the form
    void showEstimate();
    void takeSource(const QStringList &paths);

    BatchSession &m_session;
    SourceForm *m_source;
    TaskForm *m_task;
    OutputForm *m_output;
    ModelPicker *m_picker;
    QCheckBox *m_provider; ///< as a batch of the provider's
    LimitFields *m_limit;
    QLabel *m_estimate;
    ErrorStrip *m_error;
    Button *m_try;
    Button *m_start;
    PreviewPane *m_preview;
    QSplitter *m_splitter;
    QTimer m_changeTimer;
};

} // namespace quintet::ui
