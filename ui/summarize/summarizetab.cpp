// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/summarizetab.h"

#include "ui/actions/action.h"
#include "ui/summarize/sourcepane.h"
#include "ui/summarize/summarizesession.h"
#include "ui/summarize/summaryhistory.h"
#include "ui/summarize/summarypane.h"
#include "ui/summarize/summaryview.h"
#include "ui/summarize/wishbar.h"
#include "ui/theme/label.h"
#include "ui/viewer/textview.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSplitter>

namespace quintet::ui {

using namespace Qt::StringLiterals;

SummarizeTab::SummarizeTab(SummarizeSession &session, ModelSession &models)
    : m_session(session),
      m_source(new SourcePane(session)),
      m_summary(new SummaryPane(session)),
      m_splitter(new QSplitter)
{
    setObjectName(u"summarizeTab"_s);
    auto *wishes = new WishBar(session, models);
    m_splitter->setObjectName(u"summarizeSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_source);
    m_splitter->addWidget(m_summary);
    m_splitter->setSizes({600, 600});
    m_source->setMinimumWidth(280);
    m_summary->setMinimumWidth(280);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHeader());
    column->addWidget(makeHairline());
    column->addWidget(wishes);
    column->addWidget(makeHairline());
    column->addWidget(m_splitter, 1);
    setLayout(column);

    connect(m_summary, &SummaryPane::connectionAsked, this, &SummarizeTab::connectionAsked);
    connect(m_summary, &SummaryPane::chatAsked, this, [this] { Q_EMIT chatAsked(m_session.shown()); });
    connect(m_source, &SourcePane::sampleAsked, this, &SummarizeTab::sampleAsked);
    joinPanes();
    addActions();
}

void SummarizeTab::addActions()
{
    const QAction *run = makeAction(this, u"summarize.run"_s, tr("Summarize the text"),
                                    {Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter});
    connect(run, &QAction::triggered, &m_session, &SummarizeSession::summarize);
    QAction *together = makeAction(this, u"summarize.together"_s, tr("Summarize all texts together"));
    connect(together, &QAction::triggered, &m_session, &SummarizeSession::summarizeTogether);
    QAction *stop = makeAction(this, u"summarize.stop"_s, tr("Stop"), {Qt::Key_Escape});
    connect(stop, &QAction::triggered, &m_session, &SummarizeSession::stop);
    // While nothing runs, Esc is for whoever has the focus.
    const auto enable = [this, stop, together] {
        stop->setEnabled(m_session.isRunning());
        together->setEnabled(m_session.canSummarizeTogether() && !m_session.isRunning());
    };
    enable();
    connect(&m_session, &SummarizeSession::started, stop, enable);
    connect(&m_session, &SummarizeSession::ended, stop, enable);
    connect(&m_session.sources(), &SourceShelf::changed, stop, enable);
    const auto press = [this](const QString &key, const QString &text, const QString &button,
                              const QList<QKeySequence> &keys = {}) {
        makeAction(this, u"summarize."_s + key, text, findChild<QAbstractButton *>(button), keys);
    };
    press(u"open"_s, tr("Open documents…"), u"open"_s, {QKeySequence::Open});
    press(u"paste"_s, tr("Paste a text"), u"paste"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_V});
    press(u"link"_s, tr("Get a page from a link"), u"fromLink"_s, {Qt::CTRL | Qt::Key_L});
    press(u"history"_s, tr("Summaries that were made"), u"history"_s, {Qt::CTRL | Qt::Key_H});
    press(u"copy"_s, tr("Copy the summary"), u"copy"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_C});
    press(u"save"_s, tr("Save the summary…"), u"save"_s, {QKeySequence::Save});
    press(u"chat"_s, tr("Carry the text and its summary into a chat"), u"toChat"_s);
}

QWidget *SummarizeTab::makeHeader()
{
    auto *title = makeLabel(tr("Summarize"), TextStyle::Title);
    auto *subtitle = new ElidedLabel(tr("One text in, one answer out"));
    subtitle->setFont(fontFor(TextStyle::Small));
    setTone(subtitle, Tone::Second);
    auto *open = new Button(u"open"_s, tr("Open…"));
    auto *paste = new Button(u"paste"_s, tr("Paste"));
    auto *link = new Button(u"fromLink"_s, tr("From a link"));
    auto *history = new Button(u"history"_s, tr("History"), Button::Quiet);
    history->setToolTip(tr("Summaries that were made"));
    connect(history, &Button::clicked, this, &SummarizeTab::openHistory);
    connect(open, &Button::clicked, m_source, &SourcePane::askForFiles);
    connect(paste, &Button::clicked, this, &SummarizeTab::paste);
    connect(link, &Button::clicked, m_source, &SourcePane::askForLink);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(16, 10, 16, 10);
    row->addWidget(title);
    row->addWidget(subtitle, 1);
    for (Button *button : {history, open, paste, link})
        row->addWidget(button);
    return makePane(u"summarizeHeader"_s, row, QPalette::Window);
}

/// Hovering a quoted sentence sets its place off, choosing it scrolls there.
void SummarizeTab::joinPanes()
{
    connect(m_summary->summary(), &SummaryView::sentenceHovered, m_source->text(), &TextView::setMarkInFocus);
    connect(m_summary->summary(), &SummaryView::sentenceChosen, m_source->text(), [this](int sentence) {
        m_source->text()->setMarkInFocus(sentence);
        m_source->text()->reveal(sentence);
    });
}

void SummarizeTab::openHistory()
{
    if (!m_history) {
        m_history = new SummaryHistory(m_session.services().engine, m_session.services().history, this);
        connect(&m_session, &SummarizeSession::remembered, m_history, &SummaryHistory::refresh);
        connect(m_history, &SummaryHistory::sourceAsked, this, [this](const QString &origin) {
            if (origin.contains(u"://"))
                m_session.sources().addLink(QUrl(origin));
            else
                m_session.sources().addFiles({origin});
        });
    }
    m_history->refresh();
    m_history->show();
    m_history->raise();
}

QString SummarizeTab::offer(const Given &given) const
{
    const bool isReadable = !given.paths.isEmpty() || !given.links.isEmpty() || !given.text.trimmed().isEmpty();
    return isReadable ? tr("Summarize this") : QString();
}

void SummarizeTab::receive(const Given &given)
{
    if (!given.paths.isEmpty())
        m_session.sources().addFiles(given.paths);
    for (const QUrl &link : given.links)
        m_session.sources().addLink(link);
    const bool hasSources = !given.paths.isEmpty() || !given.links.isEmpty();
    if (hasSources && !given.text.trimmed().isEmpty()) {
        // What is said beside documents is what is wanted of them.
        m_session.setInstruction(given.text.trimmed());
        m_session.setStyle(SummarizeSession::ownWords);
    } else if (!hasSources) {
        takeText(given.text);
    }
}

/// In place of what was written, which becomes a source of its own; the editor's undo brings it back too.
void SummarizeTab::takeText(const QString &text)
{
    if (text.size() > TextView::largestWritten) {
        m_session.sources().addText(text, tr("Pasted text"));
        return;
    }
    const QString before = m_session.sources().typedText();
    if (!before.trimmed().isEmpty() && before != text)
        m_session.sources().addText(before, tr("Your text before"));
    m_session.sources().show(SourceShelf::typed);
    m_source->text()->selectAll();
    m_source->text()->insertPlainText(text);
}

void SummarizeTab::paste()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    if (!data)
        return;
    QStringList files;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    if (!files.isEmpty()) {
        m_session.sources().addFiles(files);
    } else if (data->hasText()) {
        takeText(data->text());
    }
}

/// A focus proxy would take the other controls out of the order of Tab.
void SummarizeTab::focusInEvent(QFocusEvent *event)
{
    m_source->text()->setFocus(event->reason());
}

} // namespace quintet::ui
