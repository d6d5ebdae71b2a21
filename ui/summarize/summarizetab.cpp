// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/summarizetab.h"

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
#include <QShortcut>
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
    for (const auto key : {Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter}) {
        auto *run = new QShortcut(QKeySequence(key), this);
        run->setContext(Qt::WidgetWithChildrenShortcut);
        connect(run, &QShortcut::activated, &m_session, &SummarizeSession::summarize);
    }
    auto *stop = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    stop->setContext(Qt::WidgetWithChildrenShortcut);
    connect(stop, &QShortcut::activated, &m_session, &SummarizeSession::stop);
    // While nothing runs, Esc is for whoever has the focus.
    stop->setEnabled(m_session.isRunning());
    connect(&m_session, &SummarizeSession::started, stop, [stop] { stop->setEnabled(true); });
    connect(&m_session, &SummarizeSession::ended, stop, [stop] { stop->setEnabled(false); });
    joinPanes();
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
    history->setToolTip(tr("Summaries that were made (Ctrl+H)"));
    history->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_H));
    connect(history, &Button::clicked, this, &SummarizeTab::openHistory);
    open->setShortcut(QKeySequence::Open);
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
                m_session.addLink(QUrl(origin));
            else
                m_session.addFiles({origin});
        });
    }
    m_history->refresh();
    m_history->show();
    m_history->raise();
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
        m_session.addFiles(files);
    } else if (data->hasText()) {
        // In place of what was written; the editor's own Ctrl+V adds to it, and its undo brings the old text back.
        if (data->text().size() > TextView::largestWritten)
            return m_session.addText(data->text(), tr("Pasted text"));
        m_session.show(SummarizeSession::typed);
        m_source->text()->selectAll();
        m_source->text()->insertPlainText(data->text());
    }
}

/// A focus proxy would take the other controls out of the order of Tab.
void SummarizeTab::focusInEvent(QFocusEvent *event)
{
    m_source->text()->setFocus(event->reason());
}

QByteArray SummarizeTab::saveState() const
{
    return m_splitter->saveState();
}

void SummarizeTab::restoreState(const QByteArray &state)
{
    m_splitter->restoreState(state);
}

} // namespace quintet::ui
