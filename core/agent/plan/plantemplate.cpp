// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/plan/plantemplate.h"

#include "agent/plan/computeddates.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

const QRegularExpression &templates()
{
    static const QRegularExpression all(u"\\{\\{\\s*([^{}|]+?)\\s*(?:\\|\\s*([^{}]+?)\\s*)?\\}\\}"_s);
    return all;
}

std::unexpected<Error> noValue(const QString &name)
{
    return failure(ErrorKind::BadInput,
                   QCoreApplication::translate("agent", "There is no value for {{%1}}: a former call gave another "
                                                        "result than when the task was saved.")
                       .arg(name));
}

/// What stands at the end of `path` in `value`; undefined where it leads nowhere.
QJsonValue at(QJsonValue value, const QStringList &path)
{
    for (const QString &part : path) {
        bool isNumber = false;
        const int index = part.toInt(&isNumber);
        if (value.isArray())
            value = isNumber ? value.toArray().at(index) : QJsonValue(QJsonValue::Undefined);
        else
            value = value.toObject().value(part);
    }
    return value;
}

Result<QJsonValue> valueOf(const QString &name, const TemplateValues &values)
{
    const QStringList path = name.split(u'.');
    if (values.results.contains(path.front())) {
        const QJsonValue value = at(values.results[path.front()], path.sliced(1));
        if (value.isUndefined())
            return noValue(name);
        return value;
    }
    if (const QJsonValue variable = values.variables[name]; !variable.isUndefined()) {
        TemplateValues others = values; // a variable is made of dates and results, not of variables
        others.variables = {};
        return fill(variable, others);
    }
    if (const auto date = computedDate(name, values.today))
        return QJsonValue(*date);
    return noValue(name);
}

std::optional<double> numberFrom(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble();
    bool isNumber = false;
    const double number = value.toString().toDouble(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

QString plain(const QJsonValue &value)
{
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    return value.toString();
}

QString cell(const QJsonValue &value)
{
    if (value.isDouble() && value.toDouble() != double(value.toInteger()))
        return QString::number(value.toDouble(), 'f', 2);
    return plain(value).replace(u'|', u"\\|"_s).replace(u'\n', u' ');
}

/// Rows, each an object, as a table; the order of the columns is the objects'.
QString tableOf(const QJsonArray &rows)
{
    if (rows.isEmpty())
        return u"(no rows)"_s;
    const QStringList columns = rows.first().toObject().keys();
    QString text = u"| "_s + columns.join(u" | "_s) + u" |\n|"_s + u" --- |"_s.repeated(columns.size());
    for (const QJsonValue row : rows) {
        QStringList cells;
        for (const QString &column : columns)
            cells << cell(row[column]);
        text += u"\n| "_s + cells.join(u" | "_s) + u" |"_s;
    }
    return text;
}

Result<QString> formatted(const QJsonValue &value, const QString &format, const QString &name)
{
    if (format.isEmpty())
        return plain(value);
    if (format == u"table")
        return value.isArray() ? Result<QString>(tableOf(value.toArray())) : noValue(name);
    const auto number = numberFrom(value);
    if (!number)
        return noValue(name);
    const QString kind = format.section(u':', 0, 0);
    const int decimals = qBound(0, format.section(u':', 1).toInt(), 12);
    QLocale locale = QLocale::c();
    locale.setNumberOptions(kind == u"grouped" ? QLocale::DefaultNumberOptions : QLocale::OmitGroupSeparator);
    const QString text = locale.toString(*number, 'f', decimals);
    return kind == u"signed" && *number >= 0 ? u'+' + text : text;
}

} // namespace

Result<QString> fill(const QString &text, const TemplateValues &values)
{
    QString filled;
    qsizetype from = 0;
    for (const auto &match : templates().globalMatch(text)) {
        const QString name = match.captured(1);
        const auto value = valueOf(name, values);
        if (!value)
            return std::unexpected(value.error());
        const auto shown = formatted(*value, match.captured(2), name);
        if (!shown)
            return std::unexpected(shown.error());
        filled += text.sliced(from, match.capturedStart() - from) + *shown;
        from = match.capturedEnd();
    }
    return filled + text.sliced(from);
}

Result<QJsonValue> fill(const QJsonValue &value, const TemplateValues &values)
{
    if (value.isString()) {
        const auto whole = templates().match(value.toString(), 0, QRegularExpression::NormalMatch,
                                             QRegularExpression::AnchorAtOffsetMatchOption);
        if (whole.hasMatch() && whole.capturedLength() == value.toString().size() && whole.captured(2).isEmpty())
            return valueOf(whole.captured(1), values);
        return fill(value.toString(), values).transform([](const QString &text) { return QJsonValue(text); });
    }
    if (value.isArray()) {
        QJsonArray filled;
        for (const QJsonValue each : value.toArray()) {
            const auto one = fill(each, values);
            if (!one)
                return one;
            filled.append(*one);
        }
        return QJsonValue(filled);
    }
    if (value.isObject()) {
        QJsonObject filled = value.toObject();
        for (auto each = filled.begin(); each != filled.end(); ++each) {
            const auto one = fill(QJsonValue(each.value()), values);
            if (!one)
                return one;
            each.value() = *one;
        }
        return QJsonValue(filled);
    }
    return value;
}

} // namespace quintet::agent
