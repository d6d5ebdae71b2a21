// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/database/grids.h"

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestCell = 4'000; ///< bytes of UTF-8

QString textOf(const QJsonValue &value)
{
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    return value.toString();
}

QString cellOf(const QJsonValue &value)
{
    const bool isWhole = value.isDouble() && double(value.toInteger()) == value.toDouble();
    QString text = isWhole ? QString::number(value.toInteger()) : textOf(value);
    return text.replace(u'|', u"\\|"_s).replace(u'\n', u' ').replace(u'\r', u' ');
}

QString lineOf(const QStringList &cells)
{
    return u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
}

} // namespace

QString shortened(QByteArrayView utf8)
{
    if (utf8.size() <= longestCell)
        return QString::fromUtf8(utf8);
    qsizetype end = longestCell;
    while (end > 0 && (uchar(utf8[end]) & 0xc0) == 0x80)
        --end;
    return QString::fromUtf8(utf8.first(end)) + u"… ("_s + QString::number(utf8.size()) + u" bytes)"_s;
}

GridFiller::GridFiller(QStringList columns, const Query &query)
    : m_rows(query.rows),
      m_skip(query.skip),
      m_bytes(query.bytes)
{
    m_grid.columns = std::move(columns);
}

bool GridFiller::add(const std::function<QJsonValue(int)> &cell)
{
    if (m_skip > 0) {
        --m_skip;
        return true;
    }
    m_grid.isWhole = std::ssize(m_grid.rows) < m_rows && m_bytes > 0;
    if (!m_grid.isWhole)
        return false;
    QJsonArray row;
    for (int i = 0; i < m_grid.columns.size(); ++i) {
        row.append(cell(i));
        m_bytes -= row.last().isString() ? row.last().toString().size() + 4 : 8;
    }
    m_grid.rows.push_back(row);
    return true;
}

QJsonObject valueFrom(const Grid &grid)
{
    QStringList names;
    for (const QString &column : grid.columns) {
        QString name = column;
        for (int number = 2; names.contains(name); ++number)
            name = column + u'_' + QString::number(number);
        names << name;
    }
    QJsonArray rows;
    for (const QJsonArray &row : grid.rows) {
        QJsonObject object;
        for (qsizetype i = 0; i < names.size(); ++i)
            object[names[i]] = row[i];
        rows.append(object);
    }
    return {{u"columns"_s, QJsonArray::fromStringList(names)}, {u"rows"_s, rows}, {u"whole"_s, grid.isWhole}};
}

QString tableFrom(const Grid &grid)
{
    QStringList titles;
    QStringList rules;
    for (const QString &column : grid.columns) {
        titles << cellOf(column);
        rules << u"---"_s;
    }
    QString text = lineOf(titles) + lineOf(rules);
    for (const QJsonArray &row : grid.rows) {
        QStringList cells;
        for (const QJsonValue value : row)
            cells << cellOf(value);
        text += lineOf(cells);
    }
    return text;
}

} // namespace quintet::agent
