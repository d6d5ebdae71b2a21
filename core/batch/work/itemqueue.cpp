// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/itemqueue.h"

namespace quintet::batch {

namespace {

constexpr int pageSize = 256;

}

/// Reads the next page, from the beginning again where the end is reached. False if nothing waits.
Result<bool> ItemQueue::readOn()
{
    for (const bool isAgain : {false, true}) {
        if (isAgain)
            m_after = 0;
        auto page = m_items.inState(m_run, ItemState::Queued, m_after, pageSize + static_cast<int>(m_taken.size()));
        if (!page)
            return std::unexpected(page.error());
        for (Item &item : *page) {
            m_after = item.id;
            // An item that was taken is in the database as it was until its worker writes.
            if (!m_taken.contains(item.id))
                m_page.push_back(std::move(item));
        }
        if (!m_page.empty())
            return true;
    }
    return false;
}

Result<std::optional<Item>> ItemQueue::take()
{
    if (m_page.empty()) {
        if (const auto read = readOn(); !read)
            return std::unexpected(read.error());
        if (m_page.empty())
            return std::optional<Item>();
    }
    Item item = std::move(m_page.front());
    m_page.pop_front();
    m_taken.insert(item.id);
    return std::optional(std::move(item));
}

} // namespace quintet::batch
