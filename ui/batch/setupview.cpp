// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/setupview.h"

#include "ui/batch/outputform.h"
#include "ui/batch/previewpane.h"
#include "ui/batch/runfacts.h"
#include "ui/batch/sourceform.h"
#include "ui/batch/taskform.h"
#include "ui/models/limitfields.h"
#include "ui/models/modelpicker.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QLocale>
#include <QMimeData>
#include <QScrollArea>
#include <QSplitter>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int narrow = 700; // below, the preview has no room beside the form

QStringList pathsOf(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

bool passes(const usage::Limit &budget, const batch::Estimate &estimate)
{
    return (budget.money && estimate.cost && *estimate.cost > *budget.money)
           || (budget.tokens && estimate.promptTokens + estimate.completionTokens > *budget.tokens);
}

} // namespace

SetUpView::SetUpView(BatchSession &session, ModelSession &models)
    : m_session(session),
      m_source(new SourceForm),
      m_task(new TaskForm),
      m_output(new OutputForm),
      m_error(new ErrorStrip(u"setUpError"_s, QMargins(20, 12, 20, 0))),
      m_preview(new PreviewPane(session)),
      m_splitter(new QSplitter)
{
    setObjectName(u"setUpView"_s);
    setAcceptDrops(true);
    m_splitter->setObjectName(u"setUpSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeForm(models));
    m_splitter->addWidget(m_preview);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setSizes({560, 390});
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makeHeader());
    column->addWidget(makeHairline());
    column->addWidget(m_error);
    column->addWidget(m_splitter, 1);
    setLayout(column);
    m_changeTimer.setSingleShot(true);
    m_changeTimer.setInterval(300);
    connect(&m_changeTimer, &QTimer::timeout, this, &SetUpView::change);
    connect(m_source, &SourceForm::chosen, this, &SetUpView::takeSource);
    connect(m_source, &SourceForm::typed, &m_changeTimer, qOverload<>(&QTimer::start));
    connect(m_task, &TaskForm::chosen, this, &SetUpView::change);
    connect(m_task, &TaskForm::typed, &m_changeTimer, qOverload<>(&QTimer::start));
    connect(m_output, &OutputForm::chosen, this, &SetUpView::change);
    connect(m_error, &ErrorStrip::actionChosen, this, &SetUpView::connectionAsked);
    connect(&m_session, &BatchSession::draftChanged, this, &SetUpView::showDraft);
    connect(&m_session, &BatchSession::estimateChanged, this, &SetUpView::showEstimate);
    connect(&m_session, &BatchSession::tryingChanged, this, &SetUpView::showEstimate);
    showDraft();
    showEstimate();
}

QWidget *SetUpView::makeHeader()
{
    m_estimate = makeLabel({}, TextStyle::Small, Tone::Second);
    m_estimate->setObjectName(u"estimate"_s);
    m_estimate->setWordWrap(true);
    m_try = new Button(u"tryItems"_s, tr("Try on 3 items"));
    m_start = new Button(u"startRun"_s, tr("Start"), Button::Primary);
    m_start->setHint(tr("Ctrl+↵"));
    const auto taken = [this](void (BatchSession::*command)()) {
        return [this, command] {
            change();
            (m_session.*command)();
        };
    };
    connect(m_try, &Button::clicked, this, taken(&BatchSession::tryItems));
    connect(m_start, &Button::clicked, this, taken(&BatchSession::start));
    QBoxLayout *words = makeColumn(3);
    words->addWidget(makeLabel(tr("New run"), TextStyle::Title));
    words->addWidget(m_estimate);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(16, 10, 16, 10);
    row->addLayout(words, 1);
    row->addWidget(m_try);
    row->addWidget(m_start);
    return makePane(u"setUpHeader"_s, row, QPalette::Window);
}

QWidget *SetUpView::makeForm(ModelSession &models)
{
    m_picker = new ModelPicker(models);
    connect(m_picker, &ModelPicker::chosen, this, [this](const ModelChoice &choice) {
        batch::RunSpec draft = m_session.draft();
        draft.endpoint = choice.isBuiltin ? llm::builtinEndpoint() : m_session.endpointNamed(choice.endpoint);
        if (!choice.isBuiltin && !choice.model.isEmpty())
            draft.endpoint.model = choice.model;
        m_session.setDraft(draft);
    });
    connect(m_picker, &ModelPicker::failed, &m_session, &BatchSession::failed);
    QBoxLayout *model = makeColumn(6);
    model->addWidget(makeLabel(tr("Which model"), TextStyle::Small, Tone::Second));
    QBoxLayout *pickerRow = makeRow();
    pickerRow->addWidget(m_picker);
    pickerRow->addStretch(1);
    model->addLayout(pickerRow);
    m_provider = new QCheckBox(tr("As a batch of the provider's: half the price, within a day"));
    m_provider->setObjectName(u"viaProvider"_s);
    m_provider->setAccessibleName(m_provider->text());
    connect(m_provider, &QCheckBox::clicked, this, &SetUpView::change);
    model->addWidget(m_provider);
    m_limit = new LimitFields;
    connect(m_limit, &LimitFields::changed, this, &SetUpView::change);
    QBoxLayout *limit = makeColumn(6);
    limit->addWidget(makeLabel(tr("What it may take at most"), TextStyle::Small, Tone::Second));
    limit->addWidget(m_limit);
    QBoxLayout *column = makeColumn(18);
    column->setContentsMargins(20, 16, 20, 16);
    column->addWidget(m_source);
    column->addWidget(m_task);
    column->addLayout(model);
    column->addLayout(limit);
    column->addWidget(m_output);
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"setUpForm"_s);
    scroll->setAccessibleName(tr("New run"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(320);
    scroll->setWidget(makePane(u"setUpFields"_s, column, QPalette::AlternateBase));
    return scroll;
}

void SetUpView::change()
{
    m_changeTimer.stop();
    batch::RunSpec draft = m_session.draft();
    m_source->takeInto(draft.source);
    m_task->takeInto(draft);
    draft.viaProvider = m_provider->isVisibleTo(this) && m_provider->isChecked();
    draft.budget = m_limit->limit();
    m_output->takeInto(draft);
    m_session.setDraft(draft);
}

void SetUpView::takeSource(const QStringList &paths)
{
    change(); // what was typed a moment ago
    m_session.setSource(paths);
}

void SetUpView::showDraft()
{
    const batch::RunSpec &draft = m_session.draft();
    m_source->showSource(draft.source);
    m_task->showTask(draft);
    m_picker->setCurrent(draft.endpoint);
    m_provider->setVisible(draft.endpoint.kind == llm::EndpointKind::OpenAi && !llm::isLocal(draft.endpoint));
    m_provider->setChecked(draft.viaProvider);
    m_limit->setLimit(draft.budget);
    m_output->showOutput(draft);
}

void SetUpView::showEstimate()
{
    const batch::RunSpec &draft = m_session.draft();
    const bool hasSource = !draft.source.paths.isEmpty() || !draft.source.run.isEmpty();
    const auto checked = batch::check(draft);
    const auto &estimate = m_session.estimate();
    const bool wantsModel = !checked && checked.error().kind == ErrorKind::NeedsModel;
    const QString problem = wantsModel                          ? checked.error().message
                            : estimate && !*estimate && checked ? estimate->error().message
                                                                : QString();
    m_error->setVisible(!problem.isEmpty());
    if (!problem.isEmpty())
        m_error->showError(problem, wantsModel ? tr("Connect a model") : QString());
    m_start->setEnabled(hasSource && checked.has_value());
    m_try->setEnabled(hasSource && checked.has_value() && !m_session.isTrying());
    m_try->setText(m_session.isTrying() ? tr("Trying …") : tr("Try on 3 items"));
    if (!hasSource) {
        m_estimate->setText(tr("One prompt over many items; nothing is lost, whatever happens in between."));
    } else if (m_session.isEstimating()) {
        m_estimate->setText(tr("Counting …"));
    } else if (!checked) {
        m_estimate->setText(wantsModel ? QString() : checked.error().message);
    } else if (estimate && *estimate) {
        const batch::Estimate &known = **estimate;
        const QLocale locale;
        QStringList parts{tr("%Ln item(s)", nullptr, static_cast<int>(known.items)),
                          tr("about %1 tokens").arg(locale.toString(known.promptTokens + known.completionTokens)),
                          known.cost ? display(*known.cost) : tr("cost not known")};
        if (passes(draft.budget, known))
            parts << tr("more than it may take");
        if (known.time)
            parts << tr("about %1")
                         .arg(durationWord(std::chrono::duration_cast<std::chrono::seconds>(
                             *known.time + std::chrono::milliseconds(999))));
        if (known.cached > 0)
            parts << tr("%1 answered already").arg(locale.toString(known.cached));
        if (!known.unreadable.empty())
            parts << tr("%1 of %2 looked at cannot be read").arg(known.unreadable.size()).arg(known.sampled);
        m_estimate->setText(parts.join(u" · "_s));
    } else {
        m_estimate->clear();
    }
}

void SetUpView::dragEnterEvent(QDragEnterEvent *event)
{
    if (!pathsOf(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void SetUpView::dropEvent(QDropEvent *event)
{
    const QStringList paths = pathsOf(event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    takeSource(paths);
}

void SetUpView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_splitter->setOrientation(width() < narrow ? Qt::Vertical : Qt::Horizontal);
}

} // namespace quintet::ui
