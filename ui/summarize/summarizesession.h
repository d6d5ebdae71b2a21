// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "base/framegatherer.h"
#include "base/paths.h"
#include "llm/server/catalog.h"
#include "llm/server/endpointregistry.h"
#include "summarize/history/summaryhistorystore.h"
#include "ui/summarize/draft.h"
#include "ui/summarize/enginework.h"

#include <map>

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
/// One source is shown at a time; the first (id `typed`) is what the user writes. A summary belongs to its source.
class SummarizeSession final : public QObject {
    Q_OBJECT

public:
    static constexpr int typed = 0;
    static constexpr int ownWords = 4; ///< the choice behind the styles

    explicit SummarizeSession(SummarizeServices services, QObject *parent = nullptr);
    ~SummarizeSession() override;

    const SummarizeServices &services() const { return m_services; }

    // sources
    void setTypedText(const QString &text);
    const QString &typedText() const { return m_typedText; }
    void addFiles(const QStringList &paths);
    void addLink(const QUrl &url);
    void addText(const QString &text, const QString &name);   ///< one too long to be written in
    void readAgain(int source, const QString &password = {}); ///< also what was set aside
    void remove(int source);
    void bringBack(); ///< what was removed last
    void show(int source);
    const std::vector<Source> &sources() const { return m_sources; }
    const Source &shown() const;

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
    void summarizeTogether();          ///< one summary of all sources, which become one more source
    bool canSummarizeTogether() const; ///< there are two or more
    void stop();
    bool isRunning() const { return m_running.has_value(); }
    bool isShownRunning() const { return m_running == m_shown; }
    const QString &partial() const { return m_partial; } ///< of the answer under way, as far as it came

    /// Writes the draft now and waits for it: when the program ends.
    void saveDraftNow();

Q_SIGNALS:
    void sourcesChanged();
    void removed(const QString &name);
    void shownChanged(); ///< another source, or it was read
    void typedWordsCounted(qsizetype words);
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
    using Begin = EngineCall<std::shared_ptr<const ReadDocument>>::Begin;

    void read(Source source, Begin begin);
    void readOrigin(Source source, bool again = false, const QString &password = {});
    void restoreLink(const QString &origin);
    void finishReading(int id, ReadResult result);
    void remember(const Source &source);
    void finishSummary(int id, Result<MarkedSummary> result);
    document::Document typedDocument() const;
    Source *find(int id);
    void changeDraft();
    Draft draft() const;
    void restore(Draft draft);
    void discover();

    SummarizeServices m_services;
    llm::EndpointRegistry m_registry;
    std::vector<Source> m_sources;
    std::optional<Source> m_removed; ///< the last
    int m_shown = typed;
    int m_nextId = typed + 1;
    int m_together = typed; ///< the source that is to be summarized once it is read; typed: none
    QString m_typedText;
    int m_style = 0;
    int m_words = 0;
    QString m_instruction;
    QString m_language;
    QString m_endpointName;       ///< empty: what the settings say
    QString m_model;              ///< empty: the endpoint's
    std::optional<int> m_running; ///< the source that is being summarized
    QString m_partial;
    std::vector<llm::FoundServer> m_found;
    QTimer m_draftTimer;
    QTimer m_countTimer;
    FrameGatherer<QString> m_gatherer;
    FrameGatherer<std::pair<int, int>> m_sections;
    FrameGatherer<QString> m_waits;
    std::map<int, EngineCall<std::shared_ptr<const ReadDocument>>> m_reading;
    EngineCall<MarkedSummary> m_summarizing;
    EngineCall<qsizetype> m_counting;
    EngineCall<Draft> m_loadingDraft;
    EngineCall<std::vector<llm::FoundServer>> m_discovering;
};

} // namespace quintet::ui
