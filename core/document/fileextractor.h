// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/extractor.h"

#include <QThreadPool>

namespace quintet::document {

/// Reads files in this process, each on a thread of a small pool. The reader is chosen by what the bytes are; the
/// name decides only between formats that are text alike. Must outlive its tasks; destroying it waits for the page
/// that is being read.
class FileExtractor final : public Extractor {
public:
    static constexpr qint64 maximumText = 256LL << 20; ///< bytes of a text file
    static constexpr qint64 maximumPdf = 1LL << 30;    ///< bytes of a PDF file

    FileExtractor();
    ~FileExtractor() override;
    Q_DISABLE_COPY_MOVE(FileExtractor)

    Task<Result<Document>> extract(Source source, CancelToken token) override;

    /// The same on the calling thread, for tests and for a process that does nothing else.
    static Result<Document> extractNow(const Source &source, CancelToken token);

private:
    QThreadPool m_pool;
    CancelSource m_closing;
};

} // namespace quintet::document
