// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/source/tablereader.h"

#include "batch/row.h"
#include "document/readers/delimitedreader.h"
#include "document/readers/encoding.h"

#include <QCoreApplication>
#include <QDir>

namespace quintet::batch {

namespace {

constexpr qint64 blockSize = 1LL << 20;
constexpr qsizetype longestRecord =
    32LL << 20; // characters without the end of a quoted field: then it is a stray quote

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

/// Where the last record ends that is whole: behind the last line end outside of quotes. A quote doubled inside of a
/// field keeps their number even.
qsizetype endOfWholeRecords(QStringView text)
{
    qsizetype end = 0;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'"')
            isQuoted = !isQuoted;
        else if (text[i] == u'\n' && !isQuoted)
            end = i + 1;
    }
    return end;
}

} // namespace

Error TableReader::cannotRead(const QString &why) const
{
    return Error(ErrorKind::BadInput,
                 tr("%1 cannot be read as a table: %2.").arg(QDir::toNativeSeparators(m_file.fileName()), why));
}

Result<void> TableReader::begin()
{
    if (!m_file.open(QIODevice::ReadOnly))
        return std::unexpected(cannotRead(m_file.errorString()));
    const QByteArray encoding = document::detectedEncoding(m_file.peek(blockSize));
    if (encoding.isEmpty())
        return std::unexpected(cannotRead(m_file.size() == 0 ? tr("it is empty") : tr("it is no text")));
    m_decoder.emplace(encoding.constData());
    return {};
}

QString TableReader::takeWholeRecords(bool isEnd)
{
    qsizetype end = isEnd ? m_text.size() : endOfWholeRecords(m_text);
    if (end == 0 && m_text.size() > longestRecord)
        end = m_text.lastIndexOf(u'\n') + 1;
    QString whole = m_text.first(end);
    m_text.remove(0, end);
    return whole.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
}

/// Reads on until there are records, or the end of the file.
Result<void> TableReader::readOn()
{
    if (!m_decoder) {
        if (auto begun = begin(); !begun)
            return begun;
    }
    while (m_records.empty() && !(m_file.atEnd() && m_text.isEmpty())) {
        m_text += m_decoder->decode(m_file.read(blockSize));
        if (m_file.error() != QFileDevice::NoError)
            return std::unexpected(cannotRead(m_file.errorString()));
        const QString whole = takeWholeRecords(m_file.atEnd());
        if (m_delimiter.isNull() && !whole.isEmpty()) {
            m_delimiter = document::detectedDelimiter(whole);
            if (m_delimiter.isNull())
                m_delimiter = u','; // a single column
        }
        document::RecordReader records(whole, m_delimiter);
        for (QStringList cells; records.next(cells);) {
            if (cells.size() > 1 || !cells.value(0).trimmed().isEmpty())
                m_records.push_back(cells);
        }
    }
    return {};
}

ItemSource TableReader::itemFrom(const QStringList &cells)
{
    Row row;
    qint64 size = 0;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const QString name = i < m_header.size() ? m_header[i].trimmed() : QString::number(i + 1);
        row.emplace_back(name, cells[i]);
        size += cells[i].size();
    }
    return {.name = tr("row %1").arg(++m_row), .path = {}, .size = size, .content = toContent(row)};
}

Result<std::vector<ItemSource>> TableReader::next(int atMost)
{
    std::vector<ItemSource> items;
    while (static_cast<int>(items.size()) < atMost) {
        if (m_records.empty()) {
            if (auto read = readOn(); !read)
                return std::unexpected(read.error());
            if (m_records.empty())
                break;
        }
        const QStringList cells = m_records.front();
        m_records.pop_front();
        if (!m_hasHeader) {
            m_hasHeader = true;
            // A single column tells less: one word above it is its name.
            const bool isName = cells.size() == 1 && !cells.first().trimmed().contains(u' ');
            if (isName || document::looksLikeHeader(cells)) {
                m_header = cells;
                continue;
            }
        }
        items.push_back(itemFrom(cells));
    }
    return items;
}

} // namespace quintet::batch
