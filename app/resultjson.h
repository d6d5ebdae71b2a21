// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"
#include "knowledge/whole/wholeestimate.h"
#include "usage/report/usagerow.h"

#include <QJsonObject>

namespace quintet {

// Results of the features as JSON, the same on the command line and over HTTP. Costs are in dollars, null where the
// price is not known; offsets count Unicode code points.

/// {"error":{"kind","message","detail"}}
QJsonObject resultJson(const Error &error);

QJsonObject resultJson(const summarize::Summary &summary);

/// A piece of an answer as it comes: {"type":"text|reasoning|tool_call|usage",...}; empty for what readers do not need.
QJsonObject resultJson(const llm::Event &event);

/// The end of an answer: {"type":"done",...}. `conversation`: its id, empty where it is not kept.
QJsonObject resultJson(const chat::Answered &answered, const QString &conversation);

QJsonObject resultJson(const batch::Run &run);

/// `rank` counts from 1.
QJsonObject resultJson(const knowledge::Hit &hit, int rank);
QJsonObject resultJson(const knowledge::Answer &answer);
QJsonObject resultJson(const knowledge::WholeEstimate &estimate);
QJsonObject resultJson(const QString &collection, const knowledge::IngestReport &report);
QJsonObject resultJson(const knowledge::CollectionInfo &info);

/// `split`: what the row's key is a value of, "pattern".
QJsonObject resultJson(const usage::UsageRow &row, const QString &split);

} // namespace quintet
