// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secrets.h"

#include <QCoreApplication>
#include <qcorosignal.h>
#include <qt6keychain/keychain.h>

namespace quintet::store {

namespace {

const QString service = QStringLiteral("quintet");

Task<QKeychain::Error> finished(QKeychain::Job *job)
{
    job->setAutoDelete(false);
    job->start();
    co_await qCoro(job, &QKeychain::Job::finished);
    co_return job->error();
}

Error keychainError(const QKeychain::Job &job)
{
    return Error(ErrorKind::Storage,
                 QCoreApplication::translate("store", "The system's keychain refused: %1").arg(job.errorString()));
}

bool isMissing(QKeychain::Error error)
{
    return error == QKeychain::NoBackendAvailable || error == QKeychain::NotImplemented
           || error == QKeychain::OtherError;
}

} // namespace

Task<Result<QString>> MemorySecrets::read(QString name)
{
    co_return m_secrets.value(name);
}

Task<Result<Secrets::Place>> MemorySecrets::write(QString name, QString secret)
{
    m_secrets.insert(name, secret);
    co_return Place::Memory;
}

Task<Result<void>> MemorySecrets::remove(QString name)
{
    m_secrets.remove(name);
    co_return Result<void>();
}

Task<Result<QString>> KeychainSecrets::read(QString name)
{
    const Result<QString> remembered = co_await m_memory.read(name);
    if (remembered && !remembered->isEmpty())
        co_return remembered;
    QKeychain::ReadPasswordJob job(service);
    job.setKey(name);
    const QKeychain::Error error = co_await finished(&job);
    if (error == QKeychain::NoError)
        co_return job.textData();
    if (error == QKeychain::EntryNotFound || isMissing(error))
        co_return QString();
    co_return std::unexpected(keychainError(job));
}

Task<Result<Secrets::Place>> KeychainSecrets::write(QString name, QString secret)
{
    QKeychain::WritePasswordJob job(service);
    job.setKey(name);
    job.setTextData(secret);
    const QKeychain::Error error = co_await finished(&job);
    if (error == QKeychain::NoError) {
        co_await m_memory.remove(name);
        co_return Place::Keychain;
    }
    if (isMissing(error))
        co_return co_await m_memory.write(name, secret);
    co_return std::unexpected(keychainError(job));
}

Task<Result<void>> KeychainSecrets::remove(QString name)
{
    co_await m_memory.remove(name);
    QKeychain::DeletePasswordJob job(service);
    job.setKey(name);
    const QKeychain::Error error = co_await finished(&job);
    if (error == QKeychain::NoError || error == QKeychain::EntryNotFound || isMissing(error))
        co_return Result<void>();
    co_return std::unexpected(keychainError(job));
}

} // namespace quintet::store
