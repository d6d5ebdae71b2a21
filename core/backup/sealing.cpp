// SPDX-License-Identifier: GPL-3.0-or-later
#include "backup/sealing.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace quintet::backup {

namespace {

constexpr QByteArrayView magic = "quintet-keys-1\n";
constexpr qsizetype saltSize = 16;
constexpr qsizetype nonceSize = 12;
constexpr qsizetype tagSize = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

QString tr(const char *text)
{
    return QCoreApplication::translate("backup", text);
}

unsigned char *bytes(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

const unsigned char *bytes(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

int length(QByteArrayView view)
{
    return static_cast<int>(view.size());
}

/// Empty where it could not be made.
QByteArray keyFrom(const QString &password, QByteArrayView salt)
{
    const QByteArray words = password.normalized(QString::NormalizationForm_C).toUtf8();
    QByteArray key(32, 0);
    constexpr quint64 mostMemory = 64 * 1024 * 1024;
    const bool made = EVP_PBE_scrypt(words.constData(), size_t(words.size()), bytes(salt), size_t(salt.size()), 32768,
                                     8, 1, mostMemory, bytes(key), size_t(key.size()));
    return made ? key : QByteArray();
}

} // namespace

Result<QByteArray> seal(const Keys &keys, const QString &password)
{
    QJsonObject object;
    for (const auto &[name, key] : keys.asKeyValueRange())
        object.insert(name, key);
    const QByteArray plain = QJsonDocument(object).toJson(QJsonDocument::Compact);
    QByteArray salt(saltSize, 0);
    QByteArray nonce(nonceSize, 0);
    QByteArray tag(tagSize, 0);
    QByteArray sealed(plain.size(), 0);
    int written = 0;
    const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    const bool random = RAND_bytes(bytes(salt), length(salt)) == 1 && RAND_bytes(bytes(nonce), length(nonce)) == 1;
    const QByteArray key = random ? keyFrom(password, salt) : QByteArray();
    const bool done =
        !key.isEmpty() && cipher
        && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(QByteArrayView(key)),
                              bytes(QByteArrayView(nonce)))
        && EVP_EncryptUpdate(cipher.get(), bytes(sealed), &written, bytes(QByteArrayView(plain)), length(plain))
        && EVP_EncryptFinal_ex(cipher.get(), bytes(sealed) + written, &written)
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, int(tagSize), tag.data());
    if (!done)
        return failure(ErrorKind::Storage, tr("The keys could not be encrypted; leave them out of the backup."));
    return magic.toByteArray() + salt + nonce + tag + sealed;
}

Result<Keys> unseal(const QByteArray &sealed, const QString &password)
{
    const QByteArrayView all(sealed);
    if (!all.startsWith(magic) || all.size() < magic.size() + saltSize + nonceSize + tagSize)
        return failure(ErrorKind::Corrupt, tr("The keys in this backup are damaged."));
    const QByteArrayView salt = all.sliced(magic.size(), saltSize);
    const QByteArrayView nonce = all.sliced(magic.size() + saltSize, nonceSize);
    QByteArray tag = all.sliced(magic.size() + saltSize + nonceSize, tagSize).toByteArray();
    const QByteArrayView secret = all.sliced(magic.size() + saltSize + nonceSize + tagSize);
    QByteArray plain(secret.size(), 0);
    int written = 0;
    const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    const QByteArray key = keyFrom(password, salt);
    const bool done =
        !key.isEmpty() && cipher
        && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(QByteArrayView(key)), bytes(nonce))
        && EVP_DecryptUpdate(cipher.get(), bytes(plain), &written, bytes(secret), length(secret))
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, int(tagSize), tag.data())
        && EVP_DecryptFinal_ex(cipher.get(), bytes(plain) + written, &written) == 1;
    if (!done)
        return failure(ErrorKind::BadInput,
                       tr("That is not the password that the keys in this backup were locked with."));
    Keys keys;
    const QJsonObject object = QJsonDocument::fromJson(plain).object();
    for (auto entry = object.begin(); entry != object.end(); ++entry)
        keys.insert(entry.key(), entry.value().toString());
    return keys;
}

} // namespace quintet::backup
