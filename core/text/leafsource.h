// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/span.h"

#include <QByteArray>
#include <QString>

namespace quintet::text {

/// Markdown made ready for md4c, which counts in bytes, and the way back from its bytes to our text.
///
/// Where md4c would read something otherwise than is wanted, other marks of the same length stand in its copy:
/// "\(x\)" is "$$x$$" there, and "[^1]:" no link definition. Any thread.
class LeafSource final {
public:
    /// `definitions` follow behind, for md4c alone.
    LeafSource(const QString &markdown, const QString &definitions);

    const QByteArray &bytes() const { return m_bytes; }

    /// The text, without characters that turn the reading direction round unseen.
    const QString &text() const { return m_text; }

    /// The stretch of the text that `size` of md4c's characters at `at` are; empty if they are not of the text.
    /// Fast when called in order.
    Span spanOf(const char *at, size_t size) const;

    /// Whether `at` is in the definitions.
    bool isDefinition(const char *at) const;

    static constexpr QChar footnoteColon = u'\x01'; ///< in md4c's copy

private:
    qsizetype unitAt(qsizetype byte) const;

    QString m_text;
    QByteArray m_bytes;
    qsizetype m_textBytes = 0; ///< of `m_bytes` without the definitions
    mutable qsizetype m_byte = 0;
    mutable qsizetype m_unit = 0;
};

} // namespace quintet::text
