// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/runfacts.h"

#include "batch/answer/answerschema.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using batch::RunState;
using batch::TaskKind;

namespace {

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("quintet::ui::RunFacts", text, comment, n);
}

QString taskWord(const batch::RunSpec &spec)
{
    switch (spec.task) {
    case TaskKind::Prompt:
        return spec.schema.isEmpty() ? QString() : tr("fields: %1").arg(batch::fieldsOf(spec.schema).join(u", "_s));
    case TaskKind::Summarize: return tr("summaries");
    case TaskKind::Extract: return tr("fields: %1").arg(batch::fieldsOf(spec.schema).join(u", "_s));
    case TaskKind::Classify: return tr("labels: %1").arg(spec.labels.join(u", "_s));
    case TaskKind::Keywords: return tr("keywords");
    case TaskKind::Translate: return tr("into %1").arg(spec.language);
    case TaskKind::Rewrite: return tr("rewritten");
    }
    Q_UNREACHABLE();
}

QString homely(QString path)
{
    const QString home = QDir::homePath();
    if (path.startsWith(home + u'/'))
        path.replace(0, home.size(), u"~"_s);
    return QDir::toNativeSeparators(path);
}

} // namespace

QString stateWord(RunState state)
{
    switch (state) {
    case RunState::Preparing: return tr("listing");
    case RunState::Processing: return tr("running");
    case RunState::Paused: return tr("paused");
    case RunState::Complete: return tr("done");
    case RunState::Failed: return tr("failed");
    case RunState::Cancelled: return tr("cancelled");
    case RunState::Submitted: return tr("provider batch");
    }
    Q_UNREACHABLE();
}

QString costWord(const batch::Run &run)
{
    return run.unpriced > 0 ? tr("%1 + ?").arg(display(run.cost)) : display(run.cost);
}

QString countWord(const batch::Run &run)
{
    const QLocale locale;
    return tr("%1 of %2").arg(locale.toString(run.done), locale.toString(run.total));
}

QString aboutRun(const batch::RunSpec &spec)
{
    QStringList parts;
    if (spec.source.kind == batch::SourceKind::Run)
        parts << tr("results of a former run");
    else
        parts << (spec.source.paths.size() > 1 ? tr("%Ln file(s)", nullptr, static_cast<int>(spec.source.paths.size()))
                                               : homely(spec.source.paths.value(0)));
    if (!spec.source.include.isEmpty())
        parts << spec.source.include.join(u' ');
    parts << (spec.endpoint.kind == llm::EndpointKind::Builtin ? tr("built-in engine")
              : spec.endpoint.model.isEmpty()                  ? spec.endpoint.name
                                                               : spec.endpoint.model);
    if (const QString task = taskWord(spec); !task.isEmpty())
        parts << task;
    return parts.join(u" · "_s);
}

QString durationWord(std::chrono::seconds time)
{
    const qint64 seconds = time.count();
    if (seconds >= 48 * 3'600)
        return tr("%Ln day(s)", nullptr, static_cast<int>(seconds / 86'400));
    const auto two = [](qint64 number) { return QString::number(number).rightJustified(2, u'0'); };
    return seconds < 3'600 ? u"%1:%2"_s.arg(seconds / 60).arg(two(seconds % 60))
                           : u"%1:%2:%3"_s.arg(seconds / 3'600).arg(two(seconds / 60 % 60), two(seconds % 60));
}

double shareEnded(const batch::Run &run)
{
    return run.total > 0 ? static_cast<double>(run.done + run.failed) / static_cast<double>(run.total) : 0;
}

QString problemWord(const QString &errorKind)
{
    switch (kindNamed(errorKind)) {
    case ErrorKind::BadInput: return tr("unreadable");
    case ErrorKind::ContextTooLong: return tr("too long");
    case ErrorKind::Refused: return tr("declined");
    case ErrorKind::RateLimited: return tr("rate limited");
    case ErrorKind::Unavailable: return tr("overloaded");
    case ErrorKind::Network: return tr("no connection");
    case ErrorKind::Timeout: return tr("timed out");
    case ErrorKind::Protocol: return tr("not understood");
    case ErrorKind::Unauthorized: return tr("key refused");
    case ErrorKind::Quota: return tr("quota used up");
    case ErrorKind::Budget: return tr("over budget");
    case ErrorKind::NeedsModel: return tr("needs a model");
    case ErrorKind::Storage: return tr("not written");
    case ErrorKind::Corrupt: return tr("damaged");
    case ErrorKind::Cancelled: return tr("stopped");
    }
    Q_UNREACHABLE();
}

bool mayHelpAgain(const QString &errorKind)
{
    switch (kindNamed(errorKind)) {
    case ErrorKind::BadInput:
    case ErrorKind::ContextTooLong:
    case ErrorKind::Refused: return false;
    default: return true;
    }
}

} // namespace quintet::ui
