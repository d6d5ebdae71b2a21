// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/datasource.h"

#include "agent/database/mysqlsource.h"
#include "agent/database/postgressource.h"
#include "agent/database/sqlitesource.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUrl>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

QString pathIn(const QString &url)
{
    if (url.startsWith(u"file:"_s))
        return QUrl(url).toLocalFile();
    if (url.startsWith(u"sqlite://"_s))
        return url.sliced(9);
    return url.startsWith(u"sqlite:"_s) ? url.sliced(7) : url;
}

} // namespace

Result<std::shared_ptr<const DataSource>> dataSourceFor(const QString &url, const DatabaseAccess &access)
{
    if (url == u"sample")
        return std::make_shared<SqliteSource>(SqliteSource::sample());
    if (url.startsWith(u"postgresql://"_s) || url.startsWith(u"postgres://"_s))
        return std::make_shared<PostgresSource>(url, access.password, access.takesPowerful);
    if (url.startsWith(u"mysql://"_s) || url.startsWith(u"mariadb://"_s))
        return std::make_shared<MysqlSource>(QUrl(url), access.password, access.takesPowerful);
    const QFileInfo file(pathIn(url));
    if (!file.exists())
        return failure(ErrorKind::BadInput, tr("There is no database %1. Name an SQLite file, or \"sample\" for the "
                                               "sample shop.")
                                                .arg(url));
    if (!file.isFile())
        return failure(ErrorKind::BadInput, tr("%1 is no file.").arg(file.filePath()));
    return std::make_shared<SqliteSource>(file.absoluteFilePath());
}

} // namespace quintet::agent
