// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "knowledge/store/readingthread.h"
#include "knowledge/store/vectorstore.h"

#include <QThreadPool>

namespace quintet::knowledge {

/// Keeps the graph over the vectors of a large collection: a file beside it that can always be made again. Lives on the
/// engine thread.
class GraphKeeper final {
public:
    /// At `path`, from `from` passages on.
    GraphKeeper(ReadingThread &reading, QString path, qsizetype from)
        : m_reading(reading),
          m_path(std::move(path)),
          m_from(from)
    {
    }

    /// Builds the graph of `space` anew where there is none, it is of another space, a tenth of the `chunks` passages
    /// came behind it, or a fifth of what is in it has gone. `tell` hears how many vectors are in it.
    Task<Result<void>> run(SpaceRow space, qint64 chunks, std::function<void(qint64)> tell, CancelToken token);

private:
    Task<Result<bool>> isUpToDate(SpaceRow space, qint64 chunks);
    Task<Result<void>> build(SpaceRow space, qint64 chunks, std::function<void(qint64)> tell, CancelToken token);

    ReadingThread &m_reading;
    QString m_path;
    qsizetype m_from;
    QThreadPool m_pool;
};

} // namespace quintet::knowledge
