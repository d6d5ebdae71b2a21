// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "base/framegatherer.h"
#include "base/paths.h"
#include "llm/server/catalog.h"
#include "llm/server/endpointregistry.h"
#include "summarize/history/summaryhistorystore.h"
#include "ui/summarize/draft.h"
#include "ui/summarize/sourceshelf.h"

namespace quintet::ui {

/// What the Summarize tab works with. The services live on the engine thread and outlive the session.
struct SummarizeServices {
    EngineThread &engine;
    summarize::Summarizer &summarizer;
    document::Extractor &extractor;
    net::PageFetcher &pages;
    llm::Catalog &catalog;
    summarize::SummaryHistoryStore &history;
    Paths paths;
};

/// What the Summarize tab knows and does: its sources, the wish, the summary as it grows. The only part of the tab that
/// talks to the engine; its widgets show what it says and tell it what the user did. Lives on the GUI thread.
///
/// A summary belongs to its source.
class SummarizeSession final : public QObject {
    Q_OBJECT

public:
    static constexpr int ownWords = 4; ///< the choice behind the styles

    explicit SummarizeSession(SummarizeServices services, QObject *parent = nullptr);
    ~SummarizeSession() override;

    const SummarizeServices &services() const { return m_services; }

    SourceShelf &sources() { return m_sources; }
    const SourceShelf &sources() const { return m_sources; }
    const Source &shown() const { return m_sources.shown(); }

    // the wish
    void setStyle(int style); ///< a summarize::Style, or ownWords
    int style() const { return m_style; }
    void setWords(int words); ///< 0: as the style has it
    int words() const { return m_words; }
    void setInstruction(const QString &instruction);
    const QString &instruction() const { return m_instruction; }
    void setLanguage(const QString &language);
    const QString &language() const { return m_language; }
    summarize::SummaryWish wish() const;

    // where to ask
    llm::Endpoint endpoint() const;              ///< the one in use
    bool isLocal(const QString &endpoint) const; ///< whether that one is on this computer, as far as it is known
    void setEndpoint(const QString &name, const QString &model = {});
    void refreshEndpoints(); ///< after the settings changed
    const std::vector<llm::FoundServer> &found() const { return m_found; }
    void useFound(const llm::FoundServer &server);

    // the work
    void summarize();
    void summarizeEach();           ///< one summary of each source, one after the other
    void summarizeTogether();       ///< one summary of all sources, which become one more source
    bool hasSeveralSources() const; ///< there are two or more to summarize
    void stop();
    std::optional<int> running() const { return m_running; } ///< the source that is being summarized
    bool isRunning() const { return m_running.has_value(); }
    bool isShownRunning() const { return m_running == shown().id; }
    const QString &partial() const { return m_partial; } ///< of the answer under way, as far as it came

    /// Writes the draft now and waits for it: when the program ends.
    void saveDraftNow();

Q_SIGNALS:
    void wishChanged();
    void endpointChanged();
    void foundChanged();
    void started();
    void summaryGrew(const QString &text); ///< of the shown source, to be appended
    void waited(const QString &why);       ///< nothing comes for now
    void sectionRead(int done, int count); ///< of a text that the model reads in parts
    void ended();                          ///< shown().summary, or what there was before if it was stopped
    void failed(const quintet::Error &error);
    void remembered(); ///< the history has one more

private:
    void remember(const Source &source, const MarkedSummary &marked);
    MarkedSummary partialSummary() const;
    void finishSummary(int id, Result<MarkedSummary> result);
    document::Document typedDocument() const;
    void run(const Source &source);
    void runNext();
    void changeDraft();
    Draft draft() const;
    void restore(Draft draft);
    void discover();

    SummarizeServices m_services;
    llm::EndpointRegistry m_registry;
    SourceShelf m_sources;
    int m_together = SourceShelf::typed; ///< what is to be summarized once it is read; typed: nothing
    int m_style = 0;
    int m_words = 0;
    QString m_instruction;
    QString m_language;
    QString m_endpointName;       ///< empty: what the settings say
    QString m_model;              ///< empty: the endpoint's
    std::optional<int> m_running; ///< the source that is being summarized
    std::vector<int> m_next;      ///< sources that are to be summarized then
    QString m_record;             ///< of the history, for the summary under way
    QString m_partial;
    std::vector<llm::FoundServer> m_found;
    QTimer m_draftTimer;
    FrameGatherer<QString> m_gatherer;
    FrameGatherer<std::pair<int, int>> m_sections;
    FrameGatherer<QString> m_waits;
    EngineCall<MarkedSummary> m_summarizing;
    EngineCall<Draft> m_loadingDraft;
    EngineCall<std::vector<llm::FoundServer>> m_discovering;
};

} // namespace quintet::ui
