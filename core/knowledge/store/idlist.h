// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace quintet::knowledge {

/// "1,2,3": ids as a statement's list takes them. Linear.
template<typename Number>
QString listOf(const std::vector<Number> &ids)
{
    QString list;
    list.reserve(qsizetype(ids.size()) * 8);
    for (const Number id : ids) {
        if (!list.isEmpty())
            list += u',';
        list += QString::number(id);
    }
    return list;
}

} // namespace quintet::knowledge
