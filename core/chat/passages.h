// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "chat/message.h"
#include "document/document.h"

namespace quintet::chat {

/// A stretch of a document that an answer may rest on, and how it is cited.
struct Passage {
    QString text;
    Citation source; ///< its quote is empty

    bool operator==(const Passage &) const = default;
};

/// Where passages come from beside the files that are attached: the user's collections. Made by those who keep them.
class PassageSource {
public:
    virtual ~PassageSource() = default;

    /// The names of all collections, in their order.
    virtual Task<Result<QStringList>> collections() = 0;

    /// The passages of `collections` that fit `question` best, best first, at most `count`.
    virtual Task<Result<std::vector<Passage>>> find(QString question, QStringList collections, int count,
                                                    CancelToken token) = 0;
};

/// A document taken apart into passages. Linear; any thread.
std::vector<Passage> passagesOf(const document::Document &document, const Attachment &attachment);

/// The passages that share words with `question`, best first, at most `count`, by BM25 (Robertson and Zaragoza 2009)
/// over `passages` alone. Linear; any thread.
std::vector<Passage> bestPassages(const std::vector<Passage> &passages, const QString &question, size_t count);

} // namespace quintet::chat
