// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/itemreader.h"

#include <QFileInfo>

namespace quintet::batch {

Task<Result<Material>> ItemReader::read(Item item, SourceKind source, CancelToken token)
{
    ItemSource listed{.name = item.name, .path = item.path, .size = item.size, .content = {}};
    if (item.path.isEmpty()) {
        const auto content = m_items.content(item.id);
        if (!content)
            co_return std::unexpected(content.error());
        listed.content = *content;
    }
    co_return co_await read(std::move(listed), source, item.position() + 1, token);
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
