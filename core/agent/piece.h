// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace quintet::agent {

/// As much of a long text as one result holds, with the way to read on.
class Piece final {
public:
    static constexpr qsizetype length = 16'000; ///< UTF-16 units, at most

    /// What comes after the first `offset` units.
    Piece(const QString &text, qint64 offset);

    /// For a model: the piece, and how to call again where there is more.
    QString words() const;

    /// {"text","offset","end","characters"}.
    QJsonObject toJson() const;

private:
    QString m_text;
    qsizetype m_start = 0;
    qsizetype m_end = 0;
    qsizetype m_whole = 0;
};

} // namespace quintet::agent
