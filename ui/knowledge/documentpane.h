// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "ui/knowledge/knowledgesession.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace quintet::ui {

class ElidedLabel;
class ErrorStrip;
class PdfPane;
class TextView;

/// A document at the place that an answer points at, marked.
class DocumentPane final : public QWidget {
    Q_OBJECT

public:
    explicit DocumentPane(KnowledgeSession &session);

    /// Opens the document, unless it is there already, and marks the place.
    void showPlace(const ShownPlace &place);

    TextView *text() const { return m_text; }

Q_SIGNALS:
    void closeAsked();

private:
    QWidget *makeHeader();
    void showText(const document::Document &document);
    void markText();
    void showError(const Error &error);

    KnowledgeSession &m_session;
    ElidedLabel *m_title;
    QLabel *m_place;
    ErrorStrip *m_error;
    QStackedWidget *m_stack;
    PdfPane *m_pdf;
    TextView *m_text;
    ShownPlace m_shown;
    QString m_loaded; ///< path of the document that is in the views
    QString m_content;
    EngineCall<document::Document> m_reading;
};

} // namespace quintet::ui
