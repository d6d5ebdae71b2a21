// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/task.h"
#include "batch/item.h"
#include "batch/run.h"
#include "store/database.h"

#include <vector>

namespace quintet::batch {

/// Which items of a run are wanted, and in which order.
struct ItemQuery {
    enum class Order { Position, Name, State, Time, Cost, Size };

    std::vector<ItemState> states; ///< empty: all
    QString text;                  ///< part of the name, the error or the result; empty: all
    QString errorKind;             ///< empty: all
    Order order = Order::Position;
    bool descending = false;

    bool operator==(const ItemQuery &) const = default;
};

/// The items of runs: the queue, the results, and the table that shows them. What is written here survives a power
/// cut once the task is done. Holds no item itself. Lives on the thread that made it.
class ItemStore final {
public:
    ItemStore(store::Database &database, const Clock &clock) : m_database(database), m_clock(clock) { }

    /// Adds items behind those that there are. `first` is the position of the first one.
    Task<Result<void>> add(Run run, qint64 first, std::vector<ItemSource> sources);

    /// Takes all items out again, in steps.
    Task<Result<void>> clear(Run run);

    /// Puts back into the queue what was under way when its worker ended, marked as repeated.
    Task<Result<void>> recover(Run run);

    /// Puts items that failed back into the queue; all kinds of errors if `errorKind` is empty.
    Task<Result<void>> retryFailed(Run run, QString errorKind);

    /// At most `limit` items of that state behind the id `after`, in order.
    Result<std::vector<Item>> inState(const Run &run, ItemState state, qint64 after, int limit);

    /// What the item is made of where it is no file.
    Result<QString> content(qint64 id);

    /// The text of the result; empty where there is none.
    Result<QString> result(qint64 id);

    Result<Item> find(qint64 id);

    /// Records that the item is about to be sent.
    Task<Result<void>> begin(qint64 id);

    /// Records a result, with the state of the item in the same transaction: Answered where it is still to be written
    /// to a file, which is claimed for it, else Done.
    Task<Result<void>> finish(qint64 id, ItemResult result, std::optional<ItemFile> file);

    /// The result stands in its file.
    Task<Result<void>> markWritten(qint64 id);

    Task<Result<void>> fail(qint64 id, Error error);

    /// Puts an item back into the queue. `mayBePaid`: it had been sent.
    Task<Result<void>> putBack(qint64 id, Error error, bool mayBePaid);

    /// The item's file was another one when it was read than when it was listed.
    Task<Result<void>> markChanged(qint64 id);

    /// The ids that `query` is for, in its order: eight bytes an item. Takes long where there are many items.
    Result<std::vector<qint64>> ids(const Run &run, const ItemQuery &query);

    /// The items of those ids in that order, with their results up to `resultLength` characters each.
    Result<std::vector<ItemRecord>> records(const std::vector<qint64> &ids, int resultLength);

    /// Calls `visit` for each item of the run in order, until it fails; in pages, so that memory is flat.
    Result<void> forEach(const Run &run, const std::function<Result<void>(const ItemRecord &)> &visit);

    /// Adds the results of `former` as items.
    Task<Result<void>> addResults(Run run, Run former);

private:
    Result<store::Connection *> reader();
    Result<std::vector<Item>> read(const QString &where, const QVariantList &values);

    store::Database &m_database;
    const Clock &m_clock;
    std::optional<store::Connection> m_reader; ///< opened when first needed
};

} // namespace quintet::batch
