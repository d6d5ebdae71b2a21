// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet::document {

/// How the cells of a workbook show their numbers, told by a format code ("0.00%", "yyyy-mm-dd"). Dates are shown as
/// ISO 8601, whatever the code, since that is what reads the same everywhere. Immutable: any thread.
class NumberFormat final {
public:
    /// A code as it stands in the file.
    explicit NumberFormat(const QString &code = {});

    /// One of the formats that files name by number alone (ECMA-376 18.8.30).
    static NumberFormat builtin(int id);

    bool isDate() const { return m_hasDate || m_hasTime; }

    /// `value` as it is read; `from1904` for files that count days from 1904.
    QString shown(double value, bool from1904) const;

private:
    QString shownDate(double value, bool from1904) const;

    bool m_hasDate = false;
    bool m_hasTime = false;
    bool m_isPercent = false;
    int m_decimals = -1; ///< -1: as many as the number has
};

} // namespace quintet::document
