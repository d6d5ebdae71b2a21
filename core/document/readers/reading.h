// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "document/document.h"
#include "document/readers/content.h"

#include <functional>
#include <memory>

namespace quintet::document {

/// What the documents inside of one source may take together, so that a small file cannot unpack without end.
struct Allowance {
    qint64 bytes = 512LL << 20; ///< still to be unpacked
    int documents = 5'000;      ///< still to be read
};

/// What a reader gets beside the content. Copied freely; any one thread.
struct Reading {
    static constexpr int deepest = 4; ///< documents within documents

    CancelToken token;
    std::function<void()> progress; ///< called now and then by readers that take long, to show that they go on
    std::shared_ptr<Allowance> allowance = std::make_shared<Allowance>();
    int depth = 0;
    /// Reads a document that was found inside of another: an attachment, a file of an archive. Empty in tests of one
    /// reader.
    std::function<Result<Document>(const Content &, const Reading &)> readNested;

    /// Shows that the reader goes on; true if it is to stop.
    bool stops() const
    {
        if (progress)
            progress();
        return token.stop_requested();
    }
};

} // namespace quintet::document
