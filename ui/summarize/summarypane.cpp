// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/summarypane.h"

#include "text/markdownhtml.h"
#include "ui/drop/dragout.h"
#include "ui/drop/dragsource.h"
#include "ui/models/answerfacts.h"
#include "ui/summarize/facts.h"
#include "ui/summarize/summarizesession.h"
#include "ui/summarize/summaryview.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/picture.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QSaveFile>

namespace quintet::ui {

using namespace Qt::StringLiterals;

SummaryPane::SummaryPane(SummarizeSession &session)
    : m_session(session),
      m_error(new ErrorStrip(u"summaryError"_s, QMargins(20, 12, 20, 0))),
      m_summary(new SummaryView),
      m_hint(makeLabel(tr("The summary appears here."), TextStyle::Base, Tone::Second)),
      m_card(makeBuiltinCard())
{
    setObjectName(u"summaryPane"_s);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    QBoxLayout *below = makeColumn(0);
    below->setContentsMargins(20, 18, 20, 16);
    below->addWidget(m_card);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(m_error);
    column->addWidget(m_hint, 1);
    column->addWidget(m_summary);
    column->addLayout(below);
    column->addStretch(1);
    column->addWidget(makeHairline());
    column->addWidget(makeFactsLine());
    setLayout(column);

    connect(m_error, &ErrorStrip::actionChosen, this, [this] {
        if (m_errorWantsModel)
            Q_EMIT connectionAsked();
        else
            m_session.summarize();
    });
    connect(&m_session, &SummarizeSession::started, this, &SummaryPane::showStarted);
    connect(&m_session, &SummarizeSession::summaryGrew, m_summary, &SummaryView::append);
    connect(&m_session, &SummarizeSession::sectionRead, this,
            [this](int done, int count) { m_facts->setText(tr("Read %1 of %2 sections").arg(done).arg(count)); });
    connect(&m_session, &SummarizeSession::ended, this, &SummaryPane::showSummary);
    connect(&m_session, &SummarizeSession::failed, this, &SummaryPane::showError);
    connect(&m_session.sources(), &SourceShelf::shownChanged, this, [this] {
        m_error->hide();
        showSummary();
    });
    connect(&m_session, &SummarizeSession::foundChanged, this, &SummaryPane::showFound);
    connect(&m_session, &SummarizeSession::endpointChanged, this, &SummaryPane::showFound);
    connect(m_copy, &Button::clicked, this, &SummaryPane::copy);
    connect(m_copyAs, &Button::clicked, this, &SummaryPane::openCopyMenu);
    connect(m_toChat, &Button::clicked, this, &SummaryPane::chatAsked);
    connect(m_save, &Button::clicked, this, &SummaryPane::save);
    showFound();
    showSummary();
}

QFrame *SummaryPane::makeBuiltinCard()
{
    QFrame *card = makeCard(u"builtinCard"_s);
    auto *what =
        makeLabel(tr("The built-in engine quotes the key sentences. For a summary in new words, connect a model."),
                  TextStyle::Base);
    what->setWordWrap(true);
    m_found = makeLabel({}, TextStyle::Small, Tone::Second);
    m_found->setObjectName(u"foundHere"_s);
    m_found->setWordWrap(true);
    m_useFound = new Button(u"useFound"_s, {}, Button::Plain, Button::Small);
    auto *connectModel = new Button(u"connectModel"_s, tr("Connect a model…"), Button::Quiet, Button::Small);
    QBoxLayout *texts = makeColumn(2);
    texts->addWidget(what);
    texts->addWidget(m_found);
    QBoxLayout *row = makeRow(12);
    row->setContentsMargins(14, 10, 12, 10);
    row->addWidget(new Picture(icon(u"builtin"_s), 20, QIcon::Selected));
    row->addLayout(texts, 1);
    row->addWidget(m_useFound);
    row->addWidget(connectModel);
    card->setLayout(row);
    connect(m_useFound, &Button::clicked, this, &SummaryPane::useFirstFound);
    connect(connectModel, &Button::clicked, this, &SummaryPane::connectionAsked);
    return card;
}

QWidget *SummaryPane::makeFactsLine()
{
    m_badge = makeLabel({}, TextStyle::Facts, Tone::Accent);
    m_badge->setObjectName(u"summaryEndpoint"_s);
    m_badge->setProperty("look", u"badge"_s);
    m_badge->setFrameShape(QFrame::StyledPanel);
    m_badge->setContentsMargins(8, 0, 8, 0);
    m_badge->setFixedHeight(20);
    auto *facts = new ElidedLabel;
    facts->setFont(fontFor(TextStyle::Facts));
    setTone(facts, Tone::Second);
    facts->setObjectName(u"summaryFacts"_s);
    m_facts = facts;
    m_copy = new Button(u"copy"_s, tr("Copy"), Button::Quiet, Button::Small);
    m_copy->setAccessibleName(tr("Copy the summary"));
    m_copy->setToolTip(tr("Click to copy, or drag the summary to where it is wanted"));
    new DragSource(m_copy, [this] { return mimeOfMarkdown(m_summary->markdown()); });
    m_copyAs = new Button(u"copyAs"_s, u"▾"_s, Button::Quiet, Button::Small);
    m_copyAs->setAccessibleName(tr("Copy the summary as…"));
    m_copyAs->setToolTip(m_copyAs->accessibleName());
    m_toChat = new Button(u"toChat"_s, tr("To chat"), Button::Quiet, Button::Small);
    m_toChat->setToolTip(tr("Ask about this text in a conversation"));
    m_save = new Button(u"save"_s, tr("Save…"), Button::Quiet, Button::Small);
    m_save->setAccessibleName(tr("Save the summary"));
    QBoxLayout *row = makeRow(4);
    row->setContentsMargins(14, 0, 10, 0);
    row->addWidget(m_badge);
    row->addSpacing(4);
    row->addWidget(m_facts, 1);
    row->addWidget(m_toChat);
    row->addWidget(m_copy);
    row->addWidget(m_copyAs);
    row->addWidget(m_save);
    QWidget *line = makePane(u"summaryFactsLine"_s, row, QPalette::Base);
    line->setFixedHeight(30);
    return line;
}

void SummaryPane::showStarted()
{
    m_error->hide();
    m_hint->hide();
    m_card->hide();
    m_summary->show();
    m_summary->beginWaiting();
    m_facts->clear();
    m_badge->hide();
    setActionsEnabled(false);
}

void SummaryPane::showSummary()
{
    if (m_session.isShownRunning()) {
        showStarted();
        if (!m_session.partial().isEmpty())
            m_summary->append(m_session.partial());
        return;
    }
    const auto &marked = m_session.shown().summary;
    m_hint->setVisible(!marked && m_error->isHidden());
    m_summary->setVisible(marked.has_value());
    setActionsEnabled(marked.has_value());
    m_badge->setVisible(marked.has_value());
    m_card->setVisible(marked && !marked->marks.empty());
    if (!marked) {
        m_summary->showText({});
        m_facts->clear();
        return;
    }
    const summarize::Summary &summary = marked->summary;
    if (summary.sentences.empty())
        m_summary->showText(summary.text);
    else
        m_summary->showSentences(summary.sentences, summary.text.startsWith(u"- "));
    const bool isBuiltin = summary.completion.endpoint == llm::builtinEndpoint().name;
    m_badge->setText(isBuiltin ? tr("Built-in") : summary.completion.model);
    if (marked->isPartial) {
        m_facts->setText(tr("Incomplete · %1").arg(wordFacts(marked->words)));
        return;
    }
    m_facts->setText(tr("%1 · %2").arg(
        wordFacts(marked->words),
        answerFacts(summary.completion, isBuiltin, m_session.isLocal(summary.completion.endpoint)).join(u" · "_s)));
}

void SummaryPane::showError(const Error &error)
{
    m_errorWantsModel = error.kind == ErrorKind::NeedsModel || error.kind == ErrorKind::Unauthorized
                        || error.kind == ErrorKind::Budget || error.kind == ErrorKind::Quota;
    const bool repeats = error.kind != ErrorKind::BadInput && error.kind != ErrorKind::ContextTooLong
                         && error.kind != ErrorKind::Refused;
    m_error->showError(error.message, m_errorWantsModel ? tr("Open the settings")
                                      : repeats         ? tr("Try again")
                                                        : QString());
}

void SummaryPane::showFound()
{
    const auto &found = m_session.found();
    m_useFound->setVisible(!found.empty());
    m_found->setVisible(!found.empty());
    if (found.empty())
        return;
    const llm::FoundServer &first = found.front();
    const auto models = first.models.size();
    m_found->setText(
        tr("Found on this computer: %1 with %Ln model(s)", nullptr, static_cast<int>(models)).arg(first.provider.name));
    m_useFound->setText(tr("Use %1").arg(first.provider.name));
    m_useFound->setAccessibleName(m_useFound->text());
}

void SummaryPane::useFirstFound()
{
    if (!m_session.found().empty())
        m_session.useFound(m_session.found().front());
}

void SummaryPane::copy()
{
    QGuiApplication::clipboard()->setMimeData(mimeOfMarkdown(m_summary->markdown()));
}

void SummaryPane::setActionsEnabled(bool isEnabled)
{
    for (Button *button : {m_toChat, m_copy, m_copyAs, m_save})
        button->setEnabled(isEnabled);
}

void SummaryPane::openCopyMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto copyText = [](const QString &text) { QGuiApplication::clipboard()->setText(text); };
    menu->addAction(tr("As Markdown"), this, [this, copyText] { copyText(m_summary->markdown()); });
    menu->addAction(tr("As rich text"), this, &SummaryPane::copy);
    menu->addAction(tr("As plain text"), this, [this, copyText] { copyText(m_summary->document()->toPlainText()); });
    menu->popup(m_copyAs->mapToGlobal(QPoint(0, m_copyAs->height())));
}

void SummaryPane::save()
{
    auto *dialog = new QFileDialog(this, tr("Save the summary"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Markdown (*.md)"), tr("Web page (*.html)"), tr("Plain text (*.txt)")});
    dialog->setDefaultSuffix(u"md"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains("*.txt"_L1)    ? u"txt"_s
                                 : filter.contains("*.html"_L1) ? u"html"_s
                                                                : u"md"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, &SummaryPane::write);
    dialog->open();
}

/// The summary as the file's ending wants it.
QString SummaryPane::textFor(const QString &path) const
{
    if (path.endsWith(".html"_L1, Qt::CaseInsensitive) || path.endsWith(".htm"_L1, Qt::CaseInsensitive)) {
        return u"<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>%1</title>\n</head>\n<body>\n"
               "%2</body>\n</html>"_s.arg(m_session.shown().name.toHtmlEscaped(),
                                          text::markdownToHtml(m_summary->markdown()));
    }
    const bool isPlain = path.endsWith(".txt"_L1, Qt::CaseInsensitive) && m_session.shown().summary
                         && m_session.shown().summary->summary.sentences.empty();
    return isPlain ? m_summary->document()->toPlainText() : m_summary->markdown();
}

void SummaryPane::write(const QString &path)
{
    const QString text = textFor(path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8() + '\n') < 0 || !file.commit()) {
        m_errorWantsModel = false;
        m_error->showError(tr("The summary could not be saved: %1").arg(file.errorString()));
    }
}

} // namespace quintet::ui
