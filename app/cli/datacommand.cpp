// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"
#include "app/cli/standardinput.h"
#include "app/cli/table.h"
#include "app/keptkeys.h"
#include "backup/keptfiles.h"
#include "backup/restoring.h"
#include "base/onpool.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>

namespace quintet::cli {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

int show(Invocation &invocation, const Paths &paths)
{
    qint64 bytes = 0;
    const auto files = backup::keptFiles(paths);
    for (const backup::KeptFile &file : files)
        bytes += QFileInfo(file.path).size();
    const qint64 count = std::ssize(files);
    Table table(invocation.output());
    table.add({{u"data_folder"_s, paths.dataFolder},
               {u"settings_file"_s, paths.settingsFile},
               {u"files"_s, count},
               {u"bytes"_s, bytes}},
              {tr("data"), QDir::toNativeSeparators(paths.dataFolder)});
    if (!invocation.output().isJson()) {
        table.add({}, {tr("settings"), QDir::toNativeSeparators(paths.settingsFile)});
        table.add({}, {tr("size"), tr("%1 in %2 files").arg(QLocale().formattedDataSize(bytes)).arg(count)});
    }
    table.print();
    return exitStatus::done;
}

/// The password for the keys: the first line of standard input, so that no list of processes shows it.
Task<Result<QString>> readPassword(CancelToken token)
{
    const auto input = co_await readStandardInput(token);
    if (!input)
        co_return std::unexpected(input.error());
    const QString password = QString::fromUtf8(*input).section(u'\n', 0, 0).trimmed();
    if (password.isEmpty())
        co_return failure(ErrorKind::BadInput, tr("--with-keys needs a password on standard input."));
    co_return Result<QString>(password);
}

Task<Result<QByteArray>> sealedKeys(Paths paths, QString password)
{
    const auto services = Services::open(paths);
    if (!services)
        co_return std::unexpected(services.error());
    const auto keys = co_await readKeptKeys(**services);
    if (!keys)
        co_return std::unexpected(keys.error());
    co_return co_await onPool([keys = *keys, password] { return backup::seal(keys, password); });
}

/// Shown on a terminal only, from whichever thread.
backup::OnBytes progressOf(Output &output)
{
    return [&output, last = qint64(-1)](qint64 done, qint64 total) mutable {
        const qint64 percent = total > 0 ? done * 100 / total : 0;
        if (std::exchange(last, percent) != percent)
            QMetaObject::invokeMethod(qApp, [&output, percent] { output.progress(tr("%1 %").arg(percent)); });
    };
}

Task<int> backUp(Invocation &invocation, Paths paths, QString file)
{
    QByteArray sealed;
    if (invocation.isSet(u"with-keys"_s)) {
        const auto password = co_await readPassword(invocation.token());
        if (!password)
            co_return invocation.fail(password.error());
        const auto keys = co_await sealedKeys(paths, *password);
        if (!keys)
            co_return invocation.fail(keys.error());
        sealed = *keys;
    }
    const auto summary =
        co_await onPool([paths, file, sealed, token = invocation.token(), onBytes = progressOf(invocation.output())] {
            return backup::writeBackup(paths, file, sealed, token, onBytes);
        });
    if (!summary)
        co_return invocation.fail(summary.error());
    invocation.output().progress({});
    if (invocation.output().isJson()) {
        invocation.output().object({{u"file"_s, QFileInfo(file).absoluteFilePath()},
                                    {u"files"_s, summary->files},
                                    {u"bytes"_s, summary->bytes},
                                    {u"with_keys"_s, summary->hasKeys}});
    } else {
        invocation.output().note(summary->hasKeys ? tr("%1 files and the keys were backed up.").arg(summary->files)
                                                  : tr("%1 files were backed up, without keys.").arg(summary->files));
    }
    co_return exitStatus::done;
}

Task<Result<void>> takeKeys(Invocation &invocation, Paths paths, backup::Keys keys)
{
    const auto services = Services::open(paths);
    if (!services)
        co_return std::unexpected(services.error());
    const auto kept = co_await keepKeys(**services, std::move(keys));
    if (!kept)
        co_return std::unexpected(kept.error());
    if (*kept == store::Secrets::Place::Memory) {
        invocation.output().note(tr("No keychain answers here, so the keys are not kept; name environment variables "
                                    "with `quintet endpoints add NAME --key-env VARIABLE`."));
    }
    co_return Result<void>();
}

Task<int> restore(Invocation &invocation, Paths paths, QString file)
{
    QString password;
    if (invocation.isSet(u"with-keys"_s)) {
        const auto read = co_await readPassword(invocation.token());
        if (!read)
            co_return invocation.fail(read.error());
        password = *read;
    }
    const auto content =
        co_await onPool([paths, file, password, token = invocation.token(), onBytes = progressOf(invocation.output())] {
            return backup::prepareRestoring(paths, file, password, token, onBytes);
        });
    if (!content)
        co_return invocation.fail(content.error());
    invocation.output().progress({});
    if (const auto finished = co_await onPool([paths] { return backup::finishRestoring(paths); }); !finished) {
        backup::forgetRestoring(paths);
        co_return invocation.fail(finished.error());
    }
    if (!content->keys.isEmpty()) {
        if (const auto taken = co_await takeKeys(invocation, paths, content->keys); !taken)
            co_return invocation.fail(taken.error());
    }
    if (invocation.output().isJson())
        invocation.output().object({{u"files"_s, content->summary.files}, {u"bytes"_s, content->summary.bytes}});
    else
        invocation.output().note(
            tr("The backup of %1 is in place in %2. What was there before, if anything, is beside it in a folder "
               "before-restore-DATE.")
                .arg(QLocale().toString(content->summary.created.toLocalTime(), QLocale::ShortFormat),
                     QDir::toNativeSeparators(paths.dataFolder)));
    co_return exitStatus::done;
}

Task<int> erase(Invocation &invocation, Paths paths)
{
    if (!invocation.isSet(u"yes"_s))
        co_return invocation.failUsage(tr("This removes everything that Quintet keeps, for good; add --yes to do it."));
    if (auto services = Services::open(paths)) {
        if (const auto forgotten = co_await forgetKeptKeys(**services); !forgotten)
            co_return invocation.fail(forgotten.error());
    } // a damaged database is no reason to keep it
    if (const auto erased = co_await onPool([paths] { return backup::eraseEverything(paths); }); !erased)
        co_return invocation.fail(erased.error());
    invocation.output().note(tr("Everything is gone."));
    co_return exitStatus::done;
}

Task<int> run(Invocation &invocation)
{
    const QString verb = invocation.arguments().value(0, u"show"_s);
    const qsizetype wanted = verb == u"backup" || verb == u"restore" ? 2 : 1;
    if (!QStringList{u"show"_s, u"backup"_s, u"restore"_s, u"erase"_s}.contains(verb)
        || (invocation.arguments().size() != wanted && !invocation.arguments().isEmpty()))
        co_return invocation.failUsage(tr("data knows show, backup FILE, restore FILE and erase --yes."));
    const auto paths = preparePaths(invocation.value(u"data-dir"_s));
    if (!paths)
        co_return invocation.fail(paths.error());
    if (verb == u"backup")
        co_return co_await backUp(invocation, *paths, invocation.arguments().at(1));
    if (verb == u"restore")
        co_return co_await restore(invocation, *paths, invocation.arguments().at(1));
    if (verb == u"erase")
        co_return co_await erase(invocation, *paths);
    co_return show(invocation, *paths);
}

} // namespace

Command dataCommand()
{
    return {u"data"_s,
            u"show | backup FILE | restore FILE | erase"_s,
            tr("Everything that Quintet keeps: where it is, into one file and back, or gone."),
            {{u"with-keys"_s, {}, tr("with backup and restore: keys too, under a password on standard input")},
             {u"yes"_s, {}, tr("with erase: really")}},
            run};
}

} // namespace quintet::cli
