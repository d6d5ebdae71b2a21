// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/answer/itemreader.h"

namespace quintet::batch {

/// Some items of a run as lines of requests.
struct RequestLines {
    QByteArray lines;
    std::vector<qint64> items; ///< that are in it, by id
    qint64 promptTokens = 0;   ///< that they are reckoned to have
    qint64 answerTokens = 0;   ///< the same of their answers
    qint64 last = 0;           ///< the id up to which items were looked at
    bool isEnd = false;        ///< there are no more

    bool operator==(const RequestLines &) const = default;
};

/// Makes lines of requests out of the items of a run that wait. Those that cannot be read are set aside as failed;
/// those too long for one request are left in the queue. Lives on the engine thread.
class RequestWriter final {
public:
    RequestWriter(ItemStore &items, ItemReader &reader, const Answerer &answerer, const Run &run)
        : m_items(items),
          m_reader(reader),
          m_answerer(answerer),
          m_run(run)
    {
    }

    /// The next lines behind the item `after`, within what a provider takes at once and we hold in memory.
    Task<Result<RequestLines>> next(qint64 after, CancelToken token);

private:
    ItemStore &m_items;
    ItemReader &m_reader;
    const Answerer &m_answerer;
    Run m_run;
};

} // namespace quintet::batch
