// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatoptions.h"

#include "ui/chat/chatsession.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QInputDialog>
#include <QPlainTextEdit>
#include <QSpinBox>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

// Below what is allowed, so that the smallest value stands for "not set".
constexpr double unsetTemperature = -0.1;
constexpr double unsetTopP = -0.05;

const QStringList &efforts()
{
    static const QStringList all{{}, u"none"_s, u"minimal"_s, u"low"_s, u"medium"_s, u"high"_s, u"xhigh"_s};
    return all;
}

QDoubleSpinBox *makeNumber(const QString &name, double unset, double most, double step)
{
    auto *number = new QDoubleSpinBox;
    number->setObjectName(name);
    number->setRange(unset, most);
    number->setSingleStep(step);
    number->setDecimals(step < 0.1 ? 2 : 1);
    number->setSpecialValueText(ChatOptions::tr("the model's own"));
    return number;
}

} // namespace

ChatOptions::ChatOptions(ChatSession &session) : m_session(session)
{
    setObjectName(u"chatOptionsPane"_s);
    auto *title = makeLabel(tr("Options"), TextStyle::Title);
    auto *close = new Button(u"chatOptionsClose"_s, {}, Button::Quiet, Button::Small);
    close->setIcon(icon(u"close"_s));
    close->setAccessibleName(tr("Close the options"));
    connect(close, &Button::clicked, this, &ChatOptions::closeAsked);
    QBoxLayout *head = makeRow();
    head->addWidget(title, 1);
    head->addWidget(close);

    auto *systemLabel = makeLabel(tr("System prompt"), TextStyle::Heading);
    m_system = new QPlainTextEdit;
    m_system->setObjectName(u"systemPrompt"_s);
    m_system->setAccessibleName(tr("System prompt"));
    m_system->setPlaceholderText(tr("What the model is told before everything else"));
    m_system->setTabChangesFocus(true);
    m_system->setMinimumHeight(90);
    m_system->setMaximumHeight(260);
    systemLabel->setBuddy(m_system);
    auto *library = new Button(u"promptLibrary"_s, tr("Prompt library…"), Button::Quiet, Button::Small);
    connect(library, &Button::clicked, this, &ChatOptions::libraryAsked);

    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 12, 16, 16);
    column->addLayout(head);
    column->addWidget(makePresets());
    column->addWidget(systemLabel);
    column->addWidget(m_system, 100);
    column->addWidget(makeParameters());
    column->addWidget(library, 0, Qt::AlignLeft);
    column->addStretch(1);
    setLayout(column);
    setBackgroundRole(QPalette::Window);
    setAutoFillBackground(true);

    connect(m_system, &QPlainTextEdit::textChanged, this, &ChatOptions::change);
    connect(&m_session, &ChatSession::currentChanged, this, &ChatOptions::showSettings);
    connect(&m_session, &ChatSession::endpointChanged, this, &ChatOptions::showSettings);
    connect(&m_session, &ChatSession::libraryChanged, this, &ChatOptions::showPresets);
    showPresets();
    showSettings();
}

QWidget *ChatOptions::makePresets()
{
    m_presets = new QComboBox;
    m_presets->setObjectName(u"presets"_s);
    m_presets->setAccessibleName(tr("Preset"));
    auto *keep = new Button(u"presetKeep"_s, tr("Keep…"), Button::Plain, Button::Small);
    keep->setToolTip(tr("Keep these options as a preset"));
    auto *forget = new Button(u"presetForget"_s, tr("Forget"), Button::Quiet, Button::Small);
    forget->setToolTip(tr("Remove the preset that is chosen"));
    connect(m_presets, &QComboBox::activated, this, &ChatOptions::takePreset);
    connect(keep, &Button::clicked, this, &ChatOptions::keepPreset);
    connect(forget, &Button::clicked, this, [this] {
        const auto &all = m_session.presets();
        const auto preset = std::ranges::find(all, m_presets->currentText(), &chat::Preset::name);
        if (m_presets->currentIndex() <= 0 || preset == all.end())
            return;
        m_removed = *preset;
        m_undo->showError(tr("Forgotten: %1").arg(m_removed.name), tr("Undo"));
        m_session.removePreset(m_removed.name);
    });
    m_undo = new ErrorStrip(u"presetUndo"_s, {}, ErrorStrip::Notice);
    connect(m_undo, &ErrorStrip::actionChosen, this, [this] {
        m_undo->hide();
        m_session.keepPreset(m_removed);
    });
    QBoxLayout *row = makeRow();
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_presets, 1);
    row->addWidget(keep);
    row->addWidget(forget);
    QBoxLayout *column = makeColumn();
    column->addLayout(row);
    column->addWidget(m_undo);
    return wrap(column);
}

QWidget *ChatOptions::makeParameters()
{
    m_temperature = makeNumber(u"temperature"_s, unsetTemperature, 2, 0.1);
    m_topP = makeNumber(u"topP"_s, unsetTopP, 1, 0.05);
    m_maxTokens = new QSpinBox;
    m_maxTokens->setObjectName(u"maxTokens"_s);
    m_maxTokens->setRange(0, 1'000'000);
    m_maxTokens->setSingleStep(256);
    m_maxTokens->setGroupSeparatorShown(true);
    m_maxTokens->setSpecialValueText(tr("the model's own"));
    m_effort = new QComboBox;
    m_effort->setObjectName(u"reasoningEffort"_s);
    for (const QString &effort : efforts())
        m_effort->addItem(effort.isEmpty() ? tr("the model's own") : effort, effort);
    m_json = new QCheckBox(tr("Answer with a JSON object"));
    m_json->setObjectName(u"jsonMode"_s);
    m_json->setAccessibleName(m_json->text());
    auto *form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    const std::pair<QString, QWidget *> rows[] = {{tr("Temperature"), m_temperature},
                                                  {tr("Top p"), m_topP},
                                                  {tr("Most tokens"), m_maxTokens},
                                                  {tr("Reasoning"), m_effort}};
    for (const auto &[label, field] : rows) {
        field->setAccessibleName(label);
        form->addRow(label, field);
    }
    form->addRow(m_json);
    connect(m_temperature, &QDoubleSpinBox::valueChanged, this, &ChatOptions::change);
    connect(m_topP, &QDoubleSpinBox::valueChanged, this, &ChatOptions::change);
    connect(m_maxTokens, &QSpinBox::valueChanged, this, &ChatOptions::change);
    connect(m_effort, &QComboBox::activated, this, &ChatOptions::change);
    connect(m_json, &QCheckBox::toggled, this, &ChatOptions::change);
    auto *parameters = new QWidget;
    parameters->setLayout(form);
    return parameters;
}

void ChatOptions::showSettings()
{
    const chat::Settings &settings = m_session.current().conversation().settings();
    m_isShowing = true;
    if (m_system->toPlainText() != settings.system)
        m_system->setPlainText(settings.system);
    m_temperature->setValue(settings.parameters.temperature.value_or(unsetTemperature));
    m_topP->setValue(settings.parameters.topP.value_or(unsetTopP));
    m_maxTokens->setValue(settings.parameters.maxTokens.value_or(0));
    m_effort->setCurrentIndex(std::max<int>(0, int(efforts().indexOf(settings.parameters.reasoningEffort))));
    m_json->setChecked(settings.json);
    m_isShowing = false;
}

void ChatOptions::showPresets()
{
    const QString before = m_presets->currentIndex() > 0 ? m_presets->currentText() : QString();
    m_presets->clear();
    m_presets->addItem(tr("Choose a preset…"));
    for (const chat::Preset &preset : m_session.presets())
        m_presets->addItem(preset.name);
    m_presets->setCurrentIndex(std::max(0, before.isEmpty() ? 0 : m_presets->findText(before)));
}

void ChatOptions::change()
{
    if (m_isShowing)
        return;
    chat::Settings settings = m_session.current().conversation().settings();
    settings.system = m_system->toPlainText();
    settings.parameters.temperature = m_temperature->value() < 0 ? std::nullopt : std::optional(m_temperature->value());
    settings.parameters.topP = m_topP->value() < 0 ? std::nullopt : std::optional(m_topP->value());
    settings.parameters.maxTokens = m_maxTokens->value() == 0 ? std::nullopt : std::optional(m_maxTokens->value());
    settings.parameters.reasoningEffort = m_effort->currentData().toString();
    settings.json = m_json->isChecked();
    m_session.current().setSettings(settings);
}

void ChatOptions::takePreset(int place)
{
    const auto &presets = m_session.presets();
    if (place < 1 || place > int(presets.size()))
        return;
    chat::Settings settings = presets[size_t(place) - 1].settings;
    // A preset says how to answer; which collections are consulted is the conversation's own.
    settings.collections = m_session.current().conversation().settings().collections;
    m_session.current().setSettings(settings);
}

void ChatOptions::keepPreset()
{
    const QString name = QInputDialog::getText(this, tr("Keep as a preset"), tr("Name"), QLineEdit::Normal,
                                               m_presets->currentIndex() > 0 ? m_presets->currentText() : QString());
    if (!name.trimmed().isEmpty())
        m_session.keepPreset({name.trimmed(), m_session.current().conversation().settings()});
}

} // namespace quintet::ui
