// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "knowledge/answer/answer.h"
#include "knowledge/library/collection.h"
#include "knowledge/whole/wholeestimate.h"

namespace quintet::cli {

// What `quintet knowledge` prints, as text and as JSON.

QString lineFor(const knowledge::IngestProgress &progress);
QString lineFor(const knowledge::VectorProgress &progress);
QString sentenceFor(const knowledge::IngestReport &report);
QString sentenceFor(const knowledge::WholeEstimate &estimate);

QJsonObject jsonFrom(const knowledge::DocumentRow &row);

QStringList rowFor(const knowledge::CollectionInfo &info);
QString textFor(const knowledge::CollectionInfo &info);

/// `queryId` is null unless several queries are answered.
void print(Output &output, const std::vector<knowledge::Hit> &hits, const QJsonValue &queryId);

/// The sources of an answer whose text stands there already, or with JSON all of it.
void print(Output &output, const knowledge::Answer &answer);

void print(Output &output, const knowledge::CheckReport &report);

} // namespace quintet::cli
