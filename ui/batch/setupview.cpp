// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/setupview.h"

#include "batch/answer/answerschema.h"
#include "batch/source/sourcereader.h"
#include "ui/batch/previewpane.h"
#include "ui/batch/runfacts.h"
#include "ui/models/modelpicker.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSplitter>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using batch::OutputFormat;
using batch::SourceKind;
using batch::TaskKind;

namespace {

enum Place { Nowhere, Beside, IntoFolder };

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

/// Fields and their types as they were typed in the short form.
QString shortFormOf(const QJsonObject &schema)
{
    QStringList fields;
    for (const QString &name : batch::fieldsOf(schema)) {
        const QJsonObject type = schema[u"properties"][name].toObject();
        const QString word = type[u"type"].isArray() ? type[u"type"][0].toString() : type[u"type"].toString();
        if (type.contains(u"description"))
            fields << name + u" date"_s;
        else if (word == u"integer")
            fields << name + u" int"_s;
        else if (word == u"array")
            fields << name + u" list"_s;
        else if (word == u"boolean")
            fields << name + u" bool"_s;
        else
            fields << (word == u"string" ? name : name + u' ' + word);
    }
    return fields.join(u", "_s);
}

QLabel *makeCaption(const QString &text)
{
    return makeLabel(text, TextStyle::Small, Tone::Second);
}

} // namespace

SetUpView::SetUpView(BatchSession &session, ModelSession &models)
    : m_session(session),
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
    model->addWidget(makeCaption(tr("Which model")));
    QBoxLayout *pickerRow = makeRow();
    pickerRow->addWidget(m_picker);
    pickerRow->addStretch(1);
    model->addLayout(pickerRow);
    m_provider = new QCheckBox(tr("As a batch of the provider's: half the price, within a day"));
    m_provider->setObjectName(u"viaProvider"_s);
    m_provider->setAccessibleName(m_provider->text());
    connect(m_provider, &QCheckBox::clicked, this, &SetUpView::change);
    model->addWidget(m_provider);
    QBoxLayout *column = makeColumn(18);
    column->setContentsMargins(20, 16, 20, 16);
    column->addWidget(makeSource());
    column->addWidget(makeTask());
    column->addLayout(model);
    column->addWidget(makeOutput());
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

QWidget *SetUpView::makeSource()
{
    auto *zone = new EmptyState(u"dropZone"_s, icon(u"batch"_s),
                                tr("Drop a folder, files, or a table (CSV, JSONL) here."), tr("Choose a folder…"));
    m_dropZone = zone;
    connect(zone->action(), &Button::clicked, this, &SetUpView::askForFolder);
    auto *files = new Button(u"chooseFiles"_s, tr("Choose files or a table…"), Button::Quiet, Button::Small);
    connect(files, &Button::clicked, this, &SetUpView::askForFiles);
    zone->layout()->addWidget(files);
    zone->layout()->setAlignment(files, Qt::AlignHCenter);
    m_sourceName = new ElidedLabel({}, Qt::ElideMiddle);
    m_sourceName->setObjectName(u"sourceName"_s);
    auto *another = new Button(u"anotherSource"_s, tr("Change…"), Button::Plain, Button::Small);
    connect(another, &Button::clicked, this, [this] { m_session.setSource({}); });
    m_include = new QLineEdit;
    m_include->setObjectName(u"include"_s);
    m_include->setAccessibleName(tr("Which files of the folder"));
    m_include->setPlaceholderText(tr("all files; or *.pdf *.docx, and !drafts/ for what to leave out"));
    connect(m_include, &QLineEdit::textEdited, &m_changeTimer, qOverload<>(&QTimer::start));
    QBoxLayout *name = makeRow();
    name->addWidget(m_sourceName, 1);
    name->addWidget(another);
    QBoxLayout *chosen = makeColumn(8);
    chosen->addLayout(name);
    chosen->addWidget(m_include);
    m_chosen = new QWidget;
    m_chosen->setLayout(chosen);
    QBoxLayout *column = makeColumn(6);
    column->addWidget(makeCaption(tr("Items")));
    column->addWidget(m_dropZone);
    column->addWidget(m_chosen);
    auto *box = new QWidget;
    box->setLayout(column);
    return box;
}

QWidget *SetUpView::makeTask()
{
    m_task = new QComboBox;
    m_task->setObjectName(u"task"_s);
    m_task->setAccessibleName(tr("What to do with each item"));
    for (const auto &[task, words] : {std::pair(TaskKind::Prompt, tr("A prompt of my own")),
                                      {TaskKind::Summarize, tr("Summarize")},
                                      {TaskKind::Extract, tr("Extract fields to a table")},
                                      {TaskKind::Classify, tr("Classify")},
                                      {TaskKind::Keywords, tr("Keywords")},
                                      {TaskKind::Translate, tr("Translate")},
                                      {TaskKind::Rewrite, tr("Rewrite")}})
        m_task->addItem(words, int(task));
    connect(m_task, &QComboBox::activated, this, &SetUpView::change);
    m_prompt = new QPlainTextEdit;
    m_prompt->setObjectName(u"prompt"_s);
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setTabChangesFocus(true);
    m_prompt->setFixedHeight(110);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_isShowing)
            m_changeTimer.start();
    });
    m_variables = new QWidget;
    auto *flow = new FlowLayout(6);
    flow->setContentsMargins(0, 0, 0, 0);
    m_variables->setLayout(flow);
    for (const QString &name : {u"text"_s, u"file.name"_s, u"file.path"_s, u"row.column"_s, u"index"_s}) {
        auto *button = new Button(u"variable-"_s + name, u"{{%1}}"_s.arg(name), Button::Plain, Button::Small);
        button->setAccessibleName(tr("Insert the variable %1").arg(name));
        connect(button, &Button::clicked, this, [this, name] { insertVariable(name); });
        flow->addWidget(button);
    }
    QBoxLayout *promptColumn = makeColumn(6);
    promptColumn->addWidget(m_prompt);
    promptColumn->addWidget(m_variables);
    m_promptBox = new QWidget;
    m_promptBox->setLayout(promptColumn);
    const auto makeLine = [this](const QString &name, const QString &accessibleName, const QString &placeholder) {
        auto *line = new QLineEdit;
        line->setObjectName(name);
        line->setAccessibleName(accessibleName);
        line->setPlaceholderText(placeholder);
        connect(line, &QLineEdit::textEdited, &m_changeTimer, qOverload<>(&QTimer::start));
        return line;
    };
    m_labels = makeLine(u"labels"_s, tr("Labels"), tr("Labels, parted by commas: praise, complaint, question"));
    m_language = makeLine(u"language"_s, tr("Language"), tr("Language, such as French"));
    m_fields = makeLine(u"fields"_s, tr("Fields of the answer"),
                        tr("Fields: name, age int, tags list, or a JSON schema file"));
    m_fieldsProblem = makeLabel({}, TextStyle::Facts, Tone::Bad);
    m_fieldsProblem->setObjectName(u"fieldsProblem"_s);
    m_fieldsProblem->setWordWrap(true);
    QBoxLayout *column = makeColumn(6);
    column->addWidget(makeCaption(tr("What to do with each")));
    for (QWidget *widget : {static_cast<QWidget *>(m_task), m_promptBox, static_cast<QWidget *>(m_labels),
                            static_cast<QWidget *>(m_language), static_cast<QWidget *>(m_fields),
                            static_cast<QWidget *>(m_fieldsProblem)})
        column->addWidget(widget);
    auto *box = new QWidget;
    box->setLayout(column);
    return box;
}

QWidget *SetUpView::makeOutput()
{
    m_place = new QComboBox;
    m_place->setObjectName(u"place"_s);
    m_place->setAccessibleName(tr("Where the results go"));
    m_place->addItem(tr("Only here in Quintet"), Nowhere);
    m_place->addItem(tr("Beside the sources"), Beside);
    m_place->addItem(tr("Into a folder…"), IntoFolder);
    m_format = new QComboBox;
    m_format->setObjectName(u"format"_s);
    m_format->setAccessibleName(tr("In which form"));
    for (const auto &[format, words] : {std::pair(OutputFormat::Markdown, tr("Markdown")),
                                        {OutputFormat::Text, tr("Text")},
                                        {OutputFormat::Json, tr("JSON")},
                                        {OutputFormat::Csv, tr("One table (CSV)")},
                                        {OutputFormat::Workbook, tr("One workbook (XLSX)")},
                                        {OutputFormat::JsonLines, tr("One JSONL file")}})
        m_format->addItem(words, int(format));
    connect(m_place, &QComboBox::activated, this, [this] {
        if (m_place->currentData().toInt() == IntoFolder) {
            const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the results"), m_folder);
            if (folder.isEmpty() && m_folder.isEmpty())
                m_place->setCurrentIndex(Nowhere);
            else if (!folder.isEmpty())
                m_folder = folder;
        }
        change();
    });
    connect(m_format, &QComboBox::activated, this, &SetUpView::change);
    QBoxLayout *row = makeRow();
    row->addWidget(m_place);
    row->addWidget(m_format);
    row->addStretch(1);
    QBoxLayout *column = makeColumn(6);
    column->addWidget(makeCaption(tr("Where results go")));
    column->addLayout(row);
    auto *box = new QWidget;
    box->setLayout(column);
    return box;
}

void SetUpView::askForFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder with the items"));
    if (!folder.isEmpty())
        m_session.setSource({folder});
}

void SetUpView::askForFiles()
{
    const QStringList files = QFileDialog::getOpenFileNames(this, tr("Files, or one table"));
    if (!files.isEmpty())
        m_session.setSource(files);
}

void SetUpView::insertVariable(const QString &name)
{
    m_prompt->insertPlainText(u"{{%1}}"_s.arg(name));
    m_prompt->setFocus();
}

batch::OutputSpec SetUpView::outputFrom() const
{
    batch::OutputSpec output = m_session.draft().output;
    const int place = m_place->currentData().toInt();
    output.folder = place == Beside       ? batch::folderOf(m_session.draft().source)
                    : place == IntoFolder ? m_folder
                                          : QString();
    output.format = static_cast<OutputFormat>(m_format->currentData().toInt());
    const SourceKind kind = m_session.draft().source.kind;
    output.inOneFile = kind == SourceKind::Table || kind == SourceKind::Lines;
    return output;
}

void SetUpView::change()
{
    m_changeTimer.stop();
    if (m_isShowing)
        return;
    batch::RunSpec draft = m_session.draft();
    draft.source.include.clear();
    draft.source.exclude.clear();
    for (const QString &word : m_include->text().split(u' ', Qt::SkipEmptyParts))
        word.startsWith(u'!') ? draft.source.exclude << word.sliced(1) : draft.source.include << word;
    draft.task = static_cast<TaskKind>(m_task->currentData().toInt());
    draft.prompt = m_prompt->toPlainText();
    draft.labels.clear();
    for (const QString &label : m_labels->text().split(u',', Qt::SkipEmptyParts))
        draft.labels << label.trimmed();
    draft.language = draft.task == TaskKind::Translate ? m_language->text().trimmed() : QString();
    const bool takesFields = draft.task == TaskKind::Prompt || draft.task == TaskKind::Extract;
    m_fieldsProblem->clear();
    draft.schema = {};
    if (takesFields && !m_fields->text().trimmed().isEmpty()) {
        const auto schema = batch::schemaFrom(m_fields->text());
        if (schema)
            draft.schema = *schema;
        else
            m_fieldsProblem->setText(schema.error().message);
    }
    draft.viaProvider = m_provider->isVisibleTo(this) && m_provider->isChecked();
    draft.output = outputFrom();
    m_session.setDraft(draft);
    showTask();
}

void SetUpView::showTask()
{
    const auto task = static_cast<TaskKind>(m_task->currentData().toInt());
    const bool isFree = task == TaskKind::Prompt || task == TaskKind::Rewrite;
    m_promptBox->setVisible(isFree);
    m_variables->setVisible(task == TaskKind::Prompt);
    m_prompt->setPlaceholderText(task == TaskKind::Rewrite
                                     ? tr("How: in plain words, half as long, as a letter …")
                                     : tr("For example: Which deadlines does this name, and for whom?"));
    m_labels->setVisible(task == TaskKind::Classify);
    m_language->setVisible(task == TaskKind::Translate);
    m_fields->setVisible(task == TaskKind::Prompt || task == TaskKind::Extract);
    m_fieldsProblem->setVisible(!m_fieldsProblem->text().isEmpty());
    m_place->setItemText(Beside, tr("Beside the sources"));
    m_format->setEnabled(m_place->currentData().toInt() != Nowhere);
}

void SetUpView::showDraft()
{
    m_isShowing = true;
    const batch::RunSpec &draft = m_session.draft();
    const bool hasSource = !draft.source.paths.isEmpty() || !draft.source.run.isEmpty();
    m_dropZone->setVisible(!hasSource);
    m_chosen->setVisible(hasSource);
    m_sourceName->setText(draft.source.kind == SourceKind::Run ? tr("The results of a former run")
                          : draft.source.paths.size() == 1
                              ? QDir::toNativeSeparators(draft.source.paths.first())
                              : tr("%Ln files and folders", nullptr, static_cast<int>(draft.source.paths.size())));
    m_include->setVisible(draft.source.kind == SourceKind::Files);
    QStringList globs = draft.source.include;
    for (const QString &glob : draft.source.exclude)
        globs << u'!' + glob;
    const auto setLine = [](QLineEdit *line, const QString &text) {
        if (!line->hasFocus() && line->text() != text)
            line->setText(text);
    };
    setLine(m_include, globs.join(u' '));
    m_task->setCurrentIndex(m_task->findData(int(draft.task)));
    if (m_prompt->toPlainText() != draft.prompt)
        m_prompt->setPlainText(draft.prompt);
    setLine(m_labels, draft.labels.join(u", "_s));
    setLine(m_language, draft.language);
    if (m_fieldsProblem->text().isEmpty() && !m_fields->text().endsWith(u".json"_s))
        setLine(m_fields, shortFormOf(draft.schema));
    m_picker->setCurrent(draft.endpoint);
    m_provider->setVisible(draft.endpoint.kind == llm::EndpointKind::OpenAi && !llm::isLocal(draft.endpoint));
    m_provider->setChecked(draft.viaProvider);
    const bool isBeside = !draft.output.folder.isEmpty() && draft.output.folder == batch::folderOf(draft.source);
    m_place->setCurrentIndex(draft.output.folder.isEmpty() ? Nowhere : isBeside ? Beside : IntoFolder);
    if (!draft.output.folder.isEmpty() && !isBeside)
        m_folder = draft.output.folder;
    m_format->setCurrentIndex(m_format->findData(int(draft.output.format)));
    showTask();
    m_isShowing = false;
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
    m_session.setSource(paths);
}

void SetUpView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_splitter->setOrientation(width() < narrow ? Qt::Vertical : Qt::Horizontal);
}

} // namespace quintet::ui
