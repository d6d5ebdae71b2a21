// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/database/datasource.h"

#include <functional>

namespace quintet::agent {

/// A cell's text, without what is too long of it.
QString shortened(QByteArrayView utf8);

/// Gathers rows until a query's bounds are reached.
class GridFiller final {
public:
    GridFiller(QStringList columns, const Query &query);

    /// Takes a row, whose cells are asked for by number; false where it was the first too many, and all is said.
    bool add(const std::function<QJsonValue(int)> &cell);

    Grid take() { return std::move(m_grid); }

private:
    Grid m_grid;
    int m_rows;
    int m_skip;
    qint64 m_bytes;
};

/// Rows as objects by column: {"columns":[...],"rows":[{...}],"whole":true}. A column whose name is taken gets a
/// number.
QJsonObject valueFrom(const Grid &grid);

/// The grid as a Markdown table.
QString tableFrom(const Grid &grid);

} // namespace quintet::agent
