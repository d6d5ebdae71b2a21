// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/plan/runworker.h"
#include "app/batchtexts.h"
#include "base/clock.h"
#include "base/paths.h"
#include "batch/work/runner.h"
#include "chat/answering/responder.h"
#include "chat/store/chatsearchstore.h"
#include "chat/store/promptstore.h"
#include "document/worker/workerextractor.h"
#include "knowledge/answer/answerer.h"
#include "knowledge/library/gatewayembedder.h"
#include "knowledge/library/gatewayreranker.h"
#include "knowledge/library/library.h"
#include "knowledge/whole/wholeanswerer.h"
#include "llm/gateway/gateway.h"
#include "llm/gateway/modelfactsstore.h"
#include "llm/gateway/ratebookstore.h"
#include "llm/gateway/responsecachestore.h"
#include "llm/server/catalog.h"
#include "llm/server/endpointregistry.h"
#include "llm/server/httpbackend.h"
#include "net/pagefetcher.h"
#include "store/database.h"
#include "store/secrets.h"
#include "summarize/history/summaryhistorystore.h"
#include "summarize/summarizer.h"
#include "usage/ledgerstore.h"
#include "usage/spendingstore.h"

namespace quintet {

/// Everything that a program is made of, below its faces: the one place that makes services and hands them to each
/// other. Made, used and destroyed on the engine thread; in the command line that is the main thread.
class Services final {
public:
    /// Opens the database in `paths`; fails as store::Database::open() does.
    static Result<std::unique_ptr<Services>> open(const Paths &paths);

    store::Database &database() { return *m_database; }
    Clock &clock() { return m_clock; }
    usage::LedgerStore &ledger() { return m_ledger; }
    /// Where everything is kept.
    const Paths &paths() const { return m_paths; }
    net::HttpClient &client() { return m_client; }
    store::Secrets &secrets() { return m_secrets; }
    llm::EndpointRegistry &endpoints() { return m_endpoints; }
    llm::Catalog &catalog() { return m_catalog; }
    llm::Gateway &gateway() { return m_gateway; }
    llm::GatewaySettings &gatewaySettings() { return m_gatewaySettings; }
    llm::UnpricedConsent &consent() { return m_consent; }
    llm::ResponseCacheStore &cache() { return m_cache; }
    usage::Prices &prices() { return m_prices; }
    usage::SpendingStore &spending() { return m_spending; }
    document::Extractor &extractor() { return m_extractor; }
    net::PageFetcher &pages() { return m_pages; }
    summarize::Summarizer &summarizer() { return m_summarizer; }
    summarize::SummaryHistoryStore &summaries() { return m_summaries; }
    batch::BatchParts batchParts();
    agent::AgentParts agentParts() { return {m_gateway, m_catalog, *m_database, m_clock}; }

    /// Holds the vectors and ranks of collections to a budget from now on, all of this process together.
    void limitCollections(const usage::Limit &budget);

    /// An endpoint that a run was made with, as it is set up today.
    llm::Endpoint endpointToday(const llm::Endpoint &kept) const;
    knowledge::Library &library() { return m_library; }
    knowledge::Answerer &answerer() { return m_answerer; }
    knowledge::WholeAnswerer &wholeAnswerer() { return m_wholeAnswerer; }
    chat::PassageSource &collections() { return *m_collections; }
    chat::ConversationStore &conversations() { return m_conversations; }
    const chat::ChatSearchStore &chatSearch() const { return m_chatSearch; }
    chat::AttachmentStore &attachmentStore() { return m_attachmentStore; }
    chat::Attachments &attachments() { return m_attachments; }
    chat::PromptStore &prompts() { return m_prompts; }
    chat::Responder &responder() { return m_responder; }

private:
    Services(const Paths &paths, std::unique_ptr<store::Database> database);
    Task<Result<std::shared_ptr<llm::Backend>>> makeBackend(llm::Endpoint endpoint);

    Paths m_paths;
    SystemClock m_clock;
    std::unique_ptr<store::Database> m_database;
    usage::LedgerStore m_ledger;
    usage::Prices m_prices;
    usage::SpendingStore m_spending;
    store::KeychainSecrets m_secrets;
    llm::EndpointRegistry m_endpoints;
    net::HttpClient m_client;
    llm::HttpBackends m_httpBackends;
    llm::ModelFactsStore m_facts;
    llm::Catalog m_catalog;
    llm::GatewaySettings m_gatewaySettings;
    llm::ResponseCacheStore m_cache;
    llm::RateBookStore m_rates;
    llm::UnpricedConsent m_consent;
    llm::Gateway m_gateway;
    document::WorkerExtractor m_extractor;
    net::PageFetcher m_pages;
    summarize::Summarizer m_summarizer;
    summarize::SummaryHistoryStore m_summaries;
    BatchTexts m_batchTexts;
    knowledge::GatewayEmbedder m_embedder;
    knowledge::GatewayReranker m_reranker;
    knowledge::Library m_library;
    knowledge::Answerer m_answerer;
    knowledge::WholeAnswerer m_wholeAnswerer;
    std::unique_ptr<chat::PassageSource> m_collections;
    chat::ConversationStore m_conversations;
    chat::ChatSearchStore m_chatSearch;
    chat::AttachmentStore m_attachmentStore;
    chat::Attachments m_attachments;
    chat::PromptStore m_prompts;
    chat::Responder m_responder;
};

/// Reads a source that a person named: a file, or an http(s) address that they typed.
Task<Result<document::Document>> readSource(Services &services, QString source, CancelToken token);

} // namespace quintet
