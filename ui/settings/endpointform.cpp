// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/endpointform.h"

#include "ui/settings/connectionfields.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>

namespace quintet::ui {

using namespace Qt::StringLiterals;

EndpointForm::EndpointForm()
{
    setObjectName(u"endpointForm"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_provider = new QComboBox;
    m_provider->setObjectName(u"endpointProvider"_s);
    m_provider->setAccessibleName(tr("Kind of server"));
    for (const llm::Provider &provider : llm::providers())
        m_provider->addItem(provider.name, provider.id);
    m_provider->addItem(tr("Another, OpenAI-compatible"), QString());
    m_provider->setMaxVisibleItems(20);
    form->addRow(makeLabel(tr("Server"), TextStyle::Base, Tone::Second), m_provider);
    m_url = addField(form, u"endpointUrl"_s, tr("Base URL"), tr("http://HOST:PORT/v1"));
    m_name = addField(form, u"endpointName"_s, tr("Name"), tr("What it is called here"));
    m_key = addField(form, u"endpointKey"_s, tr("Key"), tr("Kept in the system's keychain, never in a file"));
    m_key->setEchoMode(QLineEdit::Password);
    m_variable = addField(form, u"endpointVariable"_s, tr("or variable"),
                          tr("Name of an environment variable that holds the key"));
    m_model = addField(form, u"endpointModel"_s, tr("Model"), tr("The server's first"));
    m_connection = new ConnectionFields;
    m_connection->hide();
    m_more = new Button(u"endpointMore"_s, tr("Limits, headers, proxy…"), Button::Quiet, Button::Small);
    m_more->setCheckable(true);
    connect(m_more, &Button::toggled, m_connection, &QWidget::setVisible);
    auto *save = new Button(u"endpointSave"_s, tr("Save"), Button::Primary);
    auto *cancel = new Button(u"endpointCancel"_s, tr("Cancel"), Button::Quiet);
    QBoxLayout *buttons = makeRow();
    buttons->addWidget(m_more);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    QBoxLayout *column = makeColumn(12);
    column->setContentsMargins(18, 16, 18, 14);
    column->addLayout(form);
    column->addWidget(m_connection);
    column->addLayout(buttons);
    setLayout(column);
    connect(m_provider, &QComboBox::activated, this, [this] {
        m_isProviderChosen = true;
        takeProvider();
    });
    connect(save, &Button::clicked, this, &EndpointForm::submit);
    connect(cancel, &Button::clicked, this, &EndpointForm::cancelled);
    for (QLineEdit *field : {m_url, m_name, m_key, m_variable, m_model})
        connect(field, &QLineEdit::returnPressed, this, &EndpointForm::submit);
}

QLineEdit *EndpointForm::addField(QFormLayout *form, const QString &name, const QString &label, const QString &hint)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(hint);
    form->addRow(makeLabel(label, TextStyle::Base, Tone::Second), field);
    return field;
}

void EndpointForm::startNew()
{
    m_before = {};
    m_connection->showEndpoint(m_before);
    m_more->setChecked(false);
    m_key->clear();
    m_model->clear();
    m_provider->setCurrentIndex(0);
    takeProvider();
    m_provider->setFocus();
}

void EndpointForm::startNewAt(const llm::FoundServer &server)
{
    startNew();
    m_provider->setCurrentIndex(m_provider->findData(server.provider.id));
    takeProvider();
    m_url->setText(server.baseUrl.toString());
    m_key->setFocus();
}

void EndpointForm::startEditing(const llm::Endpoint &endpoint)
{
    const auto &all = llm::providers();
    const llm::Provider *provider = llm::providerAt(endpoint.baseUrl);
    m_provider->setCurrentIndex(static_cast<int>(provider ? provider - all.data() : std::ssize(all)));
    m_before = endpoint;
    m_isProviderChosen = false;
    m_connection->showEndpoint(endpoint);
    m_more->setChecked(false);
    m_url->setText(endpoint.baseUrl.toString());
    m_name->setText(endpoint.name);
    m_variable->setText(endpoint.keyVariable);
    m_model->setText(endpoint.model);
    m_key->clear();
    m_url->setFocus();
}

void EndpointForm::takeProvider()
{
    const auto index = static_cast<size_t>(m_provider->currentIndex());
    if (index >= llm::providers().size()) {
        m_url->clear();
        m_name->clear();
        m_variable->clear();
        m_url->setFocus();
        return;
    }
    const llm::Provider &provider = llm::providers()[index];
    m_url->setText(provider.baseUrl.toString());
    m_name->setText(provider.id);
    // Whoever has the key in the environment already need not give it again.
    const bool isSet =
        !provider.keyVariable.isEmpty() && qEnvironmentVariableIsSet(provider.keyVariable.toUtf8().constData());
    m_variable->setText(isSet ? provider.keyVariable : QString());
}

void EndpointForm::submit()
{
    const auto index = static_cast<size_t>(m_provider->currentIndex());
    llm::Endpoint endpoint = m_connection->applied(m_before);
    endpoint.name = m_name->text().trimmed();
    if (index < llm::providers().size() && (m_isProviderChosen || m_before.name.isEmpty()))
        endpoint.kind = llm::providers()[index].kind;
    else if (m_before.name.isEmpty())
        endpoint.kind = llm::EndpointKind::OpenAi;
    const QString url = m_url->text().trimmed();
    endpoint.baseUrl = QUrl(url.contains("://"_L1) || url.isEmpty() ? url : "http://"_L1 + url);
    endpoint.model = m_model->text().trimmed();
    // A key that was typed is meant to be used.
    endpoint.keyVariable = m_key->text().trimmed().isEmpty() ? m_variable->text().trimmed() : QString();
    Q_EMIT submitted(endpoint, m_key->text().trimmed());
}

void EndpointForm::forgetKey()
{
    m_key->clear();
}

} // namespace quintet::ui
