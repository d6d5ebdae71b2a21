// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sourcename.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

namespace quintet::cli {

bool isWebAddress(const QString &source)
{
    return source.startsWith(u"http://", Qt::CaseInsensitive) || source.startsWith(u"https://", Qt::CaseInsensitive);
}

Result<QString> pathNamed(const QString &source)
{
    static const QRegularExpression address(QStringLiteral("^(?:[a-z][a-z0-9+.-]*://|file:/)"),
                                            QRegularExpression::CaseInsensitiveOption);
    if (!address.matchView(source).hasMatch() || QFileInfo::exists(source))
        return source;
    QUrl url(source);
    if (url.host() == u"localhost")
        url.setHost({});
    if (url.isLocalFile())
        return url.toLocalFile();
    return failure(ErrorKind::BadInput,
                   QCoreApplication::translate("cli", "Only http and https addresses can be read, not %1.")
                       .arg(url.toDisplayString()));
}

} // namespace quintet::cli
