// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/endpointscard.h"

#include "ui/settings/endpointform.h"
#include "ui/settings/settingssession.h"
#include "ui/settings/tabdefaults.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/picture.h"

#include <QBoxLayout>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

ElidedLabel *secondLine(const QString &text)
{
    auto *label = new ElidedLabel(text, Qt::ElideMiddle);
    label->setFont(fontFor(TextStyle::Facts));
    setTone(label, Tone::Second);
    return label;
}

} // namespace

EndpointsCard::EndpointsCard(SettingsSession &session) : m_session(session)
{
    makeNotice();
    m_rows = makeColumn(0);
    QFrame *list = makeCard(u"endpoints"_s);
    list->setLayout(m_rows);
    m_form = new EndpointForm;
    m_form->hide();
    m_add = new Button(u"addEndpoint"_s, tr("Connect a model server…"));
    m_add->setIcon(icon(u"plus"_s));
    connect(m_add, &Button::clicked, this, &EndpointsCard::askForEndpoint);
    const auto closeForm = [this] {
        m_form->forgetKey();
        m_form->hide();
        m_add->show();
    };
    connect(m_form, &EndpointForm::cancelled, this, closeForm);
    connect(m_form, &EndpointForm::submitted, this,
            [this, closeForm](const llm::Endpoint &endpoint, const QString &key) {
                m_error->hide();
                m_notice->hide();
                const QString before = m_form->formerName();
                const bool isRenamed = !before.isEmpty() && before != endpoint.name;
                if (!(isRenamed ? m_session.rename(before, endpoint, key) : m_session.put(endpoint, key)))
                    return;
                closeForm();
                m_connected = endpoint.name;
                m_tests.remove(endpoint.name);
                // With a key, once that is kept: a test without it would be refused.
                if (key.isEmpty() && !isRenamed)
                    m_session.test(endpoint.name);
            });
    connect(&m_session, &SettingsSession::keyKept, this, [this](const QString &endpoint) { m_session.test(endpoint); });
    QBoxLayout *column = makeColumn(10);
    for (QWidget *widget : {static_cast<QWidget *>(m_error), static_cast<QWidget *>(m_notice),
                            static_cast<QWidget *>(list), static_cast<QWidget *>(m_form)})
        column->addWidget(widget);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    column->addWidget(new TabDefaults(session));
    setLayout(column);
    follow();
    showEndpoints();
}

void EndpointsCard::makeNotice()
{
    m_error = new ErrorStrip(u"settingsError"_s);
    m_notice = new QFrame;
    m_notice->setObjectName(u"settingsNotice"_s);
    m_notice->setProperty("look", u"notice"_s);
    m_notice->setFrameShape(QFrame::StyledPanel);
    m_noticeText = makeLabel({}, TextStyle::Base);
    m_noticeText->setWordWrap(true);
    m_undo = new Button(u"undoRemoval"_s, tr("Undo"), Button::Plain, Button::Small);
    auto *dismiss = new Button(u"noticeClose"_s, tr("Dismiss"), Button::Quiet, Button::Small);
    QBoxLayout *noticeRow = makeRow();
    noticeRow->setContentsMargins(14, 8, 10, 8);
    noticeRow->addWidget(m_noticeText, 1);
    noticeRow->addWidget(m_undo);
    noticeRow->addWidget(dismiss);
    m_notice->setLayout(noticeRow);
    m_notice->hide();
    connect(dismiss, &Button::clicked, m_notice, &QWidget::hide);
    connect(m_undo, &Button::clicked, this, [this] {
        m_notice->hide();
        m_session.undoRemoval();
    });
}

void EndpointsCard::follow()
{
    connect(&m_session, &SettingsSession::changed, this, &EndpointsCard::showEndpoints);
    connect(&m_session, &SettingsSession::foundChanged, this, &EndpointsCard::showEndpoints);
    // Whoever connects a first model wants to use it, once it answers.
    connect(&m_session, &SettingsSession::tested, this, [this](const QString &name, bool works) {
        if (!works || name != m_connected)
            return;
        m_connected.clear();
        if (m_session.defaultName() == llm::builtinEndpoint().name)
            m_session.setDefault(name);
    });
    connect(&m_session, &SettingsSession::tested, this, &EndpointsCard::showTest);
    connect(&m_session, &SettingsSession::failed, m_error,
            [this](const Error &error) { m_error->showError(error.message); });
    connect(&m_session, &SettingsSession::keyKept, this, [this](const QString &name, bool forGood) {
        m_noticeText->setText(
            forGood ? tr("The key of %1 is kept in the system's keychain.").arg(name)
                    : tr("No keychain answers here, so the key of %1 is kept until Quintet closes. To keep it "
                         "for good, put it into an environment variable and name that.")
                          .arg(name));
        m_undo->hide();
        m_notice->show();
    });
    connect(&m_session, &SettingsSession::removed, this, [this](const QString &name) {
        m_noticeText->setText(tr("%1 was removed.").arg(name));
        m_undo->show();
        m_notice->show();
    });
}

void EndpointsCard::askForEndpoint()
{
    m_add->hide();
    m_form->show();
    m_form->startNew();
    Q_EMIT formShown(m_form);
}

void EndpointsCard::showEndpoints()
{
    m_results.clear();
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const QString used = m_session.defaultName();
    m_rows->addWidget(makeEndpointRow(llm::builtinEndpoint(), used == llm::builtinEndpoint().name));
    const auto endpoints = m_session.endpoints();
    for (const llm::Endpoint &endpoint : endpoints) {
        m_rows->addWidget(makeHairline());
        m_rows->addWidget(makeEndpointRow(endpoint, endpoint.name == used));
    }
    for (size_t i = 0; i < m_session.found().size(); ++i) {
        const bool isKnown = std::ranges::contains(endpoints, m_session.found()[i].baseUrl, &llm::Endpoint::baseUrl);
        if (isKnown)
            continue;
        m_rows->addWidget(makeHairline());
        m_rows->addWidget(makeFoundRow(i));
    }
}

QWidget *EndpointsCard::makeEndpointRow(const llm::Endpoint &endpoint, bool isDefault)
{
    const bool isBuiltin = endpoint.kind == llm::EndpointKind::Builtin;
    auto *result = makeLabel({}, TextStyle::Facts, Tone::Second);
    result->setObjectName(u"result-%1"_s.arg(endpoint.name));
    result->setWordWrap(true);
    result->hide();
    if (const auto test = m_tests.constFind(endpoint.name); test != m_tests.cend())
        showResult(result, *test);
    m_results.insert(endpoint.name, result);
    QBoxLayout *texts = makeColumn(1);
    texts->addWidget(makeLabel(isBuiltin ? tr("Built-in") : endpoint.name, TextStyle::Heading));
    texts->addWidget(secondLine(isBuiltin ? tr("Quotes the key sentences; needs no model and no network")
                                : endpoint.model.isEmpty()
                                    ? endpoint.baseUrl.toString()
                                    : tr("%1 · %2").arg(endpoint.baseUrl.toString(), endpoint.model)));
    if (isInTheClear(endpoint)) {
        auto *clear = makeLabel(tr("Not encrypted: anybody on the way can read the texts and the key. Use https if the "
                                   "server has it."),
                                TextStyle::Facts, Tone::Bad);
        clear->setWordWrap(true);
        texts->addWidget(clear);
    }
    texts->addWidget(result);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(16, 10, 12, 10);
    row->addWidget(new Picture(icon(isBuiltin ? u"builtin"_s : u"server"_s), 20));
    row->addSpacing(4);
    row->addLayout(texts, 1);
    const auto addButton = [&](const QString &action, const QString &text, Button::Kind kind) {
        auto *button = new Button(u"%1-%2"_s.arg(action, endpoint.name), text, kind, Button::Small);
        button->setAccessibleName(tr("%1: %2").arg(endpoint.name, text));
        row->addWidget(button);
        return button;
    };
    if (isDefault) {
        auto *badge = makeLabel(tr("In use"), TextStyle::Facts, Tone::Accent);
        badge->setProperty("look", u"badge"_s);
        badge->setFrameShape(QFrame::StyledPanel);
        badge->setContentsMargins(8, 0, 8, 0);
        badge->setFixedHeight(20);
        row->addWidget(badge);
    } else {
        connect(
            addButton(u"use"_s, tr("Use"), Button::Plain), &Button::clicked, &m_session,
            [this, name = endpoint.name] {
                m_connected.clear();
                m_session.setDefault(name);
            },
            Qt::QueuedConnection);
    }
    if (isBuiltin)
        return wrap(row);
    connect(addButton(u"test"_s, tr("Test"), Button::Quiet), &Button::clicked, &m_session,
            [this, name = endpoint.name] {
                showTest(name, true, tr("Asking…"));
                m_session.test(name);
            });
    connect(addButton(u"edit"_s, tr("Edit…"), Button::Quiet), &Button::clicked, this, [this, endpoint] {
        m_add->hide();
        m_form->show();
        m_form->startEditing(endpoint);
    });
    connect(
        addButton(u"remove"_s, tr("Remove"), Button::Destructive), &Button::clicked, &m_session,
        [this, name = endpoint.name] { m_session.remove(name); }, Qt::QueuedConnection);
    return wrap(row);
}

QWidget *EndpointsCard::makeFoundRow(size_t server)
{
    const llm::FoundServer &found = m_session.found()[server];
    QBoxLayout *texts = makeColumn(1);
    texts->addWidget(makeLabel(found.provider.name, TextStyle::Heading));
    texts->addWidget(secondLine(found.needsKey ? tr("Found on this computer; it wants its key")
                                               : tr("Found on this computer: %1").arg(found.models.join(u", "_s))));
    auto *use = new Button(u"useFound-%1"_s.arg(found.provider.id), tr("Use"), Button::Plain, Button::Small);
    use->setAccessibleName(tr("Use %1").arg(found.provider.name));
    connect(
        use, &Button::clicked, this,
        [this, found] {
            if (!found.needsKey) {
                m_session.use(found);
                return;
            }
            askForEndpoint();
            m_form->startNewAt(found);
        },
        Qt::QueuedConnection);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(16, 10, 12, 10);
    row->addWidget(new Picture(icon(u"server"_s), 20, QIcon::Disabled));
    row->addSpacing(4);
    row->addLayout(texts, 1);
    row->addWidget(use);
    return wrap(row);
}

void EndpointsCard::showTest(const QString &name, bool works, const QString &result)
{
    m_tests.insert(name, {works, result});
    if (QLabel *label = m_results.value(name))
        showResult(label, m_tests.value(name));
}

void EndpointsCard::showResult(QLabel *label, const Test &test)
{
    label->setText(test.result);
    setTone(label, test.works ? Tone::Second : Tone::Bad);
    label->show();
}

} // namespace quintet::ui
