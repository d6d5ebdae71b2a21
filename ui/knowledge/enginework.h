// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/extractor.h"
#include "knowledge/answer/answerer.h"
#include "knowledge/library/library.h"
#include "knowledge/whole/wholeanswerer.h"

#include <variant>

/// What the Knowledge tab has done on the engine thread. Every function here is called there, takes values, and leaves
/// what takes long to other threads.
namespace quintet::ui {

/// How far a collection is being brought up to date.
using KeepingProgress = std::variant<knowledge::IngestProgress, knowledge::VectorProgress, knowledge::IngestReport>;

/// Brings a collection up to date: files first, then vectors; and goes on following changes where it is watched, until
/// it is cancelled. A report comes after each round.
Task<Result<bool>> keepUpToDate(knowledge::Library &library, QString id, QStringList urgent,
                                std::function<void(KeepingProgress)> tell, CancelToken token);

/// A new collection of these files and folders; its id.
Task<Result<QString>> makeCollection(knowledge::Library &library, QString name, QStringList paths);

Task<Result<bool>> addPaths(knowledge::Library &library, QString id, QStringList paths);
Task<Result<bool>> changeSettings(knowledge::Library &library, QString id,
                                  std::function<void(knowledge::CollectionSettings &)> change);
Task<Result<bool>> retryFailed(knowledge::Library &library, QString id);
Task<Result<bool>> switchPassage(knowledge::Library &library, QString id, qint64 chunk, bool isOn);
/// Hits for the inspector, with the passages that were switched off.
struct Inspection {
    std::vector<knowledge::Hit> hits;
    std::vector<knowledge::PassageRow> off;
    QStringList notes;  ///< what did not go as wished
    QStringList whyNot; ///< why the document that was missed is not among the hits
};
/// `missed`: a part of the path of a document that should be found; may be empty.
Task<Result<Inspection>> inspect(knowledge::Library &library, knowledge::Query query, bool withOff, QString missed,
                                 CancelToken token);

Task<Result<bool>> exportCollection(knowledge::Library &library, QString id, QString path);
Task<Result<QString>> importCollection(knowledge::Library &library, QString path);
Task<Result<bool>> removeCollection(knowledge::Library &library, QString id);

/// The documents that could not be read.
Task<Result<std::vector<knowledge::DocumentRow>>> failedDocuments(knowledge::Library &library, QString id);

} // namespace quintet::ui
