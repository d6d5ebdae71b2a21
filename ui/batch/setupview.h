// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/batch/batchsession.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace quintet::ui {

class Button;
class ElidedLabel;
class ErrorStrip;
class ModelPicker;
class ModelSession;
class PreviewPane;

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
    QWidget *makeSource();
    QWidget *makeTask();
    QWidget *makeOutput();
    void askForFolder();
    void askForFiles();
    void change();    ///< takes the form over into the draft
    void showDraft(); ///< and the draft into the form
    void showEstimate();
    void showTask();
    void insertVariable(const QString &name);
    batch::OutputSpec outputFrom() const;

    BatchSession &m_session;
    QWidget *m_dropZone;
    QWidget *m_chosen;
    ElidedLabel *m_sourceName;
    QLineEdit *m_include;
    QComboBox *m_task;
    QPlainTextEdit *m_prompt;
    QWidget *m_promptBox;
    QWidget *m_variables;
    QLineEdit *m_labels;
    QLineEdit *m_language;
    QLineEdit *m_fields;
    QLabel *m_fieldsProblem;
    ModelPicker *m_picker;
    QCheckBox *m_provider; ///< as a batch of the provider's
    QComboBox *m_place;
    QComboBox *m_format;
    QString m_folder; ///< chosen for results
    QLabel *m_estimate;
    ErrorStrip *m_error;
    Button *m_try;
    Button *m_start;
    PreviewPane *m_preview;
    class QSplitter *m_splitter;
    QTimer m_changeTimer;
    bool m_isShowing = false; ///< the form is being filled, which is no change by the user
};

} // namespace quintet::ui
