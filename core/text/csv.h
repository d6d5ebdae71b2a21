// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace quintet::text {

/// One line of CSV (RFC 4180) in UTF-8: fields in quotes where they hold what would part them from the next.
QByteArray csvLine(const QStringList &fields);

/// A text that no spreadsheet takes for a formula: an apostrophe goes before what begins like one.
QString safeForSpreadsheets(const QString &text);

} // namespace quintet::text
