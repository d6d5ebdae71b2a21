// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/tooldialog.h"

#include "ui/agent/steps/codebox.h"
#include "ui/agent/steps/gridview.h"
#include "ui/theme/label.h"
#include "ui/transcript/rows/codehighlighter.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageBox>
#include <QPlainTextEdit>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int argumentsHeight = 110;

QJsonValue sampleOf(const QJsonObject &schema)
{
    const QJsonValue type = schema[u"type"].isArray() ? schema[u"type"].toArray().first() : schema[u"type"];
    if (type == u"integer"_s || type == u"number"_s)
        return schema[u"minimum"].toDouble(1);
    if (type == u"boolean"_s)
        return false;
    if (type == u"array"_s)
        return QJsonArray();
    if (type == u"object"_s)
        return QJsonObject();
    return QString();
}

} // namespace

QString sampleArguments(const QJsonObject &schema)
{
    QJsonObject sample;
    for (const QJsonValue name : schema[u"required"].toArray())
        sample[name.toString()] = sampleOf(schema[u"properties"][name.toString()].toObject());
    return QString::fromUtf8(QJsonDocument(sample).toJson(QJsonDocument::Indented)).trimmed();
}

ToolDialog::ToolDialog(AgentSession &session, const QString &tool, QWidget *parent)
    : QDialog(parent),
      m_session(session),
      m_highlighter(new CodeHighlighter(this)),
      m_tools(new QComboBox),
      m_description(makeLabel({}, TextStyle::Small, Tone::Second)),
      m_arguments(new QPlainTextEdit),
      m_call(new Button(u"callTool"_s, tr("Call"), Button::Primary)),
      m_column(makeColumn(10))
{
    setObjectName(u"toolDialog"_s);
    setWindowTitle(tr("Call a tool by hand"));
    resize(640, 560);
    m_tools->setObjectName(u"toolChoice"_s);
    m_tools->setAccessibleName(tr("Tool"));
    for (const agent::ToolFacts &facts : m_session.tools())
        m_tools->addItem(u"%1 · %2"_s.arg(facts.title, facts.name), facts.name);
    m_tools->setCurrentIndex(std::max(0, m_tools->findData(tool)));
    m_description->setWordWrap(true);
    m_arguments->setObjectName(u"toolArguments"_s);
    m_arguments->setAccessibleName(tr("Arguments as JSON"));
    m_arguments->setFont(fontFor(TextStyle::Code));
    m_arguments->setFixedHeight(argumentsHeight);
    m_arguments->setTabChangesFocus(true);
    QBoxLayout *row = makeRow();
    row->addWidget(m_tools, 1);
    row->addWidget(m_call);
    m_column->setContentsMargins(16, 16, 16, 16);
    m_column->addLayout(row);
    m_column->addWidget(m_description);
    m_column->addWidget(m_arguments);
    m_column->addStretch(1);
    setLayout(m_column);
    connect(m_tools, &QComboBox::currentIndexChanged, this, &ToolDialog::showTool);
    connect(m_call, &Button::clicked, this, &ToolDialog::call);
    connect(&m_session, &AgentSession::calledByHand, this, &ToolDialog::showResult);
    showTool();
}

const agent::ToolFacts *ToolDialog::chosen() const
{
    const auto &tools = m_session.tools();
    const auto found = std::ranges::find(tools, m_tools->currentData().toString(), &agent::ToolFacts::name);
    return found == tools.end() ? nullptr : &*found;
}

void ToolDialog::showTool()
{
    const agent::ToolFacts *facts = chosen();
    m_description->setText(facts ? facts->description : QString());
    m_arguments->setPlainText(facts ? sampleArguments(facts->schema) : QString());
}

void ToolDialog::call()
{
    const agent::ToolFacts *facts = chosen();
    QJsonParseError error{};
    const QJsonDocument arguments = QJsonDocument::fromJson(m_arguments->toPlainText().toUtf8(), &error);
    if (!facts)
        return;
    if (!arguments.isObject()) {
        showResult(failure(ErrorKind::BadInput, tr("The arguments are no JSON object: %1.").arg(error.errorString())));
        return;
    }
    if (facts->effect != agent::Effect::Reads) {
        const QString question = facts->effect == agent::Effect::Writes ? tr("This changes something. Call it?")
                                                                        : tr("This sends words of yours to others. "
                                                                             "Call it?");
        if (QMessageBox::question(this, facts->title, question) != QMessageBox::Yes)
            return;
    }
    m_call->setEnabled(false);
    m_session.callByHand(facts->name, arguments.object());
}

void ToolDialog::place(QWidget *widget)
{
    delete m_result;
    m_result = widget;
    m_column->insertWidget(m_column->count() - 1, widget);
}

void ToolDialog::showResult(const Result<agent::ToolResult> &result)
{
    m_call->setEnabled(true);
    if (!result) {
        QLabel *label = makeLabel(result.error().message, TextStyle::Base, Tone::Bad);
        label->setObjectName(u"toolFailure"_s);
        label->setWordWrap(true);
        place(label);
    } else if (result->grid && !result->grid->columns.isEmpty()) {
        place(new GridView(*result->grid));
    } else {
        place(new CodeBox(u"toolResult"_s, result->text, {}, *m_highlighter));
    }
}

} // namespace quintet::ui
