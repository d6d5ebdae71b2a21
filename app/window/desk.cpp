// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/desk.h"

#include "ui/agent/agenttab.h"
#include "ui/batch/batchtab.h"
#include "ui/chat/chattab.h"
#include "ui/knowledge/knowledgetab.h"
#include "ui/summarize/summarizetab.h"

namespace quintet {

Desk::Desk(ui::MainWindow &window, const Handovers::Sessions &sessions, const ui::AdviceServices &advice,
           ui::UsageToday &today, const Paths &paths)
    : m_handovers(window, sessions, paths),
      m_commands(window, advice, sessions, m_handovers, paths),
      m_background(window, sessions, today, m_handovers, paths)
{
    joinTabs(window);
    ui::SummarizeSession &summarizing = sessions.summarizing;
    m_commands.setEndpoint(summarizing.endpoint());
    connect(&summarizing, &ui::SummarizeSession::endpointChanged, &m_commands,
            [this, &summarizing] { m_commands.setEndpoint(summarizing.endpoint()); });
    m_commands.applyShortcuts();
    m_restore = std::make_unique<Restore>(window, sessions, paths);
}

void Desk::joinTabs(ui::MainWindow &window)
{
    connect(window.findChild<ui::SummarizeTab *>(), &ui::SummarizeTab::chatAsked, &m_handovers,
            &Handovers::summaryIntoChat);
    auto *chat = window.findChild<ui::ChatTab *>();
    connect(chat, &ui::ChatTab::batchAsked, &m_handovers, &Handovers::filesIntoBatch);
    connect(chat, &ui::ChatTab::patternAsked, &m_handovers, &Handovers::carry);
    connect(window.findChild<ui::BatchTab *>(), &ui::BatchTab::knowledgeAsked, &m_handovers,
            &Handovers::resultsIntoKnowledge);
    auto *knowledge = window.findChild<ui::KnowledgeTab *>();
    connect(knowledge, &ui::KnowledgeTab::agentAsked, &m_handovers, &Handovers::collectionIntoAgent);
    connect(knowledge, &ui::KnowledgeTab::chatAsked, &m_handovers, &Handovers::collectionIntoChat);
    connect(window.findChild<ui::AgentTab *>(), &ui::AgentTab::patternAsked, &m_handovers, &Handovers::carry);
}

} // namespace quintet
