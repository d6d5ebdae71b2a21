// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/sourcepane.h"

#include "ui/summarize/facts.h"
#include "ui/summarize/summarizesession.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLineEdit>

namespace quintet::ui {

using namespace Qt::StringLiterals;

SourcePane::SourcePane(SummarizeSession &session)
    : m_session(session),
      m_linkRow(makeLinkRow()),
      m_passwordRow(makePasswordRow()),
      m_chips(new QWidget),
      m_chipLayout(new FlowLayout(6)),
      m_error(new ErrorStrip(u"sourceError"_s, QMargins(20, 12, 20, 0))),
      m_undo(new ErrorStrip(u"sourceUndo"_s, QMargins(20, 12, 20, 0), ErrorStrip::Notice)),
      m_text(new TextView(u"source"_s))
{
    setObjectName(u"sourcePane"_s);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_chipLayout->setContentsMargins(20, 10, 20, 2);
    m_chips->setLayout(m_chipLayout);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    m_chips->setSizePolicy(policy);
    m_text->setAccessibleName(tr("Text to summarize"));
    m_text->installEventFilter(this);
    m_empty = new EmptyState(u"sourceEmpty"_s, icon(u"file"_s), tr("Type or paste a text, or drop a file here."),
                             tr("Try it with a sample"));
    m_empty->setParent(m_text);

    m_words = makeLabel({}, TextStyle::Facts, Tone::Second);
    m_words->setObjectName(u"sourceFacts"_s);
    m_quoted = makeLabel({}, TextStyle::Facts, Tone::Second);
    m_quoted->setObjectName(u"quotedFacts"_s);
    QBoxLayout *facts = makeRow(12);
    facts->setContentsMargins(14, 0, 14, 0);
    facts->addWidget(m_words, 1);
    facts->addWidget(m_quoted);
    QWidget *factsLine = makePane(u"sourceFactsLine"_s, facts, QPalette::Base);
    factsLine->setFixedHeight(30);

    QBoxLayout *column = makeColumn(0);
    column->addWidget(m_linkRow);
    column->addWidget(m_chips);
    column->addWidget(m_error);
    column->addWidget(m_undo);
    column->addWidget(m_passwordRow);
    column->addWidget(m_text, 1);
    column->addWidget(makeHairline());
    column->addWidget(factsLine);
    setLayout(column);

    connect(m_text, &TextView::textChanged, this, [this] {
        m_session.sources().setTypedText(m_text->toPlainText());
        m_text->clearMarks(); // they are of the text as it was
        m_quoted->clear();
        placeEmptyState();
    });
    connect(m_text, &TextView::filesGiven, &m_session.sources(), &SourceShelf::addFiles);
    connect(m_text, &TextView::largeTextGiven, &m_session,
            [this](const QString &text) { m_session.sources().addText(text, tr("Pasted text")); });
    connect(&m_session.sources(), &SourceShelf::removed, this,
            [this](int, const QString &name) { m_undo->showError(tr("Removed: %1").arg(name), tr("Undo")); });
    connect(m_undo, &ErrorStrip::actionChosen, this, [this] {
        m_undo->hide();
        m_session.sources().bringBack();
    });
    connect(m_empty->action(), &Button::clicked, this, &SourcePane::sampleAsked);
    connect(m_error, &ErrorStrip::actionChosen, &m_session,
            [this] { m_session.sources().readAgain(m_session.shown().id); });
    connect(&m_session.sources(), &SourceShelf::changed, this, &SourcePane::showChips);
    connect(&m_session.sources(), &SourceShelf::shownChanged, this, [this] {
        showChips();
        showSource();
    });
    connect(&m_session, &SummarizeSession::ended, this, &SourcePane::showSummary);
    connect(&m_session.sources(), &SourceShelf::typedWordsCounted, this, [this](qsizetype words) {
        if (m_session.shown().id == SourceShelf::typed)
            showFacts(words);
    });
    showChips();
    showSource();
}

QWidget *SourcePane::makeLinkRow()
{
    m_link = new QLineEdit;
    m_link->setObjectName(u"link"_s);
    m_link->setAccessibleName(tr("Address of a page"));
    m_link->setPlaceholderText(tr("https://…"));
    m_link->installEventFilter(this);
    auto *get = new Button(u"linkGet"_s, tr("Get the page"));
    auto *cancel = new Button(u"linkCancel"_s, tr("Cancel"), Button::Quiet);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(20, 10, 20, 0);
    row->addWidget(m_link, 1);
    row->addWidget(get);
    row->addWidget(cancel);
    connect(m_link, &QLineEdit::returnPressed, this, &SourcePane::takeLink);
    connect(get, &Button::clicked, this, &SourcePane::takeLink);
    auto *widget = new QWidget;
    widget->setLayout(row);
    widget->hide();
    connect(cancel, &Button::clicked, widget, &QWidget::hide);
    return widget;
}

QWidget *SourcePane::makePasswordRow()
{
    m_password = new QLineEdit;
    m_password->setObjectName(u"password"_s);
    m_password->setAccessibleName(tr("Password of the document"));
    m_password->setPlaceholderText(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    auto *open = new Button(u"passwordOpen"_s, tr("Open"));
    QBoxLayout *row = makeRow();
    row->setContentsMargins(20, 10, 20, 0);
    row->addWidget(m_password, 1);
    row->addWidget(open);
    connect(m_password, &QLineEdit::returnPressed, this, &SourcePane::takePassword);
    connect(open, &Button::clicked, this, &SourcePane::takePassword);
    auto *widget = new QWidget;
    widget->setLayout(row);
    widget->hide();
    return widget;
}

void SourcePane::takePassword()
{
    const QString password = m_password->text();
    m_password->clear();
    m_session.sources().readAgain(m_session.shown().id, password);
}

void SourcePane::askForLink()
{
    m_linkRow->show();
    m_link->selectAll();
    m_link->setFocus();
}

void SourcePane::takeLink()
{
    const QString typed = m_link->text().trimmed();
    const QUrl url = QUrl::fromUserInput(typed);
    if (typed.isEmpty() || !url.isValid() || (url.scheme() != u"http" && url.scheme() != u"https")) {
        m_error->showError(tr("This is not the address of a page. It begins with https:// or http://."));
        return;
    }
    m_linkRow->hide();
    m_link->clear();
    m_session.sources().addLink(url);
}

void SourcePane::askForFiles()
{
    auto *dialog = new QFileDialog(this, tr("Open documents to summarize"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Documents (%1)")
             .arg(u"*.pdf *.docx *.pptx *.xlsx *.odt *.odp *.ods *.epub *.txt *.md *.markdown *.text *.log "
                  "*.csv *.tsv *.rtf *.html *.htm *.eml *.mbox *.json *.jsonl *.xml *.srt *.vtt *.ipynb *.tex "
                  "*.rst *.org *.adoc *.zip"_s),
         tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, &m_session.sources(), &SourceShelf::addFiles);
    dialog->open();
}

void SourcePane::showChips()
{
    while (QLayoutItem *item = m_chipLayout->takeAt(0)) {
        item->widget()->deleteLater();
        item->widget()->hide();
        delete item;
    }
    const auto &sources = m_session.sources().all();
    m_chips->setVisible(sources.size() > 1);
    for (const Source &source : sources) {
        const bool isTyped = source.id == SourceShelf::typed;
        if (isTyped && m_session.sources().typedText().isEmpty() && m_session.shown().id != SourceShelf::typed)
            continue;
        const QString name = isTyped ? tr("Your text") : source.name;
        const auto pages = source.content ? source.content->labels.size() : 0;
        QString text = name;
        if (source.state == Source::Reading)
            text = tr("%1 · reading…").arg(name);
        else if (source.state == Source::Failed)
            text = tr("%1 · not read").arg(name);
        else if (pages > 1)
            text = tr("%1 · %Ln page(s)", nullptr, static_cast<int>(pages)).arg(name);
        auto *chip = new Chip(u"chip%1"_s.arg(source.id), text, isTyped ? QIcon() : icon(u"close"_s));
        chip->setChecked(source.id == m_session.shown().id);
        m_chipLayout->addWidget(chip);
        // Queued, since showing another source makes these chips anew.
        connect(
            chip, &Chip::clicked, &m_session,
            [this, id = source.id] {
                m_session.sources().show(id);
                showChips();
            },
            Qt::QueuedConnection);
        connect(
            chip, &Chip::removalAsked, &m_session, [this, id = source.id] { m_session.sources().remove(id); },
            Qt::QueuedConnection);
    }
    auto *more = new Button(u"addSource"_s, tr("Add…"), Button::Quiet, Button::Small);
    more->setIcon(icon(u"plus"_s));
    more->setAccessibleName(tr("Add documents"));
    connect(more, &Button::clicked, this, &SourcePane::askForFiles);
    m_chipLayout->addWidget(more);
    if (m_session.canSummarizeTogether()) {
        auto *together = new Button(u"summarizeTogether"_s, tr("Summarize together"), Button::Quiet, Button::Small);
        together->setToolTip(tr("One summary of all these texts"));
        connect(together, &Button::clicked, &m_session, &SummarizeSession::summarizeTogether, Qt::QueuedConnection);
        m_chipLayout->addWidget(together);
    }
    for (int i = 0; i < m_chipLayout->count(); ++i)
        m_chipLayout->itemAt(i)->widget()->show();
}

void SourcePane::showSource()
{
    const Source &source = m_session.shown();
    m_shown = source.id;
    m_error->hide();
    if (source.id == SourceShelf::typed) {
        m_text->editText(m_session.sources().typedText());
        m_session.sources().setTypedText(m_session.sources().typedText()); // has its words counted
    } else if (source.content) {
        const bool isMarkdown = source.content->document.format == u"markdown";
        m_text->showText(source.content->document.text, source.content->labels, isMarkdown);
        showFacts(source.content->words);
    } else {
        m_text->showText({}, {}, false);
        m_words->setText(source.state == Source::Reading ? tr("Reading…") : QString());
    }
    const bool isLocked = source.state == Source::Failed && document::asksForPassword(source.error);
    if (source.state == Source::Failed)
        m_error->showError(source.error.message, source.origin.isEmpty() || isLocked ? QString() : tr("Try again"));
    m_passwordRow->setVisible(isLocked);
    if (isLocked)
        m_password->setFocus();
    showSummary();
    placeEmptyState();
}

void SourcePane::showSummary()
{
    const auto &summary = m_session.shown().summary;
    const bool quotes = summary && !summary->marks.empty();
    m_text->setMarks(quotes ? summary->marks : std::vector<text::Span>());
    const auto count = quotes ? static_cast<int>(summary->marks.size()) : 0;
    m_quoted->setText(quotes ? tr("%Ln sentence(s) quoted", nullptr, count) : QString());
}

void SourcePane::showFacts(qsizetype words)
{
    m_words->setText(wordFacts(words));
}

void SourcePane::placeEmptyState()
{
    m_empty->setVisible(m_session.shown().id == SourceShelf::typed && m_session.sources().typedText().isEmpty());
    const QRect room = m_text->rect().adjusted(20, 8, -20, -20);
    const QSize size(std::min(room.width(), 360), m_empty->sizeHint().height());
    QRect place(QPoint(), size);
    place.moveCenter(QPoint(room.center().x(), room.top() + room.height() * 2 / 5));
    m_empty->setGeometry(place);
}

bool SourcePane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::Resize)
        placeEmptyState();
    if (watched == m_link && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        m_linkRow->hide();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace quintet::ui
