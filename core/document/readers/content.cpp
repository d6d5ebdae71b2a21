// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/content.h"

#include <QCoreApplication>

namespace quintet::document {

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

} // namespace quintet::document
