// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/toolset.h"

#include "agent/calculate/calculatetool.h"
#include "agent/database/databasestore.h"
#include "agent/database/databasetools.h"
#include "agent/files/readingtools.h"
#include "agent/files/writingtools.h"
#include "agent/search/fetchpage.h"
#include "agent/search/searchknowledge.h"
#include "agent/search/searchweb.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace quintet {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

using Tools = std::vector<std::shared_ptr<agent::Tool>>;

/// The collections as an agent knows them.
class LibraryPassages final : public agent::PassageFinder {
public:
    /// `names`: of the collections, by id.
    LibraryPassages(knowledge::Library &library, QHash<QString, QString> names)
        : m_library(library),
          m_names(std::move(names))
    {
    }

    Task<Result<std::vector<agent::FoundPassage>>> find(QString question, QStringList collections, int count,
                                                        CancelToken token) override
    {
        const auto hits = co_await m_library.search(
            {.collections = collections, .text = question, .count = count, .patience = knowledge::patienceInTalk},
            token);
        if (!hits)
            co_return std::unexpected(hits.error());
        std::vector<agent::FoundPassage> passages;
        for (const knowledge::Hit &hit : *hits) {
            passages.push_back({.collection = m_names.value(hit.collection, hit.collection),
                                .document = hit.document,
                                .title = hit.title,
                                .place = hit.place,
                                .text = hit.text,
                                .score = hit.score});
        }
        co_return passages;
    }

private:
    knowledge::Library &m_library;
    QHash<QString, QString> m_names;
};

Task<Result<void>> addKnowledge(Tools &tools, knowledge::Library &library, QStringList collections)
{
    const auto infos = co_await library.list();
    if (!infos)
        co_return std::unexpected(infos.error());
    for (const QString &name : collections) {
        if (const auto found = co_await library.find(name); !found)
            co_return std::unexpected(found.error());
    }
    QHash<QString, QString> names;
    const bool wantsAll = collections.isEmpty();
    for (const knowledge::CollectionInfo &info : *infos) {
        names.insert(info.id, info.settings.name);
        if (wantsAll)
            collections << info.settings.name;
    }
    if (!collections.isEmpty()) {
        const auto finder = std::make_shared<LibraryPassages>(library, names);
        tools.push_back(std::make_shared<agent::SearchKnowledge>(finder, collections));
    }
    co_return Result<void>();
}

Result<void> addFiles(Tools &tools, Services &services, const QString &path)
{
    if (path.isEmpty())
        return {};
    const auto folder = agent::Folder::open(path);
    if (!folder)
        return std::unexpected(folder.error());
    const agent::Versions versions(services.paths().dataFolder + u"/former-versions"_s);
    const agent::FileChanges changes(*folder, versions);
    tools.push_back(std::make_shared<agent::ListFiles>(*folder));
    tools.push_back(std::make_shared<agent::ReadFile>(*folder, services.extractor()));
    tools.push_back(std::make_shared<agent::SearchFiles>(*folder));
    tools.push_back(std::make_shared<agent::WriteFile>(changes));
    tools.push_back(std::make_shared<agent::EditFile>(changes));
    tools.push_back(std::make_shared<agent::UndoChange>(*folder, versions));
    return {};
}

/// The web is off until the user named a service that searches it.
void addWeb(Tools &tools, Services &services)
{
    const agent::WebServiceStore webServices(services.paths().settingsFile, services.secrets());
    if (webServices.service())
        tools.push_back(std::make_shared<agent::SearchWeb>(services.client(), webServices));
    tools.push_back(std::make_shared<agent::FetchPage>(services.pages(), services.extractor()));
}

Task<Result<void>> addDatabase(Tools &tools, Services &services, QString url, bool takesPowerful)
{
    if (url.isEmpty())
        co_return Result<void>();
    agent::DatabaseAccess access{.takesPowerful = takesPowerful};
    const agent::DatabaseStore databases(services.paths().settingsFile, services.secrets());
    if (const auto kept = databases.all(); kept.contains(url)) {
        const auto password = co_await databases.password(url);
        if (!password)
            co_return std::unexpected(password.error());
        access.password = *password;
        url = kept[url];
    }
    const auto source = agent::dataSourceFor(url, access);
    if (!source)
        co_return std::unexpected(source.error());
    tools.push_back(std::make_shared<agent::ListTables>(*source));
    tools.push_back(std::make_shared<agent::DescribeTable>(*source));
    tools.push_back(std::make_shared<agent::QueryDatabase>(*source));
    co_return Result<void>();
}

Task<Result<void>> addServers(Tools &tools, Services &services, ToolWish wish, ToolTalk talk, CancelToken token)
{
    if (wish.mcpFile.isEmpty())
        co_return Result<void>();
    const auto servers = agent::mcp::readServers(wish.mcpFile);
    if (!servers)
        co_return std::unexpected(servers.error());
    // What is allowed for a group is allowed for all tools of it, so a server may not take the name of another.
    static const QStringList ownGroups{u"calculate"_s,   u"database"_s, u"files.read"_s,
                                       u"files.write"_s, u"search"_s,   u"web"_s};
    for (const agent::mcp::ServerConfig &server : *servers) {
        if (ownGroups.contains(server.name))
            co_return failure(
                ErrorKind::BadInput,
                tr("Give the MCP server “%1” another name; tools of Quintet's have that one.").arg(server.name));
    }
    const auto refuses = [](agent::mcp::Question) -> Task<bool> { co_return false; };
    agent::mcp::Surroundings surroundings{.client = services.client(),
                                          .agreements = agent::mcp::AgreementStore(services.paths().settingsFile),
                                          .agrees = talk.agrees ? talk.agrees : refuses,
                                          .onLog = talk.onLog,
                                          .folders = {}};
    if (!wish.folder.isEmpty())
        surroundings.folders << QFileInfo(wish.folder).absoluteFilePath();
    const auto connected = co_await agent::mcp::connectTo(*servers, surroundings, token);
    tools.insert(tools.end(), connected.tools.begin(), connected.tools.end());
    for (const Error &trouble : connected.troubles) {
        if (talk.note)
            talk.note(trouble.message);
    }
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    co_return Result<void>();
}

Result<agent::Toolbox> chosen(const Tools &tools, const QStringList &names)
{
    agent::Toolbox box;
    QStringList left = names;
    for (const auto &tool : tools) {
        const agent::ToolFacts facts = tool->facts();
        const bool isNamed = left.removeAll(facts.name) + qsizetype(names.contains(facts.name)) > 0;
        const bool isOfGroup = left.contains(facts.group) || names.contains(facts.group);
        if (names.isEmpty() || isNamed || isOfGroup)
            box.add(tool);
        if (isOfGroup)
            left.removeAll(facts.group);
    }
    if (!left.isEmpty())
        return failure(ErrorKind::BadInput, tr("There is no tool %1 for what was given. A database, a folder or a "
                                               "collection may have to be named.")
                                                .arg(left.join(u", "_s)));
    return box;
}

} // namespace

Task<Result<agent::Toolbox>> makeTools(Services &services, ToolWish wish, CancelToken token, ToolTalk talk)
{
    Tools tools{std::make_shared<agent::CalculateTool>(agent::calculateProgram())};
    if (const auto added = co_await addDatabase(tools, services, wish.database, wish.takesPowerfulAccount); !added)
        co_return std::unexpected(added.error());
    if (const auto added = co_await addKnowledge(tools, services.library(), wish.collections); !added)
        co_return std::unexpected(added.error());
    if (const auto added = addFiles(tools, services, wish.folder); !added)
        co_return std::unexpected(added.error());
    addWeb(tools, services);
    if (const auto added = co_await addServers(tools, services, wish, talk, token); !added)
        co_return std::unexpected(added.error());
    co_return chosen(tools, wish.names);
}

agent::WorkParts agentWorkParts(Services &services, ToolTalk talk)
{
    return {services.agentParts(), [&services, talk](agent::Workplace workplace, CancelToken token) {
                return makeTools(services,
                                 {.database = workplace.database,
                                  .folder = workplace.folder,
                                  .collections = workplace.collections,
                                  .mcpFile = workplace.mcpFile,
                                  .names = workplace.tools},
                                 token, talk);
            }};
}

} // namespace quintet
