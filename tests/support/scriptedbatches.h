// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedserver.h"

#include <QHash>
#include <QJsonObject>

namespace quintet::test {

/// OpenAI's files and batches on a ScriptedServer: what is uploaded is answered by `answer`, in reverse order, once the
/// job was asked for often enough. It refuses what OpenAI refuses: a file that was not uploaded, ids that occur twice,
/// lines of different models.
class ScriptedBatches final {
public:
    explicit ScriptedBatches(ScriptedServer &server, const QByteArray &prefix = "/v1");

    /// What becomes of a request: a body, an error, or nothing, where the time runs out first.
    struct Outcome {
        enum Kind { Answered, Failed, Expired } kind = Answered;
        QString text;
        int status = 200; ///< of what failed
    };
    std::function<Outcome(const QJsonObject &body)> answer;

    int asksUntilDone = 2;           ///< looks at a job before it is over
    bool hangsUpOnce = false;        ///< the next job is begun, but nobody is told
    bool declines = false;           ///< the next job fails its validation
    int created = 0;                 ///< jobs
    std::function<void()> onCreated; ///< called as a job is begun, before its client hears of it
    int cancelled = 0;               ///< jobs that were asked to stop
    int doneWhenStopped = 0;    ///< of the requests of a job that stops or expires as a whole, so many are answered
    bool stops = false;         ///< the next job is cancelled by somebody else
    bool expires = false;       ///< the next job's time is up before it is done
    QHash<QString, int> worked; ///< how often each prompt was answered

private:
    struct Job {
        QString id;
        QString input;
        QJsonObject metadata;
        QString state;
        int asked = 0;
        QString output;
        QString errors;
    };

    Script upload(const Received &request);
    Script download(const Received &request) const;
    Script batches(const Received &request);
    Script create(const Received &request);
    void finish(Job &job, const QString &earlyEnd);
    QJsonObject toJson(const Job &job) const;

    QHash<QString, QByteArray> m_files;
    std::vector<Job> m_jobs;
};

} // namespace quintet::test
