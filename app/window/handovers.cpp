// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/handovers.h"

#include "ui/shell/startpage.h"

#include <QDir>
#include <QFile>

namespace quintet {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostOfAFolder = 50; ///< files that a tab takes from a folder that is not made for many

/// For a tab that takes single files: a folder stands for the files right in it.
ui::Given withFoldersOpened(ui::Given given)
{
    QStringList paths = given.files();
    for (const QString &folder : given.folders()) {
        const QStringList names = QDir(folder).entryList(QDir::Files | QDir::Readable, QDir::Name);
        for (const QString &name : names.first(std::min(names.size(), mostOfAFolder)))
            paths << QDir(folder).filePath(name);
    }
    given.paths = paths;
    return given;
}

} // namespace

Handovers::Handovers(ui::MainWindow &window, const Sessions &sessions, const Paths &paths)
    : m_window(window),
      m_sessions(sessions),
      m_paths(paths)
{
}

void Handovers::carry(const QString &tab, const ui::Given &given)
{
    if (tab == u"chat")
        startChat();
    if (m_window.give(tab, tab == u"chat" ? withFoldersOpened(given) : given))
        return;
    // The tab is shown, to say what it lacks; what was wanted is not lost.
    m_window.start().receive(given);
    m_window.showPage(tab);
}

/// What is being written somewhere stays there, and what is carried over is kept.
void Handovers::startChat()
{
    ui::OpenChat &current = m_sessions.chatting.current();
    if (current.isTemporary() || !current.conversation().isEmpty() || !current.draftText().isEmpty()
        || !current.files().empty())
        m_sessions.chatting.startNew();
}

void Handovers::summaryIntoChat(const ui::Source &source)
{
    startChat();
    ui::OpenChat &chat = m_sessions.chatting.current();
    if (QFile::exists(source.origin))
        chat.addFiles({source.origin});
    else if (source.content)
        chat.addBytes(source.content->document.text.toUtf8(), source.name + u".txt"_s);
    else
        chat.addBytes(m_sessions.summarizing.sources().typedText().toUtf8(), tr("text.txt"));
    if (source.summary)
        chat.setDraftText(tr("This is its summary:") + u"\n\n"_s + source.summary->summary.text + u"\n\n"_s);
    Q_EMIT chat.draftReplaced();
    m_window.showPage(u"chat"_s);
}

void Handovers::filesIntoBatch(const QStringList &paths)
{
    carry(u"batch"_s, {{}, paths, {}, {}});
}

void Handovers::resultsIntoKnowledge(const QString &id)
{
    const batch::Run *run = m_sessions.batch.find(id);
    if (!run)
        return;
    const QString title = tr("Results of %1").arg(run->name);
    QString name = title;
    const auto &collections = m_sessions.knowing.collections();
    for (int i = 2; std::ranges::contains(collections, name, [](const auto &each) { return each.info.settings.name; });
         ++i)
        name = tr("%1 (%2)", "a further one of that name").arg(title).arg(i);
    const auto make = [this, name](const QString &path) {
        m_sessions.knowing.create(name, {path});
        m_window.showPage(u"knowledge"_s);
    };
    // Files of the run's own, apart from those that it was made from, are read where they lie.
    const QString folder = run->spec.output.folder;
    if (!folder.isEmpty() && !run->spec.source.paths.contains(folder) && QDir(folder).exists())
        return make(folder);
    const QString path = m_paths.dataFolder + u"/drafts/results/"_s + id + u".md"_s;
    QDir().mkpath(m_paths.dataFolder + u"/drafts/results"_s);
    auto *waiting = new QObject(this); // until this one is written; others may be exported meanwhile
    connect(&m_sessions.batch, &ui::BatchSession::exported, waiting, [make, path, waiting](const QString &written) {
        if (written != path)
            return;
        waiting->deleteLater();
        make(path);
    });
    m_sessions.batch.exportRun(id, batch::OutputFormat::Markdown, path);
}

void Handovers::collectionIntoAgent(const QString &name)
{
    agent::Workplace workplace = m_sessions.agents.draft().workplace;
    if (!workplace.collections.contains(name))
        workplace.collections << name;
    // A choice of tools that leaves the search out would make it useless.
    const QString tool = u"search_knowledge"_s;
    if (!workplace.tools.isEmpty() && !workplace.tools.contains(tool))
        workplace.tools << tool;
    m_sessions.agents.startNew();
    m_sessions.agents.setWorkplace(workplace);
    m_window.showPage(u"agent"_s);
}

void Handovers::collectionIntoChat(const QString &name)
{
    startChat();
    ui::OpenChat &chat = m_sessions.chatting.current();
    chat::Settings settings = chat.conversation().settings();
    if (!settings.collections.contains(name))
        settings.collections << name;
    chat.setSettings(settings);
    m_window.showPage(u"chat"_s);
}

} // namespace quintet
