// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/documentbuilder.h"

namespace quintet::document {

/// Writes the rows of one sheet: the first one that names columns is put before the cells of those below it.
class SheetWriter final {
public:
    SheetWriter(DocumentBuilder &builder, const QString &name);

    /// A row by its number, from 1 on, with its cells from the first column on.
    void addRow(int number, const QStringList &cells);

    /// Must be called at the end: a sheet of nothing but names still says them.
    void finish();

private:
    DocumentBuilder &m_builder;
    QString m_name;
    QStringList m_header;
    int m_headerRow = 0;
    int m_rows = 0;
    bool m_hasLooked = false; ///< for a header
};

} // namespace quintet::document
