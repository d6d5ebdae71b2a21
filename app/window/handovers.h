// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/paths.h"
#include "ui/agent/agentsession.h"
#include "ui/batch/batchsession.h"
#include "ui/chat/chatsession.h"
#include "ui/drop/given.h"
#include "ui/knowledge/knowledgesession.h"
#include "ui/shell/mainwindow.h"
#include "ui/summarize/summarizesession.h"

namespace quintet {

/// What goes from one tab to another: the tabs do not know each other, so what one of them gives is put into the
/// other's draft here, and nothing is sent or begun by it. Lives on the GUI thread.
class Handovers final : public QObject {
    Q_OBJECT

public:
    /// The sessions between which something can go; all outlive this.
    struct Sessions {
        ui::SummarizeSession &summarizing;
        ui::ChatSession &chatting;
        ui::BatchSession &batch;
        ui::KnowledgeSession &knowing;
        ui::AgentSession &agents;
    };

    Handovers(ui::MainWindow &window, const Sessions &sessions, const Paths &paths);

    /// Something that was typed or dropped, to the tab of that key.
    void carry(const QString &tab, const ui::Given &given);

    /// A new conversation with the text attached and its summary in the composer.
    void summaryIntoChat(const ui::Source &source);

    /// The files of a conversation as the items of a run.
    void filesIntoBatch(const QStringList &paths);

    /// The results of a run as a collection of their own.
    void resultsIntoKnowledge(const QString &run);

    /// A collection for the agent to search, with its tool switched on; a conversation that is answered from one.
    void collectionIntoAgent(const QString &name);
    void collectionIntoChat(const QString &name);

private:
    void startChat();

    ui::MainWindow &m_window;
    Sessions m_sessions;
    Paths m_paths;
};

} // namespace quintet
