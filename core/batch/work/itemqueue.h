// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/itemstore.h"

#include <QSet>

#include <deque>

namespace quintet::batch {

/// Hands out the items of a run that wait, in order and each to one worker; those that were put back come again once
/// the others had their turn. Holds a page of them at a time. Lives on the engine thread.
class ItemQueue final {
public:
    ItemQueue(ItemStore &items, const Run &run) : m_items(items), m_run(run) { }

    /// The next item; nothing where none waits now. It is the caller's until release().
    Result<std::optional<Item>> take();

    /// The item is done, has failed, or stands in the queue again.
    void release(qint64 id) { m_taken.remove(id); }

    /// How many items are somebody's.
    qsizetype taken() const { return m_taken.size(); }

private:
    Result<bool> readOn();

    ItemStore &m_items;
    Run m_run;
    std::deque<Item> m_page;
    QSet<qint64> m_taken;
    qint64 m_after = 0;
};

} // namespace quintet::batch
