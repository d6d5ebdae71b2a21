// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/delimitedreader.h"

#include "document/readers/documentbuilder.h"
#include "document/readers/writtentext.h"

#include <QSet>

#include <array>

namespace quintet::document {

namespace {

constexpr int linesLookedAt = 50;
constexpr int rowsWithPlace = 50'000; ///< behind them, places are shared
constexpr int rowsTogether = 40;
constexpr qsizetype longestQuote = 1 << 20;

bool isNumber(const QString &cell)
{
    QString plain = cell.trimmed();
    plain.remove(u'%').remove(u' ').replace(u',', u'.');
    bool ok = false;
    plain.toDouble(&ok);
    return ok;
}

} // namespace

QChar detectedDelimiter(QStringView text)
{
    QChar best;
    qsizetype bestScore = 0;
    for (const QChar delimiter : {u',', u';', u'\t', u'|'}) {
        RecordReader reader(text.first(std::min<qsizetype>(text.size(), 100'000)), delimiter);
        QHash<qsizetype, int> records; // by their count of fields
        QStringList fields;
        int seen = 0;
        while (seen < linesLookedAt && reader.next(fields)) {
            if (fields.size() == 1 && fields.first().isEmpty())
                continue;
            ++seen;
            ++records[fields.size()];
        }
        // Most records must agree on how many fields there are.
        for (auto it = records.cbegin(); it != records.cend(); ++it) {
            if (it.key() < 2 || it.value() * 10 < seen * 7)
                continue;
            const qsizetype score = it.key() * it.value();
            if (score > bestScore) {
                bestScore = score;
                best = delimiter;
            }
        }
    }
    return best;
}

bool RecordReader::next(QStringList &fields)
{
    fields.clear();
    if (m_at >= m_text.size())
        return false;
    m_recordLine = m_line;
    for (;;) {
        const bool isQuoted = m_at < m_text.size() && m_text[m_at] == u'"';
        fields << (isQuoted ? quotedField() : plainField());
        if (m_at >= m_text.size())
            return true;
        const QChar end = m_text[m_at++];
        if (end == u'\n') {
            ++m_line;
            return true;
        }
    }
}

/// Leaves m_at at the delimiter or line end behind the field.
QString RecordReader::quotedField()
{
    const qsizetype start = m_at;
    const qsizetype most = std::min(m_text.size(), start + longestQuote);
    QString field;
    int lines = 0;
    for (qsizetype i = start + 1; i < most; ++i) {
        if (m_text[i] == u'"') {
            if (i + 1 < m_text.size() && m_text[i + 1] == u'"') {
                field += u'"';
                ++i;
                continue;
            }
            m_at = i + 1;
            m_line += lines;
            return field + plainField(); // what stands behind the quote, usually nothing
        }
        lines += m_text[i] == u'\n' ? 1 : 0;
        field += m_text[i];
    }
    return plainField();
}

QString RecordReader::plainField()
{
    const qsizetype start = m_at;
    while (m_at < m_text.size() && m_text[m_at] != m_delimiter && m_text[m_at] != u'\n')
        ++m_at;
    return m_text.sliced(start, m_at - start).toString();
}

bool looksLikeHeader(const QStringList &cells)
{
    QSet<QString> seen;
    for (const QString &cell : cells) {
        const QString name = cell.simplified();
        if (name.isEmpty() || name.size() > 60 || isNumber(name) || seen.contains(name))
            return false;
        seen.insert(name);
    }
    return cells.size() >= 2;
}

QString namedRow(const QStringList &header, const QStringList &cells)
{
    QStringList parts;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const QString cell = cells[i].simplified();
        if (cell.isEmpty())
            continue;
        const QString name = header.value(i).simplified();
        parts << (name.isEmpty() ? cell : name + QStringLiteral(": ") + cell);
    }
    return parts.join(QStringLiteral("; "));
}

Result<Document> readDelimited(const Content &content, const Reading &reading)
{
    const auto text = textOf(content, reading);
    if (!text)
        return std::unexpected(text.error());
    const QChar delimiter = detectedDelimiter(*text);
    if (delimiter.isNull())
        return writtenDocument(*text, QStringLiteral("csv"), {});
    DocumentBuilder builder(QStringLiteral("csv"));
    RecordReader records(*text, delimiter);
    QStringList header;
    QStringList cells;
    int row = 0;
    while (records.next(cells) && !builder.isFull()) {
        if (++row == 1 && looksLikeHeader(cells)) {
            header = cells;
            continue;
        }
        if (row % 1024 == 0 && reading.stops())
            return std::unexpected(cancelledError());
        if (row <= rowsWithPlace || row % rowsTogether == 0)
            builder.beginPlace(Place::Line, QString::number(records.line()), {}, row);
        if (header.isEmpty())
            builder.addRow(cells);
        else
            builder.addLine(namedRow(header, cells));
    }
    // A table of nothing but names still says what it would hold.
    if (builder.isEmpty())
        builder.addRow(header);
    return builder.finish(content.name);
}

} // namespace quintet::document
