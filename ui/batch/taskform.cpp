// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/taskform.h"

#include "batch/answer/answerschema.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using batch::TaskKind;

namespace {

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

} // namespace

TaskForm::TaskForm()
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
    connect(m_task, &QComboBox::activated, this, &TaskForm::chosen);
    m_promptBox = makePrompt();
    const auto makeLine = [this](const QString &name, const QString &accessibleName, const QString &placeholder) {
        auto *line = new QLineEdit;
        line->setObjectName(name);
        line->setAccessibleName(accessibleName);
        line->setPlaceholderText(placeholder);
        connect(line, &QLineEdit::textEdited, this, &TaskForm::typed);
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
    column->addWidget(makeLabel(tr("What to do with each"), TextStyle::Small, Tone::Second));
    for (QWidget *widget : {static_cast<QWidget *>(m_task), m_promptBox, static_cast<QWidget *>(m_labels),
                            static_cast<QWidget *>(m_language), static_cast<QWidget *>(m_fields),
                            static_cast<QWidget *>(m_fieldsProblem)})
        column->addWidget(widget);
    setLayout(column);
}

QWidget *TaskForm::makePrompt()
{
    m_prompt = new QPlainTextEdit;
    m_prompt->setObjectName(u"prompt"_s);
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setTabChangesFocus(true);
    m_prompt->setFixedHeight(110);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, &TaskForm::typed);
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
    QBoxLayout *column = makeColumn(6);
    column->addWidget(m_prompt);
    column->addWidget(m_variables);
    auto *box = new QWidget;
    box->setLayout(column);
    return box;
}

void TaskForm::insertVariable(const QString &name)
{
    m_prompt->insertPlainText(u"{{%1}}"_s.arg(name));
    m_prompt->setFocus();
}

void TaskForm::takeInto(batch::RunSpec &spec)
{
    spec.task = static_cast<TaskKind>(m_task->currentData().toInt());
    spec.prompt = m_prompt->toPlainText();
    spec.labels.clear();
    for (const QString &label : m_labels->text().split(u',', Qt::SkipEmptyParts))
        spec.labels << label.trimmed();
    spec.language = spec.task == TaskKind::Translate ? m_language->text().trimmed() : QString();
    const bool takesFields = spec.task == TaskKind::Prompt || spec.task == TaskKind::Extract;
    m_fieldsProblem->clear();
    spec.schema = {};
    if (takesFields && !m_fields->text().trimmed().isEmpty()) {
        const auto schema = batch::schemaFrom(m_fields->text());
        if (schema)
            spec.schema = *schema;
        else
            m_fieldsProblem->setText(schema.error().message);
    }
    fit();
}

void TaskForm::fit()
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
}

void TaskForm::showTask(const batch::RunSpec &spec)
{
    const auto setLine = [](QLineEdit *line, const QString &text) {
        if (!line->hasFocus() && line->text() != text)
            line->setText(text);
    };
    m_task->setCurrentIndex(m_task->findData(int(spec.task)));
    if (m_prompt->toPlainText() != spec.prompt) {
        const QSignalBlocker blocker(m_prompt); // it is not the user who types
        m_prompt->setPlainText(spec.prompt);
    }
    setLine(m_labels, spec.labels.join(u", "_s));
    setLine(m_language, spec.language);
    if (m_fieldsProblem->text().isEmpty() && !m_fields->text().endsWith(u".json"_s))
        setLine(m_fields, shortFormOf(spec.schema));
    fit();
}

} // namespace quintet::ui
