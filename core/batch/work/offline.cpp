// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/offline.h"

#include "batch/output/atomicfile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace quintet::batch {

namespace {

constexpr qint64 longestLine = 256LL << 20; // bytes

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

} // namespace

Task<Result<void>> writeRequests(RequestWriter &writer, QString path, CancelToken token)
{
    QSaveFile file(path);
    if (!QDir().mkpath(QFileInfo(path).absolutePath()) || !file.open(QIODevice::WriteOnly))
        co_return std::unexpected(cannotWrite(path, file.errorString()));
    qint64 after = 0;
    for (bool isEnd = false; !isEnd;) {
        const auto lines = co_await writer.next(after, token);
        if (!lines)
            co_return std::unexpected(lines.error());
        if (file.write(lines->lines) != lines->lines.size())
            co_return std::unexpected(cannotWrite(path, file.errorString()));
        after = lines->last;
        isEnd = lines->isEnd;
    }
    if (!file.commit())
        co_return std::unexpected(cannotWrite(path, file.errorString()));
    co_return Result<void>();
}

Task<Result<void>> readAnswers(AnswerRecorder &recorder, QString path, CancelToken token)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        co_return failure(ErrorKind::BadInput,
                          tr("%1 cannot be read: %2.").arg(QDir::toNativeSeparators(path), file.errorString()));
    QCryptographicHash mark(QCryptographicHash::Sha256);
    mark.addData(&file);
    file.seek(0);
    const QString origin = QString::fromLatin1(mark.result().toHex().first(16));
    bool hasAny = false;
    while (!file.atEnd()) {
        if (token.stop_requested())
            co_return std::unexpected(cancelledError());
        const auto answer = answerFrom(file.readLine(longestLine));
        if (!answer)
            continue;
        hasAny = true;
        if (auto taken = co_await recorder.take(*answer, Pricing::Free, origin); !taken)
            co_return std::unexpected(taken.error());
    }
    if (!hasAny)
        co_return failure(
            ErrorKind::BadInput,
            tr("%1 holds no answers of this run: lines with custom_id and response, as vLLM's run-batch writes them.")
                .arg(QDir::toNativeSeparators(path)));
    co_return Result<void>();
}

} // namespace quintet::batch
