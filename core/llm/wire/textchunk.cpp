// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/textchunk.h"

#include <cstring>
#include <simdjson.h>

namespace quintet::llm::wire {

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

/// The text of a delta that has no other content; nothing if it has.
std::optional<std::string_view> textOf(object delta)
{
    std::string_view text;
    for (const auto &[key, value] : delta) {
        if (key == "content" && value.is_string())
            text = value.get_string().value_unsafe();
        else if (key != "role" && !value.is_null())
            return std::nullopt;
    }
    return text;
}

std::optional<std::string_view> textOfChoice(element choices)
{
    simdjson::dom::array all;
    object choice;
    if (choices.get(all) != simdjson::SUCCESS || all.size() != 1 || all.at(0).get(choice) != simdjson::SUCCESS)
        return std::nullopt;
    std::optional<std::string_view> text;
    for (const auto &[key, value] : choice) {
        object delta;
        int64_t index = 0;
        if (key == "delta" && value.get(delta) == simdjson::SUCCESS)
            text = textOf(delta);
        else if (key == "index" ? value.get(index) != simdjson::SUCCESS || index != 0
                                : key != "logprobs" && !value.is_null())
            return std::nullopt;
    }
    return text;
}

} // namespace

TextChunkReader::TextChunkReader() : m_parser(std::make_unique<simdjson::dom::parser>()) { }
TextChunkReader::~TextChunkReader() = default;

std::optional<QString> TextChunkReader::read(const QByteArray &chunk)
{
    // simdjson reads in wide steps, past the end of the text.
    if (m_capacity < chunk.size()) {
        m_capacity = std::max<qsizetype>(4096, 2 * chunk.size());
        m_padded = std::make_unique<char[]>(static_cast<size_t>(m_capacity) + simdjson::SIMDJSON_PADDING);
    }
    std::memcpy(m_padded.get(), chunk.constData(), static_cast<size_t>(chunk.size()));
    object top;
    if (m_parser->parse(m_padded.get(), static_cast<size_t>(chunk.size()), false).get(top) != simdjson::SUCCESS)
        return std::nullopt;
    std::optional<std::string_view> text;
    for (const auto &[key, value] : top) {
        if (key == "choices")
            text = textOfChoice(value);
        else if ((key == "error" || key == "usage") && !value.is_null())
            return std::nullopt;
    }
    if (!text)
        return std::nullopt;
    return QString::fromUtf8(text->data(), static_cast<qsizetype>(text->size()));
}

} // namespace quintet::llm::wire
