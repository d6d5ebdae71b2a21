// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <vector>

namespace quintet::batch {

/// A row of a table: names of columns and what stands in them, in the order of the table.
using Row = std::vector<std::pair<QString, QString>>;

/// A row as an item keeps it: JSON, an array of pairs, since an object would lose the order.
QString toContent(const Row &row);

/// The row that was kept so; empty if it is none.
Row rowFrom(const QString &content);

/// A row as a text that can be read alone: "Name: Ada" a line, empty cells left out; of a single cell named
/// "text", as lines without columns have it, what stands in it.
QString toText(const Row &row);

} // namespace quintet::batch
