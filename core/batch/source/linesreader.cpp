// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/source/linesreader.h"

#include "batch/jsontext.h"
#include "batch/row.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

namespace quintet::batch {

namespace {

constexpr qint64 longestLine = 64LL << 20; // bytes

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

std::optional<Row> rowOf(const QByteArray &line)
{
    QJsonParseError error{};
    // In brackets, since a line may be any value.
    const QJsonDocument document = QJsonDocument::fromJson('[' + line + ']', &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return std::nullopt;
    const QJsonValue value = document.array().first();
    if (!value.isObject())
        return Row{{QStringLiteral("text"), plainText(value)}};
    Row row;
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member)
        row.emplace_back(member.key(), plainText(member.value()));
    return row;
}

} // namespace

Result<std::vector<ItemSource>> LinesReader::next(int atMost)
{
    const auto cannot = [this](const QString &why) {
        return failure(ErrorKind::BadInput,
                       tr("%1 cannot be read as JSONL: %2.").arg(QDir::toNativeSeparators(m_file.fileName()), why));
    };
    if (!m_file.isOpen() && !m_file.open(QIODevice::ReadOnly))
        return cannot(m_file.errorString());
    std::vector<ItemSource> items;
    while (static_cast<int>(items.size()) < atMost && !m_file.atEnd()) {
        QByteArray line = m_file.readLine(longestLine);
        ++m_line;
        if (m_line == 1 && line.startsWith("\xEF\xBB\xBF"))
            line.remove(0, 3);
        line = line.trimmed();
        if (line.isEmpty())
            continue;
        const auto row = rowOf(line);
        if (!row)
            return cannot(tr("line %1 is no JSON").arg(m_line));
        items.push_back(
            {.name = tr("line %1").arg(m_line), .path = {}, .size = line.size(), .content = toContent(*row)});
    }
    if (m_file.error() != QFileDevice::NoError)
        return cannot(m_file.errorString());
    return items;
}

} // namespace quintet::batch
