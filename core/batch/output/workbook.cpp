// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/output/workbook.h"

#include "batch/output/atomicfile.h"
#include "batch/output/resulttable.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <xlsxwriter.h>

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace quintet::batch {

namespace {

constexpr qsizetype longestCell = 32'767; // characters, as the format has it
constexpr lxw_row_t mostRows = 1'048'576;

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

/// Writes rows one behind the other, and begins a new sheet where one is full.
class SheetRows final {
public:
    SheetRows(lxw_workbook *book, const QStringList &columns) : m_book(book), m_columns(columns)
    {
        m_bold = workbook_add_format(m_book);
        format_set_bold(m_bold);
        beginSheet();
    }

    void add(const QList<QJsonValue> &cells)
    {
        if (m_row == mostRows)
            beginSheet();
        for (qsizetype i = 0; i < cells.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            if (cells[i].isDouble())
                worksheet_write_number(m_sheet, m_row, column, cells[i].toDouble(), nullptr);
            else if (cells[i].isBool())
                worksheet_write_boolean(m_sheet, m_row, column, cells[i].toBool(), nullptr);
            else
                writeText(column, cellText(cells[i]), nullptr);
        }
        ++m_row;
    }

private:
    void beginSheet()
    {
        m_sheet = workbook_add_worksheet(m_book, nullptr);
        worksheet_freeze_panes(m_sheet, 1, 0);
        m_row = 0;
        for (qsizetype i = 0; i < m_columns.size(); ++i)
            writeText(static_cast<lxw_col_t>(i), m_columns[i], m_bold);
        m_row = 1;
    }

    void writeText(lxw_col_t column, QString text, lxw_format *format)
    {
        if (text.size() > longestCell) {
            const QString note = tr(" … [cut: %1 characters in all]").arg(text.size());
            text = text.first(longestCell - note.size()) + note;
        }
        if (!text.isEmpty())
            worksheet_write_string(m_sheet, m_row, column, text.toUtf8().constData(), format);
    }

    lxw_workbook *m_book;
    lxw_worksheet *m_sheet = nullptr;
    lxw_format *m_bold = nullptr;
    QStringList m_columns;
    lxw_row_t m_row = 0;
};

Result<QByteArray> digestOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return std::unexpected(cannotWrite(path, file.errorString()));
    return hash.result();
}

/// Puts a finished file in its place, on the disk before it is seen.
Result<void> moveInto(const QString &from, const QString &to)
{
    const int descriptor = ::open(QFile::encodeName(from).constData(), O_RDONLY | O_CLOEXEC);
    const bool isSynced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!isSynced || std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return std::unexpected(cannotWrite(to, qt_error_string()));
    return {};
}

} // namespace

Result<QByteArray> writeWorkbook(const Run &run, ItemStore &items, const QString &path, CancelToken token)
{
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return std::unexpected(cannotWrite(path, tr("its folder cannot be made")));
    const QString temporary = path + QStringLiteral(".part");
    // Rows go to a file as they come, so that a large table does not stay in memory.
    const QByteArray folder = QFile::encodeName(QDir::tempPath());
    lxw_workbook_options options{.constant_memory = LXW_TRUE, .tmpdir = folder.constData(), .use_zip64 = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(QFile::encodeName(temporary).constData(), &options);
    if (!book)
        return std::unexpected(cannotWrite(path, qt_error_string()));
    std::optional<SheetRows> rows;
    std::optional<ResultTable> table;
    const auto filled = items.forEach(run, [&](const ItemRecord &record) -> Result<void> {
        if (token.stop_requested())
            return std::unexpected(cancelledError());
        if (!table) {
            table.emplace(run, record);
            rows.emplace(book, table->columns());
        }
        rows->add(table->cells(record));
        return {};
    });
    const lxw_error closed = workbook_close(book); // frees it, also after an error
    Result<void> result = filled;
    if (result && closed != LXW_NO_ERROR)
        result = std::unexpected(cannotWrite(path, QString::fromUtf8(lxw_strerror(closed))));
    if (result)
        result = moveInto(temporary, path);
    if (!result) {
        QFile::remove(temporary);
        return std::unexpected(result.error());
    }
    return digestOf(path);
}

} // namespace quintet::batch
