// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/content.h"

#include <QCoreApplication>

namespace quintet::document {

namespace {

constexpr QStringView pictures = u"pictures: ";

} // namespace

std::unexpected<Error> badInput(const QString &sentence, const QString &name, const QString &detail)
{
    return failure(ErrorKind::BadInput, sentence.arg(name), detail);
}

std::unexpected<Error> needsPassword(const QString &name, const QString &password)
{
    const QString sentence =
        password.isEmpty()
            ? QCoreApplication::translate("document",
                                          "“%1” is encrypted and needs a password. Give it with the password option.")
            : QCoreApplication::translate("document", "The password for “%1” is wrong. Give the right one.");
    return std::unexpected(passwordError(sentence.arg(name)));
}

std::unexpected<Error> needsRecognition(const QString &sentence, const QString &name, int pages)
{
    return badInput(sentence, name, pictures.toString() + QString::number(pages));
}

std::optional<int> pagesToRecognise(const Error &error)
{
    if (error.kind != ErrorKind::BadInput || !error.detail.startsWith(pictures))
        return std::nullopt;
    return QStringView(error.detail).sliced(pictures.size()).toInt();
}

} // namespace quintet::document
