// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/knowledgesession.h"

#include "ui/knowledge/answerparts.h"
#include "ui/knowledge/knowledgeconversation.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

QString nameFor(const QString &path, const std::vector<ShownCollection> &collections)
{
    const QFileInfo info(path);
    const QString name = info.isDir() ? info.fileName() : info.dir().dirName();
    const auto isTaken = [&collections](const QString &wanted) {
        return std::ranges::any_of(collections, [&wanted](const ShownCollection &collection) {
            return collection.info.settings.name == wanted;
        });
    };
    QString free = name.isEmpty() ? KnowledgeSession::tr("Documents") : name;
    for (int i = 2; isTaken(free); ++i)
        free = u"%1 %2"_s.arg(name).arg(i);
    return free;
}

} // namespace

KnowledgeSession::KnowledgeSession(KnowledgeServices services, QObject *parent)
    : QObject(parent),
      m_services(std::move(services)),
      m_registry(m_services.paths.settingsFile),
      m_text([this](const std::vector<QString> &pieces) {
          const QString text = QStringList(pieces.begin(), pieces.end()).join(QString());
          m_openText += text;
          Q_EMIT textGrew(m_open, text);
      }),
      m_progress([this](const std::vector<std::pair<QString, KeepingProgress>> &all) {
          for (const auto &[id, progress] : all)
              takeProgress(id, progress);
      }),
      m_gone([this](const std::vector<std::pair<qint64, qint64>> &all) {
          if (m_isRunning && m_openText.isEmpty())
              put(progressMessage(m_open, all.back().first, all.back().second));
      })
{
    refresh();
}

KnowledgeSession::~KnowledgeSession() = default;

const ShownCollection *KnowledgeSession::current() const
{
    const auto found = std::ranges::find_if(
        m_collections, [this](const ShownCollection &collection) { return collection.info.id == m_current; });
    return found == m_collections.end() ? nullptr : &*found;
}

ShownCollection *KnowledgeSession::find(const QString &id)
{
    const auto found = std::ranges::find_if(
        m_collections, [&id](const ShownCollection &collection) { return collection.info.id == id; });
    return found == m_collections.end() ? nullptr : &*found;
}

void KnowledgeSession::setCurrent(const QString &id)
{
    if (id == m_current || !find(id))
        return;
    abandon();
    m_current = id;
    Q_EMIT currentChanged();
}

void KnowledgeSession::refresh()
{
    m_listing = EngineCall<std::vector<knowledge::CollectionInfo>>(
        m_services.engine, this, [&library = m_services.library](CancelToken) { return library.list(); },
        [this](Result<std::vector<knowledge::CollectionInfo>> infos) {
            if (infos)
                take(std::move(*infos));
            else
                Q_EMIT failed(infos.error());
        });
}

void KnowledgeSession::take(std::vector<knowledge::CollectionInfo> infos)
{
    std::vector<ShownCollection> fresh;
    for (knowledge::CollectionInfo &info : infos) {
        ShownCollection shown;
        if (const ShownCollection *known = find(info.id))
            shown = *known;
        shown.info = std::move(info);
        fresh.push_back(std::move(shown));
    }
    m_collections = std::move(fresh);
    const bool isGone = !find(m_current);
    if (isGone)
        m_current = m_collections.empty() ? QString() : m_collections.front().info.id;
    Q_EMIT collectionsChanged();
    if (isGone)
        Q_EMIT currentChanged();
    // What is watched is followed, what was interrupted goes on.
    for (const ShownCollection &collection : m_collections) {
        const auto &settings = collection.info.settings;
        const bool hasWork = settings.watched || collection.info.sums.pending > 0;
        if (hasWork && !settings.paused && !collection.error && !m_keeping.contains(collection.info.id))
            keep(collection.info.id);
    }
}

void KnowledgeSession::create(const QString &name, const QStringList &paths)
{
    m_making = EngineCall<QString>(
        m_services.engine, this,
        [&library = m_services.library, name, paths](CancelToken) { return makeCollection(library, name, paths); },
        [this, paths](Result<QString> id) {
            if (!id) {
                Q_EMIT failed(id.error());
                return;
            }
            m_current = *id;
            keep(*id, paths);
            refresh();
            Q_EMIT currentChanged();
        });
}

void KnowledgeSession::add(const QStringList &paths)
{
    if (paths.isEmpty())
        return;
    if (!current()) {
        create(nameFor(paths.first(), m_collections), paths);
        return;
    }
    const int number = m_nextChange++;
    m_changing[number] = EngineCall<bool>(
        m_services.engine, this,
        [&library = m_services.library, id = m_current, paths](CancelToken) { return addPaths(library, id, paths); },
        [this, number, id = m_current, paths](Result<bool> done) {
            if (done)
                keep(id, paths);
            else
                Q_EMIT failed(done.error());
            m_changing.erase(number);
        });
}

/// Starts, or starts anew, the work on a collection.
void KnowledgeSession::keep(const QString &id, const QStringList &urgent)
{
    if (ShownCollection *collection = find(id)) {
        collection->error.reset();
        if (!collection->reading)
            collection->reading = knowledge::IngestProgress();
    }
    m_keeping[id] = EngineCall<bool>(
        m_services.engine, this,
        [&library = m_services.library, id, urgent, send = m_progress.sender()](CancelToken token) {
            return keepUpToDate(
                library, id, urgent, [send, id](KeepingProgress progress) { send({id, std::move(progress)}); }, token);
        },
        [this, id](Result<bool> result) {
            m_progress.flush();
            endKeeping(id, result);
        });
    Q_EMIT collectionGrew(id);
}

void KnowledgeSession::takeProgress(const QString &id, const KeepingProgress &progress)
{
    ShownCollection *collection = find(id);
    if (!collection)
        return;
    if (const auto *reading = std::get_if<knowledge::IngestProgress>(&progress)) {
        collection->reading = *reading;
    } else if (const auto *placing = std::get_if<knowledge::VectorProgress>(&progress)) {
        collection->reading.reset();
        collection->placing = *placing;
    } else {
        collection->reading.reset();
        collection->placing.reset();
        refresh();
    }
    Q_EMIT collectionGrew(id);
}

void KnowledgeSession::endKeeping(const QString &id, const Result<bool> &result)
{
    m_keeping.erase(id);
    if (ShownCollection *collection = find(id)) {
        collection->reading.reset();
        collection->placing.reset();
        if (!result && result.error().kind != ErrorKind::Cancelled)
            collection->error = result.error();
        Q_EMIT collectionGrew(id);
    }
    if (result)
        refresh();
}

void KnowledgeSession::change(const QString &id, std::function<void(knowledge::CollectionSettings &)> change,
                              bool keepsOn)
{
    const int number = m_nextChange++;
    if (ShownCollection *collection = find(id)) {
        change(collection->info.settings);
        Q_EMIT collectionGrew(id);
    }
    m_changing[number] = EngineCall<bool>(
        m_services.engine, this,
        [&library = m_services.library, id, change](CancelToken) { return changeSettings(library, id, change); },
        [this, number, id, keepsOn](Result<bool> done) {
            if (!done)
                Q_EMIT failed(done.error());
            else if (keepsOn)
                keep(id);
            m_changing.erase(number);
        });
}

void KnowledgeSession::setWatched(const QString &id, bool watched)
{
    if (!watched)
        m_keeping.erase(id); // stops following
    change(id, [watched](knowledge::CollectionSettings &settings) { settings.watched = watched; }, watched);
}

void KnowledgeSession::setReranker(const QString &reranker)
{
    if (current() && current()->info.settings.reranker != reranker)
        change(m_current, [reranker](knowledge::CollectionSettings &settings) { settings.reranker = reranker; }, false);
}

void KnowledgeSession::setPaused(const QString &id, bool paused)
{
    if (paused) {
        m_keeping.erase(id);
        if (ShownCollection *collection = find(id)) {
            collection->reading.reset();
            collection->placing.reset();
        }
    }
    change(id, [paused](knowledge::CollectionSettings &settings) { settings.paused = paused; }, !paused);
    if (paused)
        refresh();
}

void KnowledgeSession::retry(const QString &id)
{
    const int number = m_nextChange++;
    m_changing[number] = EngineCall<bool>(
        m_services.engine, this, [&library = m_services.library, id](CancelToken) { return retryFailed(library, id); },
        [this, number, id](Result<bool> done) {
            if (done)
                keep(id);
            else
                Q_EMIT failed(done.error());
            m_changing.erase(number);
        });
}

void KnowledgeSession::remove(const QString &id)
{
    m_keeping.erase(id);
    m_conversations.erase(id);
    const int number = m_nextChange++;
    m_changing[number] = EngineCall<bool>(
        m_services.engine, this,
        [&library = m_services.library, id](CancelToken) { return removeCollection(library, id); },
        [this, number](Result<bool> done) {
            if (!done)
                Q_EMIT failed(done.error());
            refresh();
            m_changing.erase(number);
        });
}

void KnowledgeSession::exportTo(const QString &id, const QString &path)
{
    const int number = m_nextChange++;
    m_changing[number] = EngineCall<bool>(
        m_services.engine, this,
        [&library = m_services.library, id, path](CancelToken) { return exportCollection(library, id, path); },
        [this, number](Result<bool> done) {
            if (!done)
                Q_EMIT failed(done.error());
            m_changing.erase(number);
        });
}

void KnowledgeSession::import(const QString &path)
{
    m_making = EngineCall<QString>(
        m_services.engine, this,
        [&library = m_services.library, path](CancelToken) { return importCollection(library, path); },
        [this](Result<QString> id) {
            if (!id) {
                Q_EMIT failed(id.error());
                return;
            }
            m_current = *id;
            refresh();
            Q_EMIT currentChanged();
        });
}

llm::Endpoint KnowledgeSession::endpoint() const
{
    if (auto chosen = m_registry.resolve({.endpoint = m_endpointName, .baseUrl = {}, .model = m_model}, u"knowledge"_s))
        return *chosen;
    return m_registry.resolve({}).value_or(llm::builtinEndpoint());
}

void KnowledgeSession::setEndpoint(const QString &name, const QString &model)
{
    m_endpointName = name;
    m_model = model;
    refreshEndpoints();
}

void KnowledgeSession::refreshEndpoints()
{
    Q_EMIT endpointChanged();
}

} // namespace quintet::ui
