// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/worker/protocol.h"

#include "base/task.h"

#include <QProcess>
#include <QTimer>

namespace quintet::document {

/// How long a worker may take. Progress is what it shows page by page.
struct WorkerLimits {
    std::chrono::milliseconds stall{15'000};      ///< without progress
    std::chrono::milliseconds whole{18'000};      ///< in all, and
    std::chrono::milliseconds perMegabyte{1'500}; ///< more for each MB of the file
};

/// A child process that reads documents, one after the other. Lives on one thread with an event loop. Destroying it
/// ends the child.
class WorkerProcess final : public QObject {
    Q_OBJECT

public:
    /// What came of a document: its parts, not yet put together; or why not.
    struct Answer {
        QByteArray facts;
        QByteArray text;
        QByteArray picture; ///< where that was wanted
        std::optional<Error> error;
        QString end; ///< how the reader came to its end over it: a part of a sentence, "it crashed"; else empty
    };

    WorkerProcess(const QString &program, WorkerLimits limits);
    ~WorkerProcess() override;

    /// Has it read `input`. One at a time. On cancelling, the child is ended and this is not usable any more.
    Task<Answer> read(const Input &input, CancelToken token);

    /// Whether it can be given another document.
    bool isUsable() const;

    int documentsRead() const { return m_documents; }

Q_SIGNALS:
    void answered();

private:
    void start(const QString &program);
    bool sendRequest(const Input &input);
    void takeOutput();
    void takeFrame(Frame kind, const QByteArray &content);
    void finish();
    void fail(const Error &error);
    void endOver(const QString &how);

    WorkerLimits m_limits;
    QProcess m_process;
    Descriptor m_requests;
    QTimer m_stall;
    QTimer m_whole;
    QByteArray m_output;
    Answer m_answer;
    int m_documents = 0;
    bool m_isReading = false;
    bool m_hasSpoken = false; ///< the child got as far as telling that it is there
};

} // namespace quintet::document
