// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/files/foldertree.h"

namespace quintet::agent {

Result<void> walk(const Folder &folder, const QString &name, bool below, CancelToken token,
                  const std::function<bool(const QString &, const Folder::Entry &)> &visit)
{
    const auto first = Folder::cleaned(name);
    if (!first)
        return std::unexpected(first.error());
    QStringList left{*first};
    for (bool isFirst = true; !left.isEmpty(); isFirst = false) {
        if (token.stop_requested())
            return std::unexpected(cancelledError());
        const QString current = left.takeLast();
        const auto entries = folder.list(current);
        if (!entries && isFirst)
            return std::unexpected(entries.error());
        QStringList inner;
        for (const Folder::Entry &entry : entries.value_or(std::vector<Folder::Entry>())) {
            const QString path = current.isEmpty() ? entry.name : current + u'/' + entry.name;
            if (!visit(path, entry))
                return {};
            if (below && entry.kind == Folder::Kind::Folder)
                inner.prepend(path);
        }
        left += inner;
    }
    return {};
}

} // namespace quintet::agent
