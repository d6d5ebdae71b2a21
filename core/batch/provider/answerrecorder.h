// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/answer/answerer.h"
#include "batch/itemstore.h"
#include "batch/provider/batchline.h"
#include "usage/ledger.h"
#include "usage/prices.h"

namespace quintet::batch {

/// How answers that did not come through the gateway are paid for.
enum class Pricing { Batch, Free };

/// Records a result, and writes it to where it belongs.
using RecordResult = std::function<Task<Result<void>>(Item, ItemResult)>;

/// Whether a failed call says only that the server cannot be asked now.
bool isPassing(const Error &error);

/// Takes answers that did not come through the gateway, from a provider's batch or an offline engine, to their items
/// and into the ledger. Lives on the engine thread.
class AnswerRecorder final {
public:
    struct Parts {
        Clock &clock;
        usage::Ledger &ledger;
        const usage::Prices &prices;
        ItemStore &items;
        const Answerer &answerer; ///< prepared
    };

    AnswerRecorder(const Parts &parts, const Run &run, RecordResult record);

    /// Records one answer. Those to items that have one already, or are none of the run's, are passed over. False where
    /// the item still needs one: it was not worked on, or what came may be better another time. `origin` is what the
    /// answer came in, the number of a part or the mark of a file: what is read from there again counts once.
    Task<Result<bool>> take(BatchAnswer answer, Pricing pricing, QString origin);

private:
    std::optional<usage::Money> costOf(const usage::TokenUsage &tokens, Pricing pricing) const;
    QString modelOf(const llm::Completion &completion) const;
    usage::UsageEvent eventFor(const Item &item, const llm::Completion &completion, const Result<ItemResult> &result,
                               Pricing pricing, const QString &origin) const;

    Parts m_parts;
    Run m_run;
    RecordResult m_record;
};

} // namespace quintet::batch
