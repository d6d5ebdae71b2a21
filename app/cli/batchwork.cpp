// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/batchwork.h"

#include "app/resultjson.h"
#include "batch/output/exporter.h"
#include "batch/work/runner.h"

#include <QCoreApplication>
#include <QDir>
#include <QTimer>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int barWidth = 24; // characters
constexpr int mostNamed = 5; // kinds of errors

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// Passes what is written on to standard output.
class OutputDevice final : public QIODevice {
public:
    explicit OutputDevice(Output &output) : m_output(output) { open(QIODevice::WriteOnly); }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        m_output.text(QString::fromUtf8(data, size));
        return m_output.isAbandoned() ? -1 : size;
    }

private:
    Output &m_output;
};

QString shownTime(std::chrono::seconds time)
{
    const qint64 seconds = time.count();
    return seconds < 3'600 ? u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, '0'_L1)
                           : u"%1:%2:%3"_s.arg(seconds / 3'600)
                                 .arg(seconds / 60 % 60, 2, 10, '0'_L1)
                                 .arg(seconds % 60, 2, 10, '0'_L1);
}

/// Shows how a run gets on: a bar on a terminal, with --json an object whenever something changed.
class Progress final {
public:
    Progress(Output &output, const batch::RunStore &runs, const batch::RunId &id)
        : m_output(output),
          m_runs(runs),
          m_id(id)
    {
        m_start.start();
    }

    void show()
    {
        const auto run = m_runs.find(m_id.value);
        if (!run || run->state == batch::RunState::Preparing)
            return;
        if (m_output.isJson()) {
            const QJsonObject now = resultJson(*run);
            if (now != m_shown)
                m_output.object(m_shown = now);
            return;
        }
        m_output.progress(lineFor(*run));
    }

private:
    QString lineFor(const batch::Run &run)
    {
        const qint64 ended = run.done + run.failed;
        if (m_endedBefore < 0)
            m_endedBefore = ended;
        const double share = run.total > 0 ? static_cast<double>(ended) / static_cast<double>(run.total) : 0;
        const int full = static_cast<int>(share * barWidth);
        QString line = u"[%1%2] "_s.arg(QString(full, u'#'), QString(barWidth - full, u'.'))
                       + tr("%1 of %2").arg(run.done).arg(run.total);
        if (run.failed > 0)
            line += tr(", %1 failed").arg(run.failed);
        const double seconds = static_cast<double>(m_start.elapsed()) / 1000;
        if (const qint64 here = ended - m_endedBefore; here > 0 && seconds > 1) {
            const double perSecond = static_cast<double>(here) / seconds;
            line +=
                tr(", %1 a minute, %2 left")
                    .arg(qRound64(60 * perSecond))
                    .arg(shownTime(std::chrono::seconds(qRound64(static_cast<double>(run.total - ended) / perSecond))));
        }
        return run.cost.nanoDollars > 0 || run.unpriced > 0 ? line + u", "_s + costOf(run) : line;
    }

    Output &m_output;
    const batch::RunStore &m_runs;
    batch::RunId m_id;
    QElapsedTimer m_start;
    qint64 m_endedBefore = -1;
    QJsonObject m_shown;
};

void noteFailures(Output &output, const batch::RunStore &runs, const batch::Run &run)
{
    const auto groups = runs.errorGroups(run);
    if (!groups)
        return;
    int named = 0;
    for (const batch::ErrorGroup &group : *groups) {
        if (named++ == mostNamed)
            break;
        output.note(u"  %1 × %2"_s.arg(group.count).arg(group.message));
    }
}

void noteEnd(Output &output, const batch::RunStore &runs, const batch::Run &run, bool isInterrupted)
{
    const QString id = run.id.value;
    if (run.failed > 0) {
        output.note(
            tr("%1 of %2 items failed (again: quintet batch retry %3):").arg(run.failed).arg(run.total).arg(id));
        noteFailures(output, runs, run);
    }
    if (run.state == batch::RunState::Cancelled)
        output.note(tr("The run was cancelled; what was answered is kept."));
    else if (run.state == batch::RunState::Submitted)
        output.note(
            tr("%1 items are with the provider, which goes on by itself. Follow them with: quintet batch resume %2")
                .arg(run.running)
                .arg(id));
    else if (!run.isOver() && (isInterrupted || run.reason))
        output.note(
            tr("Paused: %1 of %2 are done. On with: quintet batch resume %3").arg(run.done).arg(run.total).arg(id));
    else if (run.isOver() && !run.spec.output.folder.isEmpty())
        output.note(tr("%1 of %2 are done; the results are in %3.")
                        .arg(run.done)
                        .arg(run.total)
                        .arg(QDir::toNativeSeparators(run.spec.output.folder)));
}

int statusOf(Invocation &invocation, const batch::Run &run)
{
    if (run.reason && !run.isOver())
        return run.reason->kind == ErrorKind::Cancelled ? exitStatus::interrupted : invocation.fail(*run.reason);
    if (!run.isOver())
        return exitStatus::interrupted;
    return run.state == batch::RunState::Complete && run.failed == 0 ? exitStatus::done : exitStatus::failed;
}

} // namespace

QString costOf(const batch::Run &run)
{
    return run.unpriced > 0 ? tr("%1 + ?").arg(display(run.cost)) : display(run.cost);
}

Result<void> printResults(Invocation &invocation, Services &services, const batch::Run &run, batch::OutputFormat format)
{
    batch::ItemStore items(services.database(), services.clock());
    OutputDevice device(invocation.output());
    return batch::exportRun(run, items, format, device, {});
}

Task<int> workRun(Invocation &invocation, Services &services, batch::Run run,
                  std::optional<batch::Runner::OfflineJob> offline)
{
    Output &output = invocation.output();
    const batch::RunStore runs(services.database(), services.clock());
    batch::Runner runner(services.batchParts(), run);
    if (offline)
        runner.setOfflineJob(*offline);
    Progress progress(output, runs, run.id);
    QTimer timer;
    bool isChanged = false;
    QObject::connect(&runner, &batch::Runner::progressed, &timer, [&isChanged] { isChanged = true; });
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        if (std::exchange(isChanged, output.isJson() ? false : true))
            progress.show();
    });
    timer.start(output.isJson() ? 500ms : 250ms);
    if (!output.isJson())
        output.progress(tr("Listing …"));
    const auto ended = co_await runner.work(invocation.token());
    timer.stop();
    output.progress({});
    if (!ended)
        co_return invocation.fail(ended.error());
    const bool isWritten = offline && offline->kind == batch::Runner::OfflineJob::WriteRequests && !ended->reason
                           && !invocation.token().stop_requested();
    const int status = isWritten ? exitStatus::done : statusOf(invocation, *ended);
    if (output.isJson())
        output.object(resultJson(*ended));
    else if (ended->isOver() && ended->spec.output.folder.isEmpty() && ended->done > 0) {
        if (auto printed = printResults(invocation, services, *ended, ended->spec.output.format); !printed)
            co_return invocation.fail(printed.error());
    }
    if (isWritten)
        output.note(tr("The requests are in %1. Take the answers over with: quintet batch import %2 FILE.jsonl")
                        .arg(QDir::toNativeSeparators(offline->path), ended->id.value));
    else
        noteEnd(output, runs, *ended, invocation.token().stop_requested());
    invocation.noteBudget();
    co_return status;
}

} // namespace quintet::cli
