// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "base/framegatherer.h"
#include "base/paths.h"
#include "llm/server/endpointregistry.h"
#include "ui/knowledge/enginework.h"

#include <map>

namespace quintet::ui {

struct KnowledgeConversation;
struct Message;

/// What the Knowledge tab works with. The services live on the engine thread and outlive the session.
struct KnowledgeServices {
    EngineThread &engine;
    knowledge::Library &library;
    knowledge::Answerer &answerer;
    knowledge::WholeAnswerer &wholeAnswerer;
    document::Extractor &extractor;
    Paths paths;
};

/// A collection as its card shows it.
struct ShownCollection {
    knowledge::CollectionInfo info;
    std::optional<knowledge::IngestProgress> reading;
    std::optional<knowledge::VectorProgress> placing;
    std::optional<Error> error;

    bool operator==(const ShownCollection &) const = default;
};

/// A place in a document that is to be shown.
struct ShownPlace {
    QString document;
    QString title;
    QString place;
    std::optional<int> page;
    qint64 start = 0; ///< Unicode code points
    qint64 end = 0;
    QString quote;
    std::vector<std::pair<qint64, qint64>> others{}; ///< that the same answer took from the document

    bool operator==(const ShownPlace &) const = default;
};

/// What the Knowledge tab knows and does: its collections and what is being done to them, and for each the questions
/// that were asked of it with their answers. The only part of the tab that talks to the engine. Lives on the GUI
/// thread.
class KnowledgeSession final : public QObject {
    Q_OBJECT
    Q_MOC_INCLUDE("ui/transcript/message.h")

public:
    enum Mode { Ask, Search, Inspect };

    explicit KnowledgeSession(KnowledgeServices services, QObject *parent = nullptr);
    ~KnowledgeSession() override;

    const KnowledgeServices &services() const { return m_services; }

    // collections
    const std::vector<ShownCollection> &collections() const { return m_collections; }
    const ShownCollection *current() const; ///< null while there is none
    void setCurrent(const QString &id);
    void refresh();
    void create(const QString &name, const QStringList &paths);
    void add(const QStringList &paths); ///< to the current one, else to a new one named after the first
    void remove(const QString &id);
    void setWatched(const QString &id, bool watched);
    void setPaused(const QString &id, bool paused);
    void retry(const QString &id);
    void exportTo(const QString &id, const QString &path);
    void import(const QString &path);

    // questions
    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    void submit(const QString &text);
    void stop();
    bool isRunning() const { return m_isRunning; }
    const std::vector<Message> &messages() const;
    /// Takes up what offerMessage() offered: to go over the whole collection, or to answer from the best passages.
    void takeOffer(const QString &message, bool whole);
    /// Switches a passage off or on, and inspects again.
    void switchPassage(const QString &message, qint64 chunk, bool isOn);
    void tryAgain();

    /// For the inspector: the share of the vectors, nothing for the collection's own; and a document that should be
    /// among the hits.
    void setTriedWeight(std::optional<double> weight) { m_weight = weight; }
    void setMissed(const QString &document) { m_missed = document; }

    /// Has a model put the hits of the current collection in order, "ENDPOINT/MODEL"; empty: none.
    void setReranker(const QString &reranker);

    /// The place behind a mark or a card of a message; nothing for an unknown one.
    std::optional<ShownPlace> placeOf(const QString &message, const QString &label) const;

    // where to ask
    llm::Endpoint endpoint() const;
    void setEndpoint(const QString &name, const QString &model = {});
    void refreshEndpoints();

Q_SIGNALS:
    void collectionsChanged();
    void collectionGrew(const QString &id); ///< its progress or state
    void currentChanged();
    void modeChanged();
    void messageAdded(const quintet::ui::Message &message);
    void messageChanged(const quintet::ui::Message &message);
    void textGrew(const QString &message, const QString &text);
    void runningChanged();
    void endpointChanged();
    void failed(const quintet::Error &error); ///< of what was done to a collection

private:
    ShownCollection *find(const QString &id);
    void take(std::vector<knowledge::CollectionInfo> infos);
    void keep(const QString &id, const QStringList &urgent = {});
    void takeProgress(const QString &id, const KeepingProgress &progress);
    void endKeeping(const QString &id, const Result<bool> &result);
    void change(const QString &id, std::function<void(knowledge::CollectionSettings &)> change, bool keepsOn);
    knowledge::AskWish wishFor(const QString &text) const;
    void offer(const QString &message, const QString &text);
    void askWhole(const QString &message, const QString &text);
    void begin(const QString &message);
    void finishAnswer(const QString &message, const Result<knowledge::Answer> &answer);
    void ask(const QString &message, const QString &text);
    void search(const QString &message, const QString &text, bool inspects);
    KnowledgeConversation &conversation();
    const KnowledgeConversation *shownConversation() const;
    void finish(const Message &shown);
    void abandon();
    void put(const Message &message);
    std::vector<knowledge::Exchange> before() const;

    KnowledgeServices m_services;
    llm::EndpointRegistry m_registry;
    QString m_endpointName;
    QString m_model;
    std::vector<ShownCollection> m_collections;
    QString m_current;
    Mode m_mode = Ask;
    std::map<QString, std::unique_ptr<KnowledgeConversation>> m_conversations; ///< by collection
    std::optional<double> m_weight;
    QString m_missed;
    bool m_isRunning = false;
    QString m_open;     ///< the message that is being written
    QString m_openText; ///< as far as it came
    int m_nextMessage = 1;
    FrameGatherer<QString> m_text;
    FrameGatherer<std::pair<QString, KeepingProgress>> m_progress;
    FrameGatherer<std::pair<qint64, qint64>> m_gone; ///< over the whole: passages, of how many
    std::map<QString, EngineCall<bool>> m_keeping;   ///< by collection
    EngineCall<std::vector<knowledge::CollectionInfo>> m_listing;
    EngineCall<knowledge::Answer> m_asking;
    EngineCall<knowledge::WholeEstimate> m_estimating;
    EngineCall<Inspection> m_searching;
    EngineCall<QString> m_making;
    std::map<int, EngineCall<bool>> m_changing;
    int m_nextChange = 0;
};

} // namespace quintet::ui
