// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/questionpane.h"

#include "ui/knowledge/inspectorbar.h"
#include "ui/models/modelpicker.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/transcript/transcript.h"
#include "ui/widgets/button.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QLineEdit>
#include <QStackedWidget>

namespace quintet::ui {

using namespace Qt::StringLiterals;

QuestionPane::QuestionPane(KnowledgeSession &session, ModelSession &models)
    : m_session(session),
      m_inspector(new InspectorBar(session)),
      m_body(new QStackedWidget),
      m_empty(new EmptyState(u"knowledgeEmpty"_s, icon(u"knowledge"_s),
                             tr("Drop a folder of documents here, then ask in plain words. Every answer points at the "
                                "page it comes from."),
                             tr("Choose a folder…"))),
      m_transcript(new Transcript)
{
    setObjectName(u"questionPane"_s);
    m_transcript->setObjectName(u"knowledgeTranscript"_s);
    auto *empty = new QWidget;
    QBoxLayout *around = makeRow(0);
    around->setContentsMargins(24, 24, 24, 24);
    m_empty->setMaximumSize(720, 220);
    around->addWidget(m_empty);
    empty->setLayout(around);
    m_body->addWidget(empty);
    m_body->addWidget(m_transcript);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHeader(models));
    column->addWidget(makeHairline());
    column->addWidget(m_inspector);
    column->addWidget(m_body, 1);
    column->addWidget(makeFoot());
    setLayout(column);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    join();
    showCurrent();
    showMode();
}

QWidget *QuestionPane::makeHeader(ModelSession &models)
{
    m_modes = new SegmentedControl(u"knowledgeModes"_s, tr("What to do with the question"));
    m_modes->add(KnowledgeSession::Ask, u"modeAsk"_s, tr("Ask"));
    m_modes->add(KnowledgeSession::Search, u"modeSearch"_s, tr("Search"));
    m_modes->add(KnowledgeSession::Inspect, u"modeInspect"_s, tr("Inspect"));
    m_models = new ModelPicker(models);
    m_models->setCurrent(m_session.endpoint());
    QBoxLayout *row = makeRow();
    row->setContentsMargins(16, 10, 16, 10);
    row->addWidget(m_modes);
    row->addStretch(1);
    row->addWidget(m_models);
    return makePane(u"questionHeader"_s, row, QPalette::Base);
}

QWidget *QuestionPane::makeFoot()
{
    m_line = new QLineEdit;
    m_line->setObjectName(u"questionLine"_s);
    m_line->setAccessibleName(tr("Question"));
    m_line->setMinimumHeight(36);
    m_submit = new Button(u"submitQuestion"_s, tr("Ask"), Button::Primary);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(20, 8, 20, 16);
    row->addWidget(m_line, 1);
    row->addWidget(m_submit);
    return makePane(u"questionFoot"_s, row, QPalette::Base);
}

void QuestionPane::join()
{
    connect(m_modes, &SegmentedControl::chosen, this,
            [this](int mode) { m_session.setMode(KnowledgeSession::Mode(mode)); });
    connect(m_models, &ModelPicker::chosen, this,
            [this](const ModelChoice &choice) { m_session.setEndpoint(choice.endpoint, choice.model); });
    connect(m_line, &QLineEdit::returnPressed, this, &QuestionPane::submit);
    connect(m_submit, &Button::clicked, this, [this] { m_session.isRunning() ? m_session.stop() : submit(); });
    connect(m_empty->action(), &QPushButton::clicked, this, &QuestionPane::folderAsked);
    connect(m_transcript, &Transcript::citationActivated, this, &QuestionPane::open);
    connect(m_transcript, &Transcript::sourceActivated, this, &QuestionPane::open);
    connect(m_transcript, &Transcript::errorActionChosen, &m_session, &KnowledgeSession::tryAgain);
    connect(m_transcript, &Transcript::linkActivated, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    connect(m_transcript, &Transcript::actionChosen, this, [this](const QString &message, const QString &action) {
        if (const QString word = action.section(u':', 0, 0); word == u"off" || word == u"on")
            m_session.switchPassage(message, action.section(u':', 1).toLongLong(), word == u"on");
    });
    connect(m_transcript, &Transcript::approvalGiven, this,
            [this](const QString &message, const QString &, const QString &choice) {
                m_session.takeOffer(message, choice == u"whole");
            });
    connect(&m_session, &KnowledgeSession::messageAdded, this, [this](const Message &message) {
        m_body->setCurrentWidget(m_transcript);
        m_transcript->append(message);
        m_transcript->scrollToEnd();
    });
    connect(&m_session, &KnowledgeSession::messageChanged, m_transcript, &Transcript::setMessage);
    connect(&m_session, &KnowledgeSession::textGrew, m_transcript, &Transcript::appendText);
    connect(&m_session, &KnowledgeSession::currentChanged, this, &QuestionPane::showCurrent);
    connect(&m_session, &KnowledgeSession::collectionsChanged, this, &QuestionPane::showMode);
    connect(&m_session, &KnowledgeSession::modeChanged, this, &QuestionPane::showMode);
    connect(&m_session, &KnowledgeSession::runningChanged, this, &QuestionPane::showMode);
    connect(&m_session, &KnowledgeSession::endpointChanged, this,
            [this] { m_models->setCurrent(m_session.endpoint()); });
}

void QuestionPane::showCurrent()
{
    m_transcript->setMessages(m_session.messages());
    showMode();
}

void QuestionPane::showMode()
{
    const KnowledgeSession::Mode mode = m_session.mode();
    const ShownCollection *current = m_session.current();
    m_modes->setCurrent(mode);
    m_inspector->setVisible(mode == KnowledgeSession::Inspect);
    m_models->setVisible(mode == KnowledgeSession::Ask);
    m_submit->setText(m_session.isRunning()              ? tr("Stop")
                      : mode == KnowledgeSession::Ask    ? tr("Ask")
                      : mode == KnowledgeSession::Search ? tr("Search")
                                                         : tr("Inspect"));
    const QString name = current ? current->info.settings.name : QString();
    m_line->setPlaceholderText(!current                        ? tr("First drop in some documents")
                               : mode == KnowledgeSession::Ask ? tr("Ask %1…").arg(name)
                               : mode == KnowledgeSession::Search
                                   ? tr("Search %1… “exact words” -not file:name").arg(name)
                                   : tr("A question whose hits you want to see through"));
    m_line->setEnabled(current);
    m_submit->setEnabled(current);
    m_empty->action()->setVisible(!current);
    m_empty->setSentence(current ? tr("Ask %1 something. Every answer points at the page it comes from.").arg(name)
                                 : tr("Drop a folder of documents here, then ask in plain words. Every answer points "
                                      "at the page it comes from."));
    m_body->setCurrentIndex(m_session.messages().empty() ? 0 : 1);
}

void QuestionPane::submit()
{
    if (m_session.isRunning() || m_line->text().trimmed().isEmpty())
        return;
    const QString text = m_line->text();
    m_line->clear();
    m_session.submit(text);
}

void QuestionPane::open(const QString &message, const QString &label)
{
    if (const auto place = m_session.placeOf(message, label))
        Q_EMIT placeChosen(*place);
}

} // namespace quintet::ui
