// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/itemreader.h"

#include "base/onpool.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTimeZone>

namespace quintet::batch {

namespace {

/// By which a file is told from what it was before.
struct Fingerprint {
    qint64 size = 0;
    qint64 modified = 0; ///< in milliseconds since 1970

    bool operator==(const Fingerprint &) const = default;
};

/// Nothing where there is no such file.
std::optional<Fingerprint> fingerprintOf(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return std::nullopt;
    return Fingerprint{info.size(), info.lastModified(QTimeZone::UTC).toMSecsSinceEpoch()};
}

} // namespace

Task<Result<Material>> ItemReader::read(Item item, SourceKind source, CancelToken token)
{
    ItemSource listed{.name = item.name, .path = item.path, .size = item.size, .content = {}};
    if (item.path.isEmpty()) {
        const auto content = m_items.content(item.id);
        if (!content)
            co_return std::unexpected(content.error());
        listed.content = *content;
        co_return co_await read(std::move(listed), source, item.position() + 1, token);
    }
    const auto look = [path = item.path] { return fingerprintOf(path); };
    const auto isAsListed = [&item](const std::optional<Fingerprint> &now) {
        return !item.modified || now == Fingerprint{item.size, *item.modified};
    };
    const std::optional<Fingerprint> before = co_await onPool(look);
    if (!before)
        co_return failure(ErrorKind::BadInput,
                          QCoreApplication::translate("batch", "%1 is not there any more: it was moved, renamed or "
                                                               "deleted since it was listed.")
                              .arg(item.name));
    auto material = co_await read(std::move(listed), source, item.position() + 1, token);
    if (material) // it may have been changed while it was read
        material->hasChanged = !isAsListed(before) || !isAsListed(co_await onPool(look));
    co_return material;
}

Task<Result<Material>> ItemReader::read(ItemSource item, SourceKind source, qint64 index, CancelToken token)
{
    Material material;
    material.values.index = index;
    material.values.fileName = item.path.isEmpty() ? item.name : QFileInfo(item.path).fileName();
    material.values.filePath = item.path;
    if (!item.path.isEmpty()) {
        auto document = co_await m_extractor.extract({.path = item.path}, token);
        if (!document)
            co_return std::unexpected(document.error());
        material.document = std::move(*document);
    } else {
        if (source == SourceKind::Table || source == SourceKind::Lines)
            material.values.row = rowFrom(item.content);
        material.document.text = material.values.row.empty() ? item.content : toText(material.values.row);
        material.document.title = item.name;
        material.document.format = QStringLiteral("text");
    }
    material.values.text = material.document.text;
    co_return material;
}

} // namespace quintet::batch
