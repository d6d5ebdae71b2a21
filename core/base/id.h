// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet {

/// A new identifier: UUID version 7 (RFC 9562 §5.7) without dashes, so that ids sort by the time they were made.
QString makeId();

/// An identifier of one kind of thing: `using ConversationId = Id<struct ConversationTag>;`
template<typename Tag>
struct Id {
    QString value;

    static Id make() { return Id{makeId()}; }
    bool isEmpty() const { return value.isEmpty(); }
    auto operator<=>(const Id &) const = default;
    bool operator==(const Id &) const = default;
};

template<typename Tag>
size_t qHash(const Id<Tag> &id, size_t seed = 0)
{
    return qHash(id.value, seed);
}

} // namespace quintet
