// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/plainchunk.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <simdjson.h>

namespace quintet::llm::wire {

namespace {

using simdjson::SUCCESS;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;
using Found = simdjson::simdjson_result<element>;

qint64 countOf(const Found &value)
{
    double count = 0; // of what is whole, as the document is
    if (value.get_double().get(count) != SUCCESS || count != std::floor(count))
        return 0;
    return static_cast<qint64>(std::clamp(count, 0.0, 1e15));
}

UsageReported usageOf(element usage)
{
    UsageReported reported;
    usage::TokenUsage &tokens = reported.usage;
    tokens.prompt = countOf(usage["prompt_tokens"]);
    tokens.completion = countOf(usage["completion_tokens"]);
    const Found details = usage["prompt_tokens_details"];
    const Found cached = details["cached_tokens"];
    tokens.cached = std::min(tokens.prompt, countOf(cached.is_number() ? cached : usage["prompt_cache_hit_tokens"]));
    tokens.cacheWrite = std::min(tokens.prompt - tokens.cached, countOf(details["cache_write_tokens"]));
    tokens.reasoning = countOf(usage["completion_tokens_details"]["reasoning_tokens"]);
    double cost = 0;
    if (usage["cost"].get_double().get(cost) == SUCCESS && cost >= 0)
        reported.cost = usage::Money::fromDollars(cost);
    return reported;
}

/// Takes the text of a delta; false if it has other content.
bool takeDelta(object delta, PlainChunk &chunk)
{
    for (const auto &[key, value] : delta) {
        if (key == "content" && value.is_string())
            chunk.text = value.get_string().value_unsafe();
        else if (key != "role" && !value.is_null())
            return false;
    }
    return true;
}

bool takeChoice(object choice, PlainChunk &chunk)
{
    for (const auto &[key, value] : choice) {
        object delta;
        int64_t index = 0;
        bool isPlain = key == "logprobs" || value.is_null();
        if (key == "delta" && value.get(delta) == SUCCESS)
            isPlain = takeDelta(delta, chunk);
        else if (key == "index")
            isPlain = value.get(index) == SUCCESS && index == 0;
        else if (key == "finish_reason" && value.is_string())
            isPlain = value.get(chunk.finishReason) == SUCCESS;
        if (!isPlain)
            return false;
    }
    return true;
}

bool takeChoices(element choices, PlainChunk &chunk)
{
    array all;
    object choice;
    if (choices.get(all) != SUCCESS || all.size() > 1)
        return false;
    return all.size() == 0 || (all.at(0).get(choice) == SUCCESS && takeChoice(choice, chunk));
}

constexpr qsizetype longestPlain = 1 << 20; // what is longer is a picture, and would leave its room behind

} // namespace

PlainChunkReader::PlainChunkReader() : m_parser(std::make_unique<simdjson::dom::parser>()) { }
PlainChunkReader::~PlainChunkReader() = default;

bool PlainChunkReader::parse(const QByteArray &json, element &root)
{
    if (json.isEmpty() || json.size() > longestPlain)
        return false;
    // simdjson reads in wide steps, past the end of the text.
    if (m_capacity < json.size()) {
        m_capacity = std::max<qsizetype>(4096, 2 * json.size());
        m_padded = std::make_unique<char[]>(static_cast<size_t>(m_capacity) + simdjson::SIMDJSON_PADDING);
    }
    std::memcpy(m_padded.get(), json.constData(), static_cast<size_t>(json.size()));
    return m_parser->parse(m_padded.get(), static_cast<size_t>(json.size()), false).get(root) == SUCCESS;
}

std::optional<PlainChunk> PlainChunkReader::read(const QByteArray &chunk)
{
    element root;
    object top;
    if (!parse(chunk, root) || root.get(top) != SUCCESS)
        return std::nullopt;
    PlainChunk plain;
    for (const auto &[key, value] : top) {
        bool isPlain = key != "error" || value.is_null();
        if (key == "choices")
            isPlain = takeChoices(value, plain);
        else if (key == "model" && value.is_string())
            isPlain = value.get(plain.model) == SUCCESS;
        else if (key == "usage" && value.is_object())
            plain.usage = usageOf(value);
        if (!isPlain)
            return std::nullopt;
    }
    return plain;
}

UsageReported PlainChunkReader::readUsage(const QByteArray &usage)
{
    element root;
    return parse(usage, root) ? usageOf(root) : UsageReported();
}

} // namespace quintet::llm::wire
