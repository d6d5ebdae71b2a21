// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/output/exporter.h"

#include "batch/output/resulttable.h"
#include "text/csv.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

QByteArray csvOf(const ResultTable &table, const ItemRecord &record)
{
    QStringList cells;
    for (const QJsonValue &cell : table.cells(record))
        cells << cellText(cell);
    return text::csvLine(cells);
}

QByteArray proseOf(const ItemRecord &record, bool isMarkdown)
{
    const QString text = record.item.state == ItemState::Failed && record.item.error
                             ? QCoreApplication::translate("batch", "Failed: %1").arg(record.item.error->message)
                             : record.result;
    return (isMarkdown ? u"## %1\n\n%2\n\n"_s : u"%1\n\n%2\n\n"_s).arg(record.item.name, text).toUtf8();
}

} // namespace

Result<void> exportRun(const Run &run, ItemStore &items, OutputFormat format, QIODevice &device, CancelToken token)
{
    const auto write = [&device](const QByteArray &bytes) -> Result<void> {
        if (device.write(bytes) != bytes.size())
            return failure(
                ErrorKind::Storage,
                QCoreApplication::translate("batch", "The results cannot be written: %1.").arg(device.errorString()));
        return {};
    };
    std::optional<ResultTable> table;
    const auto bytesOf = [&](const ItemRecord &record) {
        const bool isFirst = !table;
        if (isFirst)
            table.emplace(run, record);
        switch (format) {
        case OutputFormat::Csv:
        case OutputFormat::Workbook:
            return (isFirst ? text::csvLine(table->columns()) : QByteArray()) + csvOf(*table, record);
        case OutputFormat::JsonLines: return QJsonDocument(toJson(run, record)).toJson(QJsonDocument::Compact) + '\n';
        case OutputFormat::Json:
            return (isFirst ? "[\n" : ",\n") + QJsonDocument(toJson(run, record)).toJson(QJsonDocument::Compact);
        case OutputFormat::Markdown:
            return (isFirst ? u"# %1\n\n"_s.arg(run.name).toUtf8() : QByteArray()) + proseOf(record, true);
        case OutputFormat::Text: return proseOf(record, false);
        }
        Q_UNREACHABLE();
    };
    const auto written = items.forEach(run, [&](const ItemRecord &record) -> Result<void> {
        if (token.stop_requested())
            return std::unexpected(cancelledError());
        return write(bytesOf(record));
    });
    if (!written || format != OutputFormat::Json)
        return written;
    return write(table ? "\n]\n" : "[]\n");
}

} // namespace quintet::batch
