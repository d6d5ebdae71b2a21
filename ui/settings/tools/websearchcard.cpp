// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/tools/websearchcard.h"

#include "ui/settings/tools/toolsettingssession.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QBoxLayout>
#include <QLineEdit>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int off = 100; // a group of buttons takes negative numbers for none

} // namespace

WebSearchCard::WebSearchCard(ToolSettingsSession &session) : m_session(session)
{
    setObjectName(u"webSearch"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    m_service = new SegmentedControl(u"webService"_s, tr("Service that searches the web"));
    m_service->add(off, u"webOff"_s, tr("Off"));
    m_service->add(agent::WebService::SearXng, u"webSearxng"_s, u"SearXNG"_s);
    m_service->add(agent::WebService::Brave, u"webBrave"_s, u"Brave"_s);
    m_service->add(agent::WebService::Tavily, u"webTavily"_s, u"Tavily"_s);
    m_url = new QLineEdit;
    m_url->setObjectName(u"webUrl"_s);
    m_url->setAccessibleName(tr("Address of the search service"));
    m_url->setPlaceholderText(u"https://searx.example.org"_s);
    m_key = new QLineEdit;
    m_key->setObjectName(u"webKey"_s);
    m_key->setAccessibleName(tr("Key of the search service"));
    m_key->setEchoMode(QLineEdit::Password);
    m_set = new Button(u"webSet"_s, tr("Use it"), Button::Plain, Button::Small);
    m_note = makeLabel({}, TextStyle::Facts, Tone::Second);
    m_note->setObjectName(u"webNote"_s);
    m_note->setWordWrap(true);
    QBoxLayout *fields = makeRow();
    fields->addWidget(m_url, 2);
    fields->addWidget(m_key, 1);
    fields->addWidget(m_set);
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(m_service, 0, Qt::AlignLeft);
    column->addLayout(fields);
    column->addWidget(m_note);
    setLayout(column);
    connect(m_service, &SegmentedControl::chosen, this, [this](int id) {
        showFields();
        if (id == off)
            m_session.setWeb(std::nullopt, {});
    });
    connect(m_set, &Button::clicked, this, &WebSearchCard::submit);
    connect(m_url, &QLineEdit::returnPressed, this, &WebSearchCard::submit);
    connect(m_key, &QLineEdit::returnPressed, this, &WebSearchCard::submit);
    connect(&m_session, &ToolSettingsSession::changed, this, &WebSearchCard::showState);
    showState();
}

void WebSearchCard::showState()
{
    const ToolSettings &state = m_session.state();
    m_service->setCurrent(state.web ? int(state.web->kind) : off);
    m_url->setText(state.web ? state.web->url.toString() : QString());
    m_key->clear();
    showFields();
    if (!state.web)
        m_note->setText(
            tr("Agents cannot search the web. With a service of yours, they ask before each search unless you "
               "allow it."));
    else if (agent::needsKey(state.web->kind) && !state.hasWebKey)
        m_note->setText(tr("The service needs a key."));
    else
        m_note->setText(tr("Agents may search the web when you allow it; what they look for goes to this service."));
}

void WebSearchCard::showFields()
{
    const int service = m_service->current();
    const bool isOwn = service == agent::WebService::SearXng;
    m_url->setVisible(isOwn);
    m_key->setVisible(service != off);
    m_key->setPlaceholderText(m_session.state().hasWebKey ? tr("The key that is kept")
                              : isOwn                     ? tr("Key, if it needs one")
                                                          : tr("Key"));
    m_set->setVisible(service != off);
}

void WebSearchCard::submit()
{
    const int service = m_service->current();
    if (service == off)
        return;
    const auto kind = static_cast<agent::WebService::Kind>(service);
    const QUrl url = kind == agent::WebService::SearXng ? QUrl(m_url->text().trimmed(), QUrl::StrictMode) : QUrl();
    m_session.setWeb(agent::WebService{kind, url, {}}, m_key->text().trimmed());
}

} // namespace quintet::ui
