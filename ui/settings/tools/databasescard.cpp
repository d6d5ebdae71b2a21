// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/tools/databasescard.h"

#include "ui/settings/tools/toolsettingssession.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace quintet::ui {

using namespace Qt::StringLiterals;

DatabasesCard::DatabasesCard(ToolSettingsSession &session) : m_session(session)
{
    setObjectName(u"databases"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    m_rows = makeColumn(6);
    m_name = makeField(u"databaseName"_s, tr("Name of the database"), tr("Name"));
    m_url = makeField(u"databaseUrl"_s, tr("File or address of the database"),
                      tr("/path/to/file.sqlite or postgresql://user:password@host/database"));
    auto *add = new Button(u"databaseAdd"_s, tr("Add"), Button::Plain, Button::Small);
    connect(add, &Button::clicked, this, &DatabasesCard::submit);
    QBoxLayout *fields = makeRow();
    fields->addWidget(m_name, 1);
    fields->addWidget(m_url, 3);
    fields->addWidget(add);
    QLabel *note =
        makeLabel(tr("SQLite, PostgreSQL, MySQL and MariaDB. Agents only read them; best give an account that may "
                     "do no more. Passwords are kept in the system's keychain."),
                  TextStyle::Facts, Tone::Second);
    note->setWordWrap(true);
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 12, 16, 12);
    column->addLayout(m_rows);
    column->addLayout(fields);
    column->addWidget(note);
    setLayout(column);
    connect(&m_session, &ToolSettingsSession::changed, this, &DatabasesCard::showState);
    connect(&m_session, &ToolSettingsSession::databaseTested, this, &DatabasesCard::showTest);
    showState();
}

QLineEdit *DatabasesCard::makeField(const QString &name, const QString &label, const QString &example)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(example);
    connect(field, &QLineEdit::returnPressed, this, &DatabasesCard::submit);
    return field;
}

QWidget *DatabasesCard::makeRowFor(const QString &name, const QString &url)
{
    auto *address = new ElidedLabel(url, Qt::ElideMiddle);
    address->setFont(fontFor(TextStyle::Facts));
    setTone(address, Tone::Second);
    QLabel *result = makeLabel({}, TextStyle::Facts, Tone::Second);
    result->setObjectName(u"databaseResult-"_s + name);
    result->setWordWrap(true);
    result->hide();
    m_results.insert(name, result);
    QBoxLayout *texts = makeColumn(1);
    texts->addWidget(makeLabel(name, TextStyle::Heading));
    texts->addWidget(address);
    texts->addWidget(result);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(0, 0, 0, 0);
    row->addLayout(texts, 1);
    const auto addButton = [&](const QString &action, const QString &text, Button::Kind kind) {
        auto *button = new Button(action + u'-' + name, text, kind, Button::Small);
        button->setAccessibleName(tr("%1: %2").arg(name, text));
        row->addWidget(button);
        return button;
    };
    connect(addButton(u"databaseTest"_s, tr("Test"), Button::Quiet), &Button::clicked, &m_session,
            [this, name] { m_session.testDatabase(name); });
    connect(
        addButton(u"databaseRemove"_s, tr("Remove"), Button::Destructive), &Button::clicked, &m_session,
        [this, name] { m_session.removeDatabase(name); }, Qt::QueuedConnection);
    auto *widget = new QWidget;
    widget->setLayout(row);
    return widget;
}

void DatabasesCard::showState()
{
    m_results.clear();
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const auto &databases = m_session.state().databases;
    for (auto it = databases.begin(); it != databases.end(); ++it)
        m_rows->addWidget(makeRowFor(it.key(), it.value()));
}

void DatabasesCard::showTest(const QString &name, bool works, const QString &result)
{
    if (QLabel *label = m_results.value(name)) {
        label->setText(result);
        setTone(label, works ? Tone::Second : Tone::Bad);
        label->show();
    }
}

void DatabasesCard::submit()
{
    const QString url = m_url->text().trimmed();
    if (url.isEmpty())
        return;
    // A password does not stay in the field.
    const QString name = m_name->text().trimmed();
    m_session.putDatabase(name.isEmpty() ? url.section(u'/', -1).section(u'?', 0, 0) : name, url);
    m_name->clear();
    m_url->clear();
}

} // namespace quintet::ui
