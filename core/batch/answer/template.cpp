// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/answer/template.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

constexpr auto rowPrefix = "row."_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("batch", text);
}

const QRegularExpression &variable()
{
    static const QRegularExpression expression(u"\\{\\{\\s*([^{}]+?)\\s*\\}\\}"_s);
    return expression;
}

const QString *cellOf(const Row &row, QStringView column)
{
    const auto found = std::ranges::find_if(
        row, [column](const auto &cell) { return cell.first.compare(column, Qt::CaseInsensitive) == 0; });
    return found == row.end() ? nullptr : &found->second;
}

} // namespace

Result<void> Template::check() const
{
    static const QStringList known{u"text"_s, u"file.name"_s, u"file.path"_s, u"index"_s};
    for (const auto &match : variable().globalMatch(m_source)) {
        const QString name = match.captured(1);
        if (!known.contains(name) && !name.startsWith(rowPrefix))
            return failure(ErrorKind::BadInput, tr("{{%1}} is no variable. There are {{text}}, {{file.name}}, "
                                                   "{{file.path}}, {{index}}, and {{row.COLUMN}} for tables.")
                                                    .arg(name));
    }
    return {};
}

bool Template::holdsContent() const
{
    for (const auto &match : variable().globalMatch(m_source)) {
        if (match.captured(1) == u"text" || match.capturedView(1).startsWith(rowPrefix))
            return true;
    }
    return false;
}

Result<QString> Template::filledWith(const TemplateValues &values) const
{
    QString filled;
    qsizetype from = 0;
    for (const auto &match : variable().globalMatch(m_source)) {
        filled += QStringView(m_source).sliced(from, match.capturedStart() - from);
        from = match.capturedEnd();
        const QString name = match.captured(1);
        if (name == u"text") {
            filled += values.text;
        } else if (name == u"file.name") {
            filled += values.fileName;
        } else if (name == u"file.path") {
            filled += values.filePath;
        } else if (name == u"index") {
            filled += QString::number(values.index);
        } else if (name.startsWith(rowPrefix)) {
            const QString *cell = cellOf(values.row, QStringView(name).sliced(rowPrefix.size()));
            if (!cell)
                return failure(ErrorKind::BadInput,
                               tr("%1 has no column %2.").arg(values.fileName, name.sliced(rowPrefix.size())));
            filled += *cell;
        } else {
            filled += match.captured();
        }
    }
    return filled.append(QStringView(m_source).sliced(from));
}

} // namespace quintet::batch
