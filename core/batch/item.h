// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "usage/money.h"

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace quintet::batch {

/// As the database keeps it.
enum class ItemState {
    Queued = 0,
    Running = 1,
    Done = 2,
    Failed = 3,
    Answered = 4, ///< the result is recorded, its file not yet written
};

/// What an item is made of, as it is listed.
struct ItemSource {
    QString name;                   ///< the path inside of the source folder, "row 12", or the name in a former run
    QString path;                   ///< absolute, of a file; else empty
    qint64 size = 0;                ///< in bytes
    QString content;                ///< where it is no file: a row as a JSON object, or a text
    std::optional<qint64> modified; ///< a file's last change, in milliseconds since 1970

    bool operator==(const ItemSource &) const = default;
};

/// One file or row of a run.
struct Item {
    qint64 id = 0; ///< in this database: see itemId()
    QString name;
    QString path; ///< absolute, of a file; else empty
    qint64 size = 0;
    std::optional<qint64> modified; ///< a file's last change as it was listed, in milliseconds since 1970
    bool changed = false;           ///< the file was another one when it was read
    ItemState state = ItemState::Queued;
    int attempts = 0;
    bool repeated = false;      ///< was under way when Quintet ended: it may have been paid for twice
    std::optional<Error> error; ///< why it failed, or why it is tried again
    std::optional<bool> valid;  ///< whether the answer fits the schema; nothing where there is none
    bool cached = false;
    qint64 promptTokens = 0;
    qint64 completionTokens = 0;
    std::optional<usage::Money> cost;
    std::optional<usage::Money> saved;
    std::optional<std::chrono::milliseconds> time; ///< that the answer took
    QDateTime finished;
    QString output; ///< the file that the result is written to

    qint64 position() const { return id & 0xffff'ffff; }
    bool operator==(const Item &) const = default;
};

/// The first id of a run's items; the position in the run is added to it.
constexpr qint64 itemId(qint64 runNumber, qint64 position = 0)
{
    return (runNumber << 32) + position;
}

/// Stands for the run as a whole where an item's id is asked for.
constexpr qint64 wholeRun(qint64 runNumber)
{
    return itemId(runNumber, 0xffff'ffff);
}

/// The file that a result goes to.
struct ItemFile {
    QString path;
    QByteArray digest; ///< of what will stand in it

    bool operator==(const ItemFile &) const = default;
};

/// What came of an item.
struct ItemResult {
    QString text;
    QString model;
    std::optional<bool> valid;
    bool cached = false;
    qint64 promptTokens = 0;
    qint64 completionTokens = 0;
    std::optional<usage::Money> cost;
    std::optional<usage::Money> saved;
    std::chrono::milliseconds time{0};

    bool operator==(const ItemResult &) const = default;
};

/// An item with all that belongs to it.
struct ItemRecord {
    Item item;
    QString content; ///< as ItemSource::content
    QString result;  ///< empty where there is none
    QString model;

    bool operator==(const ItemRecord &) const = default;
};

} // namespace quintet::batch
