// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/wire/thinktags.h"

#include <algorithm>
#include <array>

namespace quintet::llm::wire {

namespace {

using namespace Qt::StringLiterals;

struct Tag {
    QLatin1StringView open;
    QLatin1StringView close;
};

constexpr std::array tags{Tag{"<think>"_L1, "</think>"_L1}, Tag{"<thinking>"_L1, "</thinking>"_L1},
                          Tag{"<thought>"_L1, "</thought>"_L1}, Tag{"[THINK]"_L1, "[/THINK]"_L1}};

constexpr qsizetype mostSpace = 256;

qsizetype leadingSpace(QStringView text)
{
    return std::ranges::find_if_not(text, [](QChar c) { return c.isSpace(); }) - text.begin();
}

/// How many characters at the end of `text` may be the beginning of `tag`.
qsizetype heldAtEnd(QStringView text, QStringView tag)
{
    for (qsizetype length = std::min(text.size(), tag.size() - 1); length > 0; --length) {
        if (tag.startsWith(text.last(length)))
            return length;
    }
    return 0;
}

} // namespace

std::vector<Event> ThinkTags::feed(const QString &text)
{
    if (m_state == State::Text)
        return text.isEmpty() ? std::vector<Event>{} : std::vector<Event>{TextDelta{text}};
    std::vector<Event> pieces;
    m_held += text;
    while (step(pieces)) { }
    return pieces;
}

std::vector<Event> ThinkTags::finish()
{
    if (m_held.isEmpty() || m_state == State::Gap)
        return {};
    const QString rest = std::exchange(m_held, {});
    if (m_state == State::Thinking)
        return {ReasoningDelta{rest}};
    return {TextDelta{rest}};
}

/// Takes one step; false where more must come first.
bool ThinkTags::step(std::vector<Event> &pieces)
{
    switch (m_state) {
    case State::Start: return open();
    case State::Thinking: return think(pieces);
    case State::Gap: return skipGap();
    case State::Text: break;
    }
    if (!m_held.isEmpty())
        pieces.push_back(TextDelta{std::exchange(m_held, {})});
    return false;
}

bool ThinkTags::open()
{
    const qsizetype space = leadingSpace(m_held);
    const QStringView start = QStringView(m_held).sliced(space);
    // White space without end before a tag is not worth holding back.
    const bool isPlausible = space < mostSpace;
    for (const Tag &tag : tags) {
        if (isPlausible && start.startsWith(tag.open)) {
            m_close = tag.close;
            m_held = start.sliced(tag.open.size()).toString();
            m_state = State::Thinking;
            return true;
        }
    }
    const auto mayBecome = [start](const Tag &tag) { return tag.open.startsWith(start); };
    if (isPlausible && (start.isEmpty() || std::ranges::any_of(tags, mayBecome)))
        return false;
    m_state = State::Text;
    return true;
}

bool ThinkTags::think(std::vector<Event> &pieces)
{
    const qsizetype end = m_held.indexOf(m_close);
    const qsizetype certain = end >= 0 ? end : m_held.size() - heldAtEnd(m_held, m_close);
    if (certain > 0)
        pieces.push_back(ReasoningDelta{m_held.first(certain)});
    m_held.remove(0, end >= 0 ? end + m_close.size() : certain);
    if (end >= 0)
        m_state = State::Gap;
    return end >= 0;
}

/// The blank lines between thought and answer belong to neither.
bool ThinkTags::skipGap()
{
    m_held.remove(0, leadingSpace(m_held));
    if (m_held.isEmpty())
        return false;
    m_state = State::Text;
    return true;
}

} // namespace quintet::llm::wire
