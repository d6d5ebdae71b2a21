// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/runpane.h"

#include "ui/agent/stepsview.h"
#include "ui/models/modelpicker.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QInputDialog>
#include <QLineEdit>
#include <QLocale>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using agent::RunState;

QString factsOf(const agent::AgentRun &run)
{
    const auto seconds = double(run.spent().time.count()) / 1000;
    const auto steps = run.steps().size();
    QStringList facts{run.spec().isReplay() ? RunPane::tr("replayed without a model") : run.spec().endpoint.model,
                      RunPane::tr("%Ln step(s)", nullptr, static_cast<int>(steps)),
                      RunPane::tr("%1 s").arg(QLocale().toString(seconds, 'f', 1))};
    if (!run.spec().isReplay()) {
        facts << RunPane::tr("%1 tokens").arg(QLocale().toString(run.spent().tokens));
        facts << (run.spent().isKnown ? display(run.spent().money) : RunPane::tr("cost not known"));
    }
    facts.removeAll(QString());
    return facts.join(u" · "_s);
}

RunPane::RunPane(AgentSession &session, ModelSession &models)
    : m_session(session),
      m_title(new ElidedLabel),
      m_models(new ModelPicker(models)),
      m_steps(new StepsView),
      m_failure(new ErrorStrip(u"runFailure"_s, {20, 0, 20, 8}))
{
    setObjectName(u"runPane"_s);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHead(models));
    column->addWidget(makeHairline());
    column->addWidget(m_steps, 1);
    column->addWidget(m_failure);
    column->addWidget(makeFoot());
    setLayout(column);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    join();
    showRun();
}

QWidget *RunPane::makeHead(ModelSession &)
{
    m_title->setObjectName(u"runTitle"_s);
    m_title->setFont(fontFor(TextStyle::Title));
    m_stop = new Button(u"stopRun"_s, tr("Stop"));
    m_stop->setIcon(icon(u"stop"_s));
    m_stop->setToolTip(tr("Stop; it can be resumed"));
    m_replay = new Button(u"replayRun"_s, tr("Replay"));
    m_replay->setToolTip(tr("Make the same calls again, on today's data and without a model"));
    m_keep = new Button(u"keepTask"_s, tr("Save as task…"), Button::Quiet);
    m_export = new Button(u"exportRun"_s, tr("Export…"), Button::Quiet);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(16, 10, 16, 10);
    row->addWidget(m_title, 1);
    row->addWidget(m_models);
    row->addWidget(m_export);
    row->addWidget(m_keep);
    row->addWidget(m_replay);
    row->addWidget(m_stop);
    return makePane(u"runHead"_s, row, QPalette::Base);
}

QWidget *RunPane::makeFoot()
{
    m_line = new QLineEdit;
    m_line->setObjectName(u"sayLine"_s);
    m_line->setAccessibleName(tr("Say something to the agent"));
    m_line->setMinimumHeight(38);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(20, 6, 20, 16);
    row->addWidget(m_line, 1);
    return makePane(u"runFoot"_s, row, QPalette::Base);
}

void RunPane::join()
{
    connect(m_stop, &Button::clicked, &m_session, &AgentSession::stop);
    connect(m_replay, &Button::clicked, &m_session, &AgentSession::replayRun);
    connect(m_keep, &Button::clicked, this, &RunPane::askForTitle);
    connect(m_export, &Button::clicked, this, &RunPane::askForExport);
    connect(m_line, &QLineEdit::returnPressed, this, &RunPane::say);
    connect(m_models, &ModelPicker::chosen, this,
            [this](const ModelChoice &choice) { m_session.setEndpoint(choice.endpoint, choice.model); });
    connect(m_models, &ModelPicker::failed, &m_session, &AgentSession::failed);
    connect(m_failure, &ErrorStrip::actionChosen, this, [this] {
        const agent::AgentRun *run = m_session.run();
        if (run && run->spec().isReplay() && run->state() == RunState::Failed)
            m_session.replayRun();
        else
            m_session.resume();
    });
    connect(m_steps, &StepsView::answered, &m_session, &AgentSession::answer);
    connect(m_steps, &StepsView::undoAsked, &m_session, &AgentSession::undoChange);
    connect(m_steps, &StepsView::earlierAsked, this, [this] {
        if (const agent::AgentRun *run = m_session.run())
            m_steps->showEarlier(*run);
    });
    connect(m_steps, &StepsView::againAsked, &m_session, &AgentSession::tryFrom);
    connect(&m_session, &AgentSession::shownChanged, this, &RunPane::showRun);
    connect(&m_session, &AgentSession::runChanged, this, &RunPane::showState);
    connect(&m_session, &AgentSession::workingChanged, this, &RunPane::showState);
    connect(&m_session, &AgentSession::draftChanged, this, [this] { m_models->setCurrent(m_session.endpoint()); });
    connect(&m_session, &AgentSession::stepsChanged, this, [this](int from) {
        if (const agent::AgentRun *run = m_session.run())
            m_steps->updateFrom(*run, from);
    });
    connect(&m_session, &AgentSession::stepGrew, this, [this](int step) {
        const agent::AgentRun *run = m_session.run();
        if (run && size_t(step) <= run->steps().size())
            m_steps->updateGrowing(run->steps()[size_t(step) - 1]);
    });
}

void RunPane::showRun()
{
    const agent::AgentRun *run = m_session.run();
    if (!run)
        return;
    m_title->setText(run->title());
    m_models->setCurrent(m_session.endpoint());
    m_steps->setRun(*run);
    m_line->clear();
    showState();
}

void RunPane::showState()
{
    const agent::AgentRun *run = m_session.run();
    if (!run)
        return;
    const bool isWorking = m_session.isShownWorking();
    const bool isReplay = run->spec().isReplay();
    const bool isFinished = run->state() == RunState::Finished;
    m_stop->setVisible(isWorking);
    m_replay->setVisible(!isWorking && isFinished);
    m_keep->setVisible(!isWorking && isFinished && !isReplay);
    m_export->setVisible(!isWorking);
    m_models->setVisible(!isWorking && !isReplay);
    m_line->setEnabled(!isReplay);
    m_line->setPlaceholderText(isReplay    ? tr("A replay asks no model: there is nobody to speak to")
                               : isWorking ? tr("Say something to the agent; it heeds at its next step")
                                           : tr("Say more, and the agent goes on"));
    showEnd(*run);
}

void RunPane::showEnd(const agent::AgentRun &run)
{
    const bool isOver = run.isOver() && !m_session.isShownWorking();
    m_steps->setEnd(isOver && run.spec().isReplay() ? run.answer() : QString(), isOver ? factsOf(run) : QString());
    if (!isOver || run.state() == RunState::Finished) {
        m_failure->hide();
        return;
    }
    const QString reason = run.failure() ? run.failure()->message : tr("You stopped it.");
    const bool isLost = run.spec().isReplay() && run.state() == RunState::Failed;
    m_failure->showError(reason, isLost ? tr("Replay") : tr("Resume"));
}

void RunPane::say()
{
    if (m_line->text().trimmed().isEmpty())
        return;
    m_session.say(m_line->text().trimmed());
    m_line->clear();
}

void RunPane::askForTitle()
{
    const agent::AgentRun *run = m_session.run();
    if (!run)
        return;
    bool isGiven = false;
    const QString title = QInputDialog::getText(this, tr("Save as task"), tr("What is it to be called?"),
                                                QLineEdit::Normal, run->title(), &isGiven);
    if (isGiven && !title.trimmed().isEmpty())
        m_session.saveAsTask(title.trimmed());
}

void RunPane::askForExport()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Export the run"), u"run.md"_s,
                                                      tr("Markdown (*.md);;Web page (*.html);;JSON lines (*.jsonl)"));
    if (path.isEmpty())
        return;
    const auto format = agent::exportFormatFrom(path.section(u'.', -1).toLower());
    m_session.exportTo(format.value_or(agent::ExportFormat::Markdown), path);
}

} // namespace quintet::ui
