// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/documentpane.h"

#include "text/codepoints.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/viewer/pdfpane.h"
#include "ui/viewer/textview.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QFileInfo>
#include <QStackedWidget>
#include <QUrl>

namespace quintet::ui {

using namespace Qt::StringLiterals;

DocumentPane::DocumentPane(KnowledgeSession &session)
    : m_session(session),
      m_title(new ElidedLabel),
      m_place(makeLabel({}, TextStyle::Small, Tone::Second)),
      m_error(new ErrorStrip(u"documentError"_s, {12, 8, 12, 0})),
      m_stack(new QStackedWidget),
      m_pdf(new PdfPane),
      m_text(new TextView(u"documentText"_s))
{
    setObjectName(u"documentPane"_s);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_pdf);
    m_text->setReadOnly(true);
    m_text->setAccessibleName(tr("Document"));
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHeader());
    column->addWidget(makeHairline());
    column->addWidget(m_error);
    column->addWidget(m_stack, 1);
    setLayout(column);
    connect(m_pdf, &PdfPane::openAsked, this,
            [](const QString &path) { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); });
}

QWidget *DocumentPane::makeHeader()
{
    m_title->setObjectName(u"documentTitle"_s);
    m_title->setFont(fontFor(TextStyle::Heading));
    auto *open = new Button(u"openDocument"_s, tr("Open"), Button::Quiet);
    auto *folder = new Button(u"showInFolder"_s, tr("Folder"), Button::Quiet);
    auto *close = new Button(u"closeDocument"_s, QString(), Button::Quiet);
    open->setToolTip(tr("Open in its own program"));
    folder->setToolTip(tr("Show in its folder"));
    close->setIcon(icon(u"close"_s));
    close->setAccessibleName(tr("Close the document"));
    connect(open, &Button::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_shown.document)); });
    connect(folder, &Button::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_shown.document).absolutePath())); });
    connect(close, &Button::clicked, this, &DocumentPane::closeAsked);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(16, 10, 8, 10);
    row->addWidget(m_title, 1);
    row->addWidget(m_place);
    for (Button *button : {open, folder, close})
        row->addWidget(button);
    return makePane(u"documentHeader"_s, row, QPalette::Window);
}

void DocumentPane::showPlace(const ShownPlace &place)
{
    m_shown = place;
    m_title->setText(QFileInfo(place.document).fileName());
    m_place->setText(place.place);
    m_error->hide();
    const bool isLoaded = m_loaded == place.document;
    if (place.page && place.document.endsWith(u".pdf", Qt::CaseInsensitive)) {
        m_stack->setCurrentWidget(m_pdf);
        if (!isLoaded) {
            if (const auto error = m_pdf->load(place.document)) {
                showError(*error);
                return;
            }
            m_loaded = place.document;
        }
        m_pdf->mark(place.quote, *place.page - 1);
        return;
    }
    m_stack->setCurrentWidget(m_text);
    if (isLoaded) {
        markText();
        return;
    }
    m_reading = EngineCall<document::Document>(
        m_session.services().engine, this,
        [&extractor = m_session.services().extractor, path = place.document](CancelToken token) {
            return extractor.extract({.path = path}, token);
        },
        [this](Result<document::Document> document) {
            if (document)
                showText(*document);
            else
                showError(document.error());
        });
}

void DocumentPane::showText(const document::Document &document)
{
    m_loaded = m_shown.document;
    m_content = document.text;
    m_text->showText(document.text, {}, document.format == u"markdown");
    markText();
}

/// A document that has changed since it was read may have the passage elsewhere; then it is looked for.
void DocumentPane::markText()
{
    const text::CodePointMap map(m_content);
    text::Span span{map.unit(m_shown.start), map.unit(m_shown.end)};
    if (span.of(m_content) != m_shown.quote) {
        const qsizetype at = m_content.indexOf(m_shown.quote);
        if (at < 0) {
            m_text->clearMarks();
            m_error->showError(tr("The document has changed: the passage does not stand there any more."));
            return;
        }
        span = {at, at + m_shown.quote.size()};
        m_shown.others.clear();
    }
    std::vector<text::Span> marks{span};
    for (const auto &[start, end] : m_shown.others)
        marks.push_back({map.unit(start), map.unit(end)});
    m_text->setMarks(std::move(marks));
    m_text->setMarkInFocus(0);
    m_text->reveal(0);
}

void DocumentPane::showError(const Error &error)
{
    m_loaded.clear();
    m_error->showError(error.message);
}

} // namespace quintet::ui
