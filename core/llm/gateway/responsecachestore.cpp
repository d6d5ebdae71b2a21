// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/responsecachestore.h"

#include "llm/wire/openaichat.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlQuery>
#include <QTimeZone>

#include <cstring>

namespace quintet::llm {

namespace {

using namespace Qt::StringLiterals;

constexpr int putsBetweenPrunings = 200;

/// For a list of keys, which is bound as one value.
const QString isAmong = u"key IN (SELECT unhex(value) FROM json_each(?))"_s;

QString listOf(const std::vector<QByteArray> &keys)
{
    QJsonArray list;
    for (const QByteArray &key : keys)
        list.append(QString::fromLatin1(key.toHex()));
    return QString::fromLatin1(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

QByteArray toJson(const Completion &completion)
{
    QJsonObject object{{u"text"_s, completion.text},
                       {u"reasoning"_s, completion.reasoning},
                       {u"model"_s, completion.model},
                       {u"prompt_tokens"_s, completion.usage.prompt},
                       {u"completion_tokens"_s, completion.usage.completion},
                       {u"total_time"_s, qint64(completion.totalTime.count())}};
    if (completion.cost)
        object[u"cost"] = completion.cost->nanoDollars;
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Completion fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    Completion completion;
    completion.text = object[u"text"].toString();
    completion.reasoning = object[u"reasoning"].toString();
    completion.model = object[u"model"].toString();
    completion.usage.prompt = object[u"prompt_tokens"].toInteger();
    completion.usage.completion = object[u"completion_tokens"].toInteger();
    completion.totalTime = std::chrono::milliseconds(object[u"total_time"].toInteger());
    if (object.contains(u"cost"))
        completion.cost = usage::Money{object[u"cost"].toInteger()};
    return completion;
}

QByteArray hashed(QJsonObject whole, const Endpoint &endpoint)
{
    // QJsonObject keeps its keys sorted, so that equal requests give equal bytes.
    whole[u"version"] = 2;
    whole[u"kind"] = nameOf(endpoint.kind);
    whole[u"base_url"] = doorUrl(endpoint.baseUrl, {}).toString();
    return QCryptographicHash::hash(QJsonDocument(whole).toJson(QJsonDocument::Compact), QCryptographicHash::Sha256);
}

Result<void> prune(store::Connection &connection, const CacheSettings &bounds, const QDateTime &now)
{
    return connection
        .execute(u"DELETE FROM response_cache WHERE time < ?"_s, {now.addDays(-bounds.longestDays).toMSecsSinceEpoch()})
        .and_then([&] {
            return connection.execute(
                u"DELETE FROM response_cache WHERE key IN (SELECT key FROM (SELECT key, sum(size) OVER (ORDER BY time "
                "DESC, size DESC, key DESC) AS total FROM response_cache) WHERE total > ?)"_s,
                {bounds.largestBytes});
        });
}

} // namespace

QByteArray cacheKey(const Endpoint &endpoint, const Request &request)
{
    return hashed({{u"request"_s, wire::openAiChatRequest(request, false, {.reasoningField = u"reasoning"_s})}},
                  endpoint);
}

QByteArray cacheKey(const Endpoint &endpoint, const EmbeddingRequest &request, const QString &text)
{
    return hashed({{u"embed"_s, text}, {u"model"_s, request.model}, {u"dimensions"_s, request.dimensions}}, endpoint);
}

QHash<QByteArray, QByteArray> ResponseCacheStore::findBytes(const std::vector<QByteArray> &keys)
{
    // Before what is written is looked at: what was on its way then is in the one or the other.
    QHash<QByteArray, QByteArray> answers = unwritten(keys);
    if (!m_reader) {
        auto reader = m_database.reader();
        if (!reader)
            return answers;
        m_reader.emplace(std::move(*reader));
    }
    const auto oldest = m_clock.now().addDays(-m_settings.cache().longestDays).toMSecsSinceEpoch();
    // A cache that cannot be read has nothing.
    static_cast<void>(m_reader->select(
        u"SELECT key, answer FROM response_cache WHERE time >= ? AND "_s + isAmong, {oldest, listOf(keys)},
        [&answers](const QSqlQuery &row) { answers.insert(row.value(0).toByteArray(), row.value(1).toByteArray()); }));
    if (!answers.isEmpty()) {
        const std::vector<QByteArray> hit(answers.keyBegin(), answers.keyEnd());
        m_database.writer().writeSoon([hits = listOf(hit)](store::Connection &connection) {
            return connection.execute(u"UPDATE response_cache SET hits = hits + 1 WHERE "_s + isAmong, {hits});
        });
    }
    return answers;
}

QHash<QByteArray, QByteArray> ResponseCacheStore::unwritten(const std::vector<QByteArray> &keys)
{
    std::erase_if(m_unwritten, [](const Unwritten &each) { return each.written.isFinished(); });
    QHash<QByteArray, QByteArray> answers;
    for (const Unwritten &each : m_unwritten) {
        for (const auto &[key, bytes] : each.entries) {
            if (std::ranges::contains(keys, key))
                answers.insert(key, bytes);
        }
    }
    return answers;
}

void ResponseCacheStore::putBytes(const std::vector<std::pair<QByteArray, QByteArray>> &entries)
{
    const CacheSettings bounds = m_settings.cache();
    const bool mayPrune = m_putsSincePruned == 0;
    m_putsSincePruned = (m_putsSincePruned + 1) % putsBetweenPrunings;
    std::erase_if(m_unwritten, [](const Unwritten &each) { return each.written.isFinished(); });
    const auto written = m_database.writer().writeSoon([=, now = m_clock.now()](store::Connection &connection) {
        Result<void> result;
        for (const auto &[key, bytes] : entries) {
            if (result)
                result = connection.execute(
                    u"INSERT OR REPLACE INTO response_cache (key, time, answer, size) VALUES (?, ?, ?, ?)"_s,
                    {key, now.toMSecsSinceEpoch(), bytes, bytes.size()});
        }
        if (result && mayPrune)
            result = prune(connection, bounds, now);
        return result;
    });
    m_unwritten.push_back({written, entries});
}

std::optional<Completion> ResponseCacheStore::find(const QByteArray &key)
{
    const QByteArray bytes = findBytes({key}).value(key);
    return bytes.isEmpty() ? std::nullopt : std::optional(fromJson(bytes));
}

void ResponseCacheStore::put(const QByteArray &key, const Completion &completion)
{
    putBytes({{key, toJson(completion)}});
}

QHash<QByteArray, std::vector<float>> ResponseCacheStore::findVectors(const std::vector<QByteArray> &keys)
{
    QHash<QByteArray, std::vector<float>> vectors;
    for (const auto &[key, bytes] : findBytes(keys).asKeyValueRange()) {
        std::vector<float> vector(static_cast<size_t>(bytes.size()) / sizeof(float));
        if (vector.empty() || bytes.size() % qsizetype(sizeof(float)) != 0)
            continue;
        std::memcpy(vector.data(), bytes.constData(), static_cast<size_t>(bytes.size()));
        vectors.insert(key, std::move(vector));
    }
    return vectors;
}

void ResponseCacheStore::putVectors(const std::vector<std::pair<QByteArray, std::vector<float>>> &vectors)
{
    std::vector<std::pair<QByteArray, QByteArray>> entries;
    for (const auto &[key, vector] : vectors)
        entries.emplace_back(key, QByteArray(reinterpret_cast<const char *>(vector.data()),
                                             static_cast<qsizetype>(vector.size() * sizeof(float))));
    putBytes(entries);
}

Result<ResponseCacheStore::Statistics> ResponseCacheStore::statistics() const
{
    auto connection = m_database.reader();
    if (!connection)
        return std::unexpected(connection.error());
    Statistics statistics;
    return connection
        ->select(u"SELECT count(*), coalesce(sum(size), 0), min(time), coalesce(sum(hits), 0) FROM response_cache"_s,
                 {},
                 [&statistics](const QSqlQuery &row) {
                     statistics.answers = row.value(0).toLongLong();
                     statistics.bytes = row.value(1).toLongLong();
                     if (!row.value(2).isNull())
                         statistics.oldest = QDateTime::fromMSecsSinceEpoch(row.value(2).toLongLong(), QTimeZone::UTC);
                     statistics.hits = row.value(3).toLongLong();
                 })
        .transform([&statistics] { return statistics; });
}

QFuture<Result<void>> ResponseCacheStore::clear()
{
    m_unwritten.clear();
    return m_database.writer().write(
        [](store::Connection &connection) { return connection.execute(u"DELETE FROM response_cache"_s); });
}

} // namespace quintet::llm
