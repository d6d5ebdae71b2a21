// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace quintet::text {

/// Carries positions between the UTF-16 units that QString counts and the Unicode code points that Quintet
/// promises to its users. Without characters beyond U+FFFF both are the same and nothing is kept; else a table of
/// one number for each 256 units is. Immutable: any thread.
class CodePointMap final {
public:
    explicit CodePointMap(const QString &text);

    /// Code points before the UTF-16 unit at `unit`; one in the middle of a pair counts as its start.
    qint64 codePoint(qsizetype unit) const;

    /// The UTF-16 unit at which code point number `codePoint` starts; past the end: the end.
    qsizetype unit(qint64 codePoint) const;

    /// Code points in the text.
    qint64 size() const { return m_size; }

private:
    QString m_text;
    std::vector<qint64> m_before; ///< code points before each stretch of units; empty without pairs
    qint64 m_size = 0;
};

/// Code points in `text`. Linear.
qint64 countCodePoints(QStringView text);

} // namespace quintet::text
