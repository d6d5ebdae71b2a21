// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

#include <QStringList>

namespace quintet::document {

/// The character that parts the fields of such a text, told by its first lines: comma, semicolon, tab or bar. Null
/// where no line is like the others.
QChar detectedDelimiter(QStringView text);

/// Reads records of delimited text one by one: quoted fields may hold delimiters and line ends, a doubled quote is one.
/// A quote that never closes ends at its line. Linear.
class RecordReader final {
public:
    RecordReader(QStringView text, QChar delimiter) : m_text(text), m_delimiter(delimiter) { }

    /// The next record's fields; none at the end. A blank line is a record of one empty field.
    bool next(QStringList &fields);

    int line() const { return m_recordLine; } ///< of the text, from 1 on, where the last record begins

private:
    QString quotedField();
    QString plainField();

    QStringView m_text;
    QChar m_delimiter;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_recordLine = 0;
};

/// Whether the first row of a table names its columns: all its cells are filled, different, and no numbers.
bool looksLikeHeader(const QStringList &cells);

/// A row that can be read alone: "Name: Ada; Age: 36", cells without a name as they are, empty ones left out.
QString namedRow(const QStringList &header, const QStringList &cells);

/// CSV, TSV and their like: a line for each row, with the names of the columns if it has any, and a Line place for it.
Result<Document> readDelimited(const Content &content, const Reading &reading);

} // namespace quintet::document
