// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/embeddings.h"

#include "llm/wire/servererror.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>
#include <cmath>

namespace quintet::llm::wire {

namespace {

using namespace Qt::StringLiterals;

std::vector<float> vectorFrom(const QJsonValue &embedding)
{
    std::vector<float> vector;
    if (embedding.isString()) {
        const auto decoded =
            QByteArray::fromBase64Encoding(embedding.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded || (*decoded).size() % 4 != 0)
            return {};
        vector.resize(static_cast<size_t>((*decoded).size() / 4));
        qFromLittleEndian<float>((*decoded).constData(), static_cast<qsizetype>(vector.size()), vector.data());
    } else {
        for (const QJsonValue value : embedding.toArray()) {
            if (!value.isDouble())
                return {};
            vector.push_back(static_cast<float>(value.toDouble()));
        }
    }
    const bool isFinite = std::ranges::all_of(vector, [](float value) { return std::isfinite(value); });
    return isFinite ? vector : std::vector<float>{};
}

void makeUnit(std::vector<float> &vector)
{
    double squares = 0;
    for (const float value : vector)
        squares += double(value) * double(value);
    if (squares <= 0)
        return;
    const auto scale = static_cast<float>(1.0 / std::sqrt(squares));
    for (float &value : vector)
        value *= scale;
}

usage::TokenUsage usageOf(const QJsonObject &response)
{
    const QJsonValue usage = response[u"usage"];
    const QJsonValue prompt = usage[u"prompt_tokens"];
    return {.prompt = std::max<qint64>(0, (prompt.isDouble() ? prompt : usage[u"total_tokens"]).toInteger())};
}

Result<QJsonObject> responseFrom(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonObject response = document.object();
    if (const QJsonValue error = response[u"error"]; error.isObject() || error.isString())
        return std::unexpected(reportedError(error));
    if (!document.isObject())
        return std::unexpected(notUnderstood(body));
    return response;
}

} // namespace

QJsonObject embeddingsRequest(const EmbeddingRequest &request)
{
    QJsonObject body{{u"model"_s, request.model},
                     {u"input"_s, QJsonArray::fromStringList(request.texts)},
                     {u"encoding_format"_s, u"base64"_s}};
    if (request.dimensions > 0)
        body[u"dimensions"] = request.dimensions;
    return body;
}

Result<Embeddings> embeddingsResponse(const QByteArray &body, qsizetype count, int dimensions)
{
    const auto response = responseFrom(body);
    if (!response)
        return std::unexpected(response.error());
    Embeddings embeddings{.vectors = std::vector<std::vector<float>>(static_cast<size_t>(count)),
                          .model = (*response)[u"model"].toString(),
                          .usage = usageOf(*response)};
    qsizetype place = 0;
    for (const QJsonValue entry : (*response)[u"data"].toArray()) {
        const qint64 index = entry[u"index"].toInteger(place++);
        if (index < 0 || index >= count)
            return std::unexpected(notUnderstood(body));
        std::vector<float> vector = vectorFrom(entry[u"embedding"]);
        if (dimensions > 0)
            makeUnit(vector);
        embeddings.vectors[static_cast<size_t>(index)] = std::move(vector);
    }
    const size_t length = embeddings.vectors.empty() ? 0 : embeddings.vectors.front().size();
    const bool isWhole = place == count && std::ranges::all_of(embeddings.vectors, [length](const auto &vector) {
                             return !vector.empty() && vector.size() == length;
                         });
    if (!isWhole)
        return std::unexpected(notUnderstood(body));
    return embeddings;
}

QJsonObject rerankRequest(const RerankRequest &request)
{
    return {{u"model"_s, request.model},
            {u"query"_s, request.query},
            {u"documents"_s, QJsonArray::fromStringList(request.texts)}};
}

Result<Ranking> rerankResponse(const QByteArray &body, qsizetype count)
{
    const auto response = responseFrom(body);
    if (!response)
        return std::unexpected(response.error());
    // Voyage calls the list "data".
    const QJsonValue list = (*response)[u"results"];
    const QJsonArray results = (list.isArray() ? list : (*response)[u"data"]).toArray();
    if (results.isEmpty() && count > 0)
        return std::unexpected(notUnderstood(body));
    Ranking ranking{.results = {}, .model = (*response)[u"model"].toString(), .usage = usageOf(*response)};
    for (const QJsonValue result : results) {
        const qint64 index = result[u"index"].toInteger(-1);
        if (index < 0 || index >= count || !result[u"relevance_score"].isDouble())
            return std::unexpected(notUnderstood(body));
        ranking.results.push_back({index, result[u"relevance_score"].toDouble()});
    }
    std::ranges::stable_sort(ranking.results, std::ranges::greater(), &Ranked::score);
    return ranking;
}

} // namespace quintet::llm::wire
