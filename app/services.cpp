// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services.h"

#include "base/id.h"
#include "document/webpage.h"
#include "llm/builtin/builtinbackend.h"

#include <QCoreApplication>

namespace quintet {

namespace {

/// The collections as Chat knows them.
class LibraryPassages final : public chat::PassageSource {
public:
    explicit LibraryPassages(knowledge::Library &library) : m_library(library) { }

    Task<Result<QStringList>> collections() override
    {
        const auto infos = co_await m_library.list();
        if (!infos)
            co_return std::unexpected(infos.error());
        QStringList names;
        for (const knowledge::CollectionInfo &info : *infos)
            names << info.settings.name;
        co_return names;
    }

    Task<Result<std::vector<chat::Passage>>> find(QString question, QStringList collections, int count,
                                                  CancelToken token) override
    {
        const auto hits = co_await m_library.search(
            {.collections = collections, .text = question, .count = count, .patience = knowledge::patienceInTalk},
            token);
        if (!hits)
            co_return std::unexpected(hits.error());
        std::vector<chat::Passage> passages;
        for (const knowledge::Hit &hit : *hits)
            passages.push_back(passageFrom(hit));
        co_return passages;
    }

private:
    static chat::Passage passageFrom(const knowledge::Hit &hit)
    {
        return {hit.text,
                {.document = hit.document,
                 .title = hit.title,
                 .place = hit.place,
                 .page = hit.page,
                 .start = hit.start,
                 .end = hit.end}};
    }

    knowledge::Library &m_library;
};

} // namespace

Result<std::unique_ptr<Services>> Services::open(const Paths &paths)
{
    return store::Database::open(paths.database(), store::mainSchema())
        .transform([&paths](std::unique_ptr<store::Database> database) {
            return std::unique_ptr<Services>(new Services(paths, std::move(database)));
        });
}

Services::Services(const Paths &paths, std::unique_ptr<store::Database> database)
    : m_paths(paths),
      m_database(std::move(database)),
      m_ledger(*m_database),
      m_prices(paths.pricesFile()),
      m_spending(*m_database, m_clock),
      m_endpoints(paths.settingsFile),
      m_httpBackends(m_client, m_clock),
      m_facts(*m_database),
      m_catalog(m_client, m_secrets, m_facts),
      m_gatewaySettings(paths.settingsFile),
      m_cache(*m_database, m_clock, m_gatewaySettings),
      m_rates(*m_database, m_clock),
      m_consent(m_gatewaySettings),
      m_gateway({.backends = [this](llm::Endpoint endpoint) { return makeBackend(std::move(endpoint)); },
                 .clock = m_clock,
                 .ledger = m_ledger,
                 .spending = m_spending,
                 .prices = m_prices,
                 .cache = m_cache,
                 .rates = m_rates,
                 .facts = m_facts,
                 .settings = m_gatewaySettings,
                 .consent = &m_consent}),
      m_extractor(document::extractWorkerProgram(), paths.dataFolder + QStringLiteral("/set-aside"), {},
                  document::OtherPrograms::found(paths.settingsFile)),
      m_pages(m_client, net::isPublicAddress, {}),
      m_summarizer(m_gateway, m_catalog),
      m_summaries(*m_database),
      m_batchTexts(m_summarizer),
      m_embedder(m_gateway, m_endpoints),
      m_reranker(m_gateway, m_endpoints),
      m_library(paths.dataFolder + QStringLiteral("/collections"),
                {.extractor = m_extractor, .embedder = m_embedder, .clock = m_clock, .reranker = &m_reranker}),
      m_answerer(m_library, m_gateway, m_catalog),
      m_wholeAnswerer(m_library, m_gateway, m_catalog, m_prices),
      m_collections(std::make_unique<LibraryPassages>(m_library)),
      m_conversations(*m_database),
      m_chatSearch(*m_database),
      m_attachmentStore(*m_database),
      m_attachments(m_extractor, m_attachmentStore),
      m_prompts(*m_database),
      m_responder({m_gateway, m_catalog, m_attachments, *m_collections, m_prices}, m_conversations, m_clock)
{
}

llm::Endpoint Services::endpointToday(const llm::Endpoint &kept) const
{
    // One that is set up counts as it is now; one that was only named on a command line, as it was then.
    if (kept.kind == llm::EndpointKind::Builtin)
        return llm::builtinEndpoint();
    auto now = m_endpoints.find(kept.name);
    if (!now)
        return kept;
    now->model = kept.model;
    return *now;
}

batch::BatchParts Services::batchParts()
{
    const auto endpoint = [this](const llm::Endpoint &kept) -> Result<llm::Endpoint> { return endpointToday(kept); };
    return {.database = *m_database,
            .clock = m_clock,
            .gateway = m_gateway,
            .catalog = m_catalog,
            .extractor = m_extractor,
            .texts = m_batchTexts,
            .client = m_client,
            .ledger = m_ledger,
            .prices = m_prices,
            .spending = m_spending,
            .endpoint = endpoint};
}

void Services::limitCollections(const usage::Limit &budget)
{
    const QString run = makeId();
    m_embedder.limitTo(run, budget);
    m_reranker.limitTo(run, budget);
}

Task<Result<std::shared_ptr<llm::Backend>>> Services::makeBackend(llm::Endpoint endpoint)
{
    if (endpoint.kind == llm::EndpointKind::Builtin)
        co_return std::make_shared<llm::builtin::BuiltinBackend>();
    const Result<QString> key = co_await m_catalog.keyFor(endpoint);
    if (!key)
        co_return std::unexpected(key.error());
    co_return m_httpBackends.at(endpoint, *key);
}

Task<Result<document::Document>> readSource(Services &services, QString source, CancelToken token)
{
    const bool isAddress =
        source.startsWith(u"http://", Qt::CaseInsensitive) || source.startsWith(u"https://", Qt::CaseInsensitive);
    if (!isAddress)
        co_return co_await services.extractor().extract({.path = source}, token);
    co_return co_await document::readWebPage(services.pages(), services.extractor(), QUrl(source), token);
}

} // namespace quintet
