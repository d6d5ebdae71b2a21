// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/tabdefaults.h"

#include "ui/settings/settingssession.h"
#include "ui/theme/label.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFrame>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int fieldWidth = 132; // five stand side by side

} // namespace

TabDefaults::TabDefaults(SettingsSession &session) : m_session(session)
{
    setObjectName(u"tabDefaults"_s);
    auto *flow = new FlowLayout(12);
    flow->setContentsMargins(16, 12, 16, 14);
    for (const auto &[pattern, tab] : {std::pair(u"summarize"_s, tr("Summarize")),
                                       {u"chat"_s, tr("Chat")},
                                       {u"batch"_s, tr("Batch")},
                                       {u"knowledge"_s, tr("Knowledge")},
                                       {u"agent"_s, tr("Agent")}}) {
        auto *box = new QComboBox;
        box->setObjectName(u"default-%1"_s.arg(pattern));
        box->setAccessibleName(tr("Endpoint that %1 asks").arg(tab));
        box->setFixedWidth(fieldWidth);
        connect(box, &QComboBox::activated, this,
                [this, box, pattern] { m_session.setTabDefault(pattern, box->currentData().toString()); });
        QBoxLayout *field = makeColumn(4);
        field->addWidget(makeLabel(tab, TextStyle::Small, Tone::Second));
        field->addWidget(box);
        flow->addWidget(wrap(field));
        m_fields.push_back({pattern, box});
    }
    QFrame *card = makeCard(u"tabDefaultsCard"_s);
    card->setLayout(flow);
    QBoxLayout *column = makeColumn(8);
    column->addWidget(makeLabel(tr("What each tab asks, if not the endpoint in use:"), TextStyle::Facts, Tone::Second));
    column->addWidget(card);
    setLayout(column);
    connect(&m_session, &SettingsSession::changed, this, &TabDefaults::showDefaults);
    showDefaults();
}

void TabDefaults::showDefaults()
{
    const auto endpoints = m_session.endpoints();
    if (parentWidget() || endpoints.empty()) // else it would be a window by itself
        setVisible(!endpoints.empty());
    for (const Field &field : m_fields) {
        field.endpoint->clear();
        field.endpoint->addItem(tr("In use"), QString());
        field.endpoint->addItem(tr("Built-in"), llm::builtinEndpoint().name);
        for (const llm::Endpoint &endpoint : endpoints)
            field.endpoint->addItem(endpoint.name, endpoint.name);
        field.endpoint->setCurrentIndex(std::max(0, field.endpoint->findData(m_session.tabDefault(field.pattern))));
    }
}

} // namespace quintet::ui
