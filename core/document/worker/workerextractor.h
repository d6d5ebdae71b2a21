// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/wake.h"
#include "document/extractor.h"
#include "document/worker/quarantine.h"
#include "document/worker/textrecognition.h"
#include "document/worker/workerprocess.h"

#include <QHash>
#include <QThreadPool>

#include <deque>

namespace quintet::document {

/// Programs of others that a WorkerExtractor may use. They run confined, as its own readers do.
struct OtherPrograms {
    QString tesseract;               ///< reads pictures; empty: none
    QHash<QString, QString> loaders; ///< by a file's ending: a command that writes the text of its standard input

    /// Tesseract where it is installed, and the loaders that the group "loaders" of the settings file names.
    static OtherPrograms found(const QString &settingsFile);
};

/// Reads documents in child processes that may do nothing else: one for each core, started when they are needed and
/// used again. A file that crashes or stalls its reader is set aside with the reason; reading it again fails with that
/// until it changes or Source::again asks for it. Pictures are read with Tesseract, other endings by the user's
/// loaders. Must outlive its tasks; lives on one thread.
class WorkerExtractor final : public Extractor {
public:
    /// `program`: the `quintet` that runs with --extract-worker; `quarantineFolder`: empty to set nothing aside.
    WorkerExtractor(QString program, QString quarantineFolder, WorkerLimits limits = {}, OtherPrograms others = {});
    ~WorkerExtractor() override;
    Q_DISABLE_COPY_MOVE(WorkerExtractor)

    Task<Result<Document>> extract(Source source, CancelToken token) override;

    /// Child processes at this moment.
    int workers() const { return m_workers; }

private:
    using Worker = std::unique_ptr<WorkerProcess>;

    Task<WorkerProcess::Answer> ask(std::shared_ptr<Input> input, CancelToken token);
    Task<Result<Document>> recognised(std::shared_ptr<Input> input, Error error, CancelToken token);
    Task<Result<Document>> loaded(std::shared_ptr<Input> input, QString command, CancelToken token);
    Task<Result<QString>> textOfPage(std::shared_ptr<Input> input, int page, CancelToken token);
    Task<Worker> takeWorker(CancelToken token);
    void giveBack(Worker worker);
    Task<Result<Document>> finished(Source source, std::shared_ptr<Input> input, WorkerProcess::Answer answer,
                                    CancelToken token);

    QString m_program;
    Quarantine m_quarantine;
    WorkerLimits m_limits;
    QHash<QString, QString> m_loaders;
    TextRecognition m_recognition;
    QThreadPool m_pool; ///< for opening files and putting documents together
    std::vector<Worker> m_idle;
    std::deque<Wake *> m_waiting;
    int m_most;
    int m_workers = 0;
};

/// The `quintet` program that belongs to this process: beside it, or where programs are.
QString extractWorkerProgram();

} // namespace quintet::document
