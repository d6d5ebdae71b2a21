// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/library/promptform.h"

#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace quintet::ui {

using namespace Qt::StringLiterals;

PromptForm::PromptForm(const chat::Prompt &prompt, QWidget *parent) : QDialog(parent)
{
    setObjectName(u"promptForm"_s);
    setWindowTitle(u'/' + prompt.name);
    auto *form = new QFormLayout;
    for (const chat::PromptVariable &variable : chat::variablesOf(prompt.text)) {
        QWidget *field = nullptr;
        if (variable.choices.isEmpty()) {
            field = new QLineEdit(variable.value);
        } else {
            auto *choices = new QComboBox;
            choices->addItems(variable.choices);
            field = choices;
        }
        field->setObjectName(u"variable-"_s + variable.name);
        field->setAccessibleName(variable.name);
        form->addRow(variable.name, field);
        m_fields.insert(variable.name, field);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Insert"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(buttons);
    setMinimumWidth(380);
}

QHash<QString, QString> PromptForm::values() const
{
    QHash<QString, QString> values;
    for (auto field = m_fields.begin(); field != m_fields.end(); ++field) {
        const auto *choices = qobject_cast<const QComboBox *>(field.value());
        values.insert(field.key(),
                      choices ? choices->currentText() : static_cast<const QLineEdit *>(field.value())->text());
    }
    return values;
}

std::optional<QString> textOf(const chat::Prompt &prompt, QWidget *parent)
{
    QHash<QString, QString> values;
    if (!chat::variablesOf(prompt.text).empty()) {
        PromptForm form(prompt, parent);
        if (form.exec() != QDialog::Accepted)
            return std::nullopt;
        values = form.values();
    }
    const QDateTime now = QDateTime::currentDateTime();
    values.insert(u"clipboard"_s, QGuiApplication::clipboard()->text());
    values.insert(u"date"_s, QLocale().toString(now.date(), QLocale::LongFormat));
    values.insert(u"time"_s, QLocale().toString(now.time(), QLocale::ShortFormat));
    return chat::filledIn(prompt.text, values);
}

} // namespace quintet::ui
