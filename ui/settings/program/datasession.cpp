// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/program/datasession.h"

#include "base/onpool.h"

#include <QPointer>

namespace quintet::ui {

namespace {

Task<Result<backup::Summary>> writeBackup(DataServices services, QString file, QString password, CancelToken token,
                                          backup::OnBytes onBytes)
{
    QByteArray sealed;
    if (!password.isEmpty()) {
        const auto keys = co_await services.readKeys();
        if (!keys)
            co_return std::unexpected(keys.error());
        const auto locked = co_await onPool([keys = *keys, password] { return backup::seal(keys, password); });
        if (!locked)
            co_return std::unexpected(locked.error());
        sealed = *locked;
    }
    co_return co_await onPool([paths = services.paths, file, sealed, token, onBytes] {
        return backup::writeBackup(paths, file, sealed, token, onBytes);
    });
}

Task<Result<backup::Content>> unpack(DataServices services, QString file, QString password, CancelToken token,
                                     backup::OnBytes onBytes)
{
    auto content = co_await onPool([paths = services.paths, file, password, token, onBytes] {
        return backup::prepareRestoring(paths, file, password, token, onBytes);
    });
    if (content && !content->keys.isEmpty()) {
        if (const auto kept = co_await services.keepKeys(content->keys); !kept)
            co_return std::unexpected(kept.error());
    }
    co_return content;
}

} // namespace

DataSession::DataSession(DataServices services, QObject *parent) : QObject(parent), m_services(std::move(services)) { }

/// Told from the pool, once a percent.
backup::OnBytes DataSession::onBytes()
{
    return [self = QPointer(this), last = qint64(-1)](qint64 done, qint64 total) mutable {
        const qint64 percent = total > 0 ? done * 100 / total : 0;
        if (std::exchange(last, percent) == percent)
            return;
        QMetaObject::invokeMethod(qApp, [self, percent] {
            if (self && self->m_isRunning)
                Q_EMIT self->progressed(static_cast<int>(percent));
        });
    };
}

void DataSession::setRunning(bool running)
{
    m_isRunning = running;
    Q_EMIT runningChanged();
}

void DataSession::fail(const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        Q_EMIT failed(error);
}

void DataSession::backUp(const QString &file, const QString &password)
{
    setRunning(true);
    m_backingUp = EngineCall<backup::Summary>(
        m_services.engine, this,
        [services = m_services, file, password, onBytes = onBytes()](CancelToken token) {
            return writeBackup(services, file, password, token, onBytes);
        },
        [this, file](const Result<backup::Summary> &summary) {
            setRunning(false);
            if (summary)
                Q_EMIT backedUp(file, *summary);
            else
                fail(summary.error());
        });
}

void DataSession::prepareRestoring(const QString &file, const QString &password)
{
    setRunning(true);
    m_restoring = EngineCall<backup::Content>(
        m_services.engine, this,
        [services = m_services, file, password, onBytes = onBytes()](CancelToken token) {
            return unpack(services, file, password, token, onBytes);
        },
        [this](const Result<backup::Content> &content) {
            setRunning(false);
            if (content)
                Q_EMIT restorePrepared(content->summary, !content->keys.isEmpty());
            else
                fail(content.error());
        });
}

/// What was unpacked may be large; nothing else is begun meanwhile.
void DataSession::forgetRestoring()
{
    setRunning(true);
    m_forgetting = EngineCall<bool>(
        m_services.engine, this,
        [paths = m_services.paths](CancelToken) -> Task<Result<bool>> {
            co_return co_await onPool([paths] {
                backup::forgetRestoring(paths);
                return Result<bool>(true);
            });
        },
        [this](const Result<bool> &) { setRunning(false); });
}

void DataSession::restart()
{
    Q_EMIT restartAsked();
}

void DataSession::erase()
{
    setRunning(true);
    m_erasing = EngineCall<bool>(
        m_services.engine, this,
        [services = m_services](CancelToken) -> Task<Result<bool>> {
            const auto forgotten = co_await services.forgetKeys();
            if (!forgotten)
                co_return std::unexpected(forgotten.error());
            co_return true;
        },
        [this](const Result<bool> &forgotten) {
            setRunning(false);
            if (forgotten)
                Q_EMIT eraseAsked();
            else
                fail(forgotten.error());
        });
}

void DataSession::cancel()
{
    m_backingUp.cancel();
    m_restoring.cancel();
}

} // namespace quintet::ui
