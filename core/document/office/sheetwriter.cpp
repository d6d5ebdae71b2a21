// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/office/sheetwriter.h"

#include "document/readers/delimitedreader.h"

namespace quintet::document {

namespace {

constexpr int rowsWithPlace = 50'000; ///< behind them, places are shared
constexpr int rowsTogether = 40;

} // namespace

SheetWriter::SheetWriter(DocumentBuilder &builder, const QString &name) : m_builder(builder), m_name(name)
{
    m_builder.beginPlace(Place::Sheet, name, {}, 1);
    m_builder.addHeading(name, 1);
}

void SheetWriter::addRow(int number, const QStringList &cells)
{
    const auto filled = std::ranges::count_if(cells, [](const QString &cell) { return !cell.trimmed().isEmpty(); });
    if (filled == 0 || m_builder.isFull())
        return;
    // Above the header there may be a line or two about the sheet.
    if (!m_hasLooked && filled >= 2) {
        m_hasLooked = true;
        QStringList named = cells;
        while (named.last().trimmed().isEmpty())
            named.removeLast();
        if (looksLikeHeader(named)) {
            m_header = named;
            m_headerRow = number;
            return;
        }
    }
    ++m_rows;
    if (m_rows <= rowsWithPlace || m_rows % rowsTogether == 0)
        m_builder.beginPlace(Place::Sheet, m_name, {}, number);
    if (m_header.isEmpty())
        m_builder.addRow(cells);
    else
        m_builder.addLine(namedRow(m_header, cells));
}

void SheetWriter::finish()
{
    if (m_headerRow > 0 && m_rows == 0) {
        m_builder.beginPlace(Place::Sheet, m_name, {}, m_headerRow);
        m_builder.addRow(m_header);
    }
    m_builder.addGap();
}

} // namespace quintet::document
