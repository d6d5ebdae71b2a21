// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/extractor.h"

#include <QThreadPool>

namespace quintet::document {

/// Reads files in this process, each on a thread of a small pool: for tests, and where no child process can be had.
/// Must outlive its tasks; destroying it waits for the page that is being read.
class FileExtractor final : public Extractor {
public:
    FileExtractor();
    ~FileExtractor() override;
    Q_DISABLE_COPY_MOVE(FileExtractor)

    Task<Result<Document>> extract(Source source, CancelToken token) override;

    /// The same on the calling thread.
    static Result<Document> extractNow(const Source &source, CancelToken token);

private:
    QThreadPool m_pool;
    CancelSource m_closing;
};

} // namespace quintet::document
