// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/source/sourcereader.h"

#include "batch/source/filesreader.h"
#include "batch/source/linesreader.h"
#include "batch/source/tablereader.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace quintet::batch {

Result<std::unique_ptr<SourceReader>> openSource(const SourceSpec &spec)
{
    for (const QString &path : spec.paths) {
        if (!QFileInfo::exists(path))
            return failure(ErrorKind::BadInput,
                           QCoreApplication::translate("batch", "There is no file or folder %1.").arg(path));
    }
    switch (spec.kind) {
    case SourceKind::Files: return std::make_unique<FilesReader>(spec);
    case SourceKind::Table: return std::make_unique<TableReader>(spec.paths.value(0));
    case SourceKind::Lines: return std::make_unique<LinesReader>(spec.paths.value(0));
    case SourceKind::Run: break;
    }
    return failure(ErrorKind::BadInput, QCoreApplication::translate("batch", "A former run is no file."));
}

QString folderOf(const SourceSpec &spec)
{
    if (spec.kind == SourceKind::Run || spec.paths.isEmpty())
        return {};
    const QFileInfo info(spec.paths.first());
    return info.isDir() ? info.absoluteFilePath() : info.absolutePath();
}

QString goneSource(const SourceSpec &spec, const QString &path)
{
    for (const QString &root : spec.paths) {
        if ((spec.paths.size() == 1 || path.startsWith(root + u'/')) && !QFileInfo::exists(root))
            return root;
    }
    return {};
}

SourceKind kindOfSource(const QString &path)
{
    const QFileInfo info(path);
    const QString ending = info.suffix().toLower();
    if (info.isDir())
        return SourceKind::Files;
    if (ending == u"csv" || ending == u"tsv")
        return SourceKind::Table;
    if (ending == u"jsonl" || ending == u"ndjson")
        return SourceKind::Lines;
    return SourceKind::Files;
}

} // namespace quintet::batch
