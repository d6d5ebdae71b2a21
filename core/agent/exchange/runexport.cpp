// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/exchange/runexport.h"

#include "agent/exchange/trace.h"
#include "text/csv.h"
#include "text/markdownhtml.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

/// A fence that `text` cannot close.
QString fenced(const QString &text, const QString &language)
{
    qsizetype longest = 2;
    qsizetype run = 0;
    for (const QChar each : text) {
        run = each == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, u'`');
    return fence + language + u'\n' + text.trimmed() + u'\n' + fence + u'\n';
}

QString inOneLine(QString text)
{
    return text.replace(u'\n', u' ').replace(u'|', u"\\|"_s);
}

QString shown(const QJsonValue &value)
{
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    return value.toString();
}

QString tableOf(const Grid &grid)
{
    QString text = u"|"_s;
    for (const QString &column : grid.columns)
        text += u' ' + inOneLine(column) + u" |"_s;
    text += u"\n|"_s + u" --- |"_s.repeated(grid.columns.size()) + u'\n';
    for (const QJsonArray &row : grid.rows) {
        text += u'|';
        for (const QJsonValue value : row)
            text += u' ' + inOneLine(shown(value)) + u" |"_s;
        text += u'\n';
    }
    return text;
}

QString argumentsOf(const Call &call)
{
    if (const QString sql = call.arguments[u"sql"].toString(); !sql.isEmpty())
        return fenced(sql, u"sql"_s);
    return fenced(QString::fromUtf8(QJsonDocument(call.arguments).toJson(QJsonDocument::Indented)), u"json"_s);
}

QString callAsMarkdown(const Call &call)
{
    QString text =
        u"\n**%1** `%2` · %3 ms\n\n"_s.arg(call.title.isEmpty() ? call.wish.name : call.title, call.wish.name)
            .arg(call.time.count());
    text += argumentsOf(call);
    if (call.approval) {
        text += u"\n"_s + (call.approval->isAllowed() ? tr("Allowed by the user.") : tr("Not allowed by the user."))
                + u' ' + inOneLine(call.approval->reason) + u'\n';
    }
    if (call.result && call.result->grid)
        return text + u'\n' + tableOf(*call.result->grid);
    return text + u'\n' + fenced(call.outcome(), {});
}

QString markdown(const AgentRun &run)
{
    QString text = u"# %1\n\n%2\n"_s.arg(inOneLine(run.title()), run.spec().task);
    const QString model =
        run.spec().isReplay() ? tr("a saved task, replayed without a model") : run.spec().endpoint.model;
    text += u"\n*%1 · %2 · %3*\n"_s.arg(run.begun().toString(Qt::ISODate), model, nameOf(run.state()));
    for (const Step &step : run.steps()) {
        const bool isAnswer = step.calls.empty() && step.text == run.answer();
        if (isAnswer)
            continue;
        text += u"\n## %1\n\n%2\n"_s.arg(tr("Step %1").arg(step.number), step.text);
        for (const Call &call : step.calls)
            text += callAsMarkdown(call);
        for (const Said &said : run.said()) {
            if (said.afterStep == step.number)
                text += u"\n> %1: %2\n"_s.arg(tr("You"), QString(said.text).replace(u'\n', u"\n> "_s));
        }
    }
    if (!run.answer().isEmpty())
        text += u"\n## %1\n\n%2\n"_s.arg(tr("Answer"), run.answer());
    if (run.failure())
        text += u"\n## %1\n\n%2\n"_s.arg(tr("Not finished"), run.failure()->message);
    return text;
}

QString html(const AgentRun &run)
{
    return u"<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>%1</title>\n<style>\n"
           "body { font: 16px/1.6 system-ui, sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; }\n"
           "pre { overflow-x: auto; background: #f4f5f8; color: #1a1e26; padding: 0.8em; border-radius: 8px; }\n"
           "table { border-collapse: collapse; } td, th { border: 1px solid #aaa; padding: 0.3em 0.7em; }\n"
           "</style>\n</head>\n<body>\n%2</body>\n</html>\n"_s.arg(run.title().toHtmlEscaped(),
                                                                   text::markdownToHtml(markdown(run)));
}

QString csvCell(const QJsonValue &value)
{
    return value.isString() ? text::safeForSpreadsheets(shown(value)) : shown(value);
}

} // namespace

std::optional<ExportFormat> exportFormatFrom(const QString &name)
{
    if (name == u"jsonl")
        return ExportFormat::JsonLines;
    if (name == u"md")
        return ExportFormat::Markdown;
    return name == u"html" ? std::optional(ExportFormat::Html) : std::nullopt;
}

QByteArray exported(const RunId &id, const std::vector<RunEvent> &events, ExportFormat format)
{
    if (format == ExportFormat::JsonLines) {
        QByteArray lines;
        for (const QJsonObject &object : traceOf(id, events))
            lines += QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
        return lines;
    }
    AgentRun run(id);
    for (const RunEvent &event : events)
        run.apply(event);
    return (format == ExportFormat::Markdown ? markdown(run) : html(run)).toUtf8();
}

QByteArray csvOf(const Grid &grid)
{
    const auto line = [](const auto &values) {
        QStringList cells;
        for (const QJsonValue value : values)
            cells << csvCell(value);
        return text::csvLine(cells);
    };
    QByteArray csv = line(grid.columns);
    for (const QJsonArray &row : grid.rows)
        csv += line(row);
    return csv;
}

} // namespace quintet::agent
