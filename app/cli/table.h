// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"

namespace quintet::cli {

/// Rows for a person or a program: columns set under each other, or with --json an object a line, printed at once.
class Table final {
public:
    explicit Table(Output &output, QStringList titles = {}) : m_output(output), m_titles(std::move(titles)) { }

    /// `columns` as many as there are titles, if there are.
    void add(const QJsonObject &object, const QStringList &columns);

    /// Prints the columns; numbers are set right. Nothing more for JSON.
    void print();

private:
    Output &m_output;
    QStringList m_titles;
    QList<QStringList> m_rows;
};

/// A share of 0 to 1 as "12 %".
QString percent(double share);

} // namespace quintet::cli
