// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/prompts/prompt.h"

#include "document/readers/delimitedreader.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace quintet::chat {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestName = 60;

const QRegularExpression &variablePattern()
{
    static const QRegularExpression pattern(u"\\{\\{([^{}]{1,500})\\}\\}"_s);
    return pattern;
}

PromptVariable variableFrom(const QString &inside)
{
    const qsizetype border = inside.indexOf(QRegularExpression(u"[:=]"_s));
    PromptVariable variable{inside.left(border < 0 ? inside.size() : border).trimmed(), {}, {}};
    if (border < 0)
        return variable;
    const QString rest = inside.mid(border + 1);
    if (inside[border] == u':') {
        for (const QString &choice : rest.split(u'|'))
            variable.choices << choice.trimmed();
        variable.value = variable.choices.front();
    } else {
        variable.value = rest.trimmed();
    }
    return variable;
}

bool fillsItself(const QString &name)
{
    return name == u"clipboard" || name == u"date" || name == u"time";
}

qsizetype columnNamed(const QStringList &header, const QStringList &names)
{
    for (const QString &name : names) {
        const auto at = std::ranges::find_if(
            header, [&name](const QString &cell) { return cell.trimmed().compare(name, Qt::CaseInsensitive) == 0; });
        if (at != header.end())
            return at - header.begin();
    }
    return -1;
}

} // namespace

std::vector<PromptVariable> variablesOf(const QString &text)
{
    std::vector<PromptVariable> variables;
    for (const QRegularExpressionMatch &match : variablePattern().globalMatch(text)) {
        PromptVariable variable = variableFrom(match.captured(1));
        const bool isKnown = std::ranges::contains(variables, variable.name, &PromptVariable::name);
        if (!variable.name.isEmpty() && !fillsItself(variable.name) && !isKnown)
            variables.push_back(std::move(variable));
    }
    return variables;
}

QString filledIn(const QString &text, const QHash<QString, QString> &values)
{
    QString filled;
    qsizetype from = 0;
    for (const QRegularExpressionMatch &match : variablePattern().globalMatch(text)) {
        const PromptVariable variable = variableFrom(match.captured(1));
        filled += QStringView(text).mid(from, match.capturedStart() - from);
        filled += values.value(variable.name, variable.value);
        from = match.capturedEnd();
    }
    return filled + text.mid(from);
}

QString promptNameFrom(const QString &title)
{
    QString name;
    for (const QChar c : title.toLower()) {
        if (c.isLetterOrNumber())
            name += c;
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    name = name.left(longestName);
    while (name.endsWith(u'-'))
        name.chop(1);
    return name;
}

Result<std::vector<Prompt>> promptsFromCsv(const QString &csv)
{
    document::RecordReader reader(csv, u',');
    QStringList fields;
    reader.next(fields);
    const qsizetype nameColumn = columnNamed(fields, {u"act"_s, u"name"_s, u"title"_s, u"command"_s});
    const qsizetype textColumn = columnNamed(fields, {u"prompt"_s, u"text"_s, u"content"_s});
    if (nameColumn < 0 || textColumn < 0) {
        return failure(ErrorKind::BadInput, QCoreApplication::translate(
                                                "chat", "There are no columns \"act\" and \"prompt\" in this file."));
    }
    std::vector<Prompt> prompts;
    while (reader.next(fields)) {
        Prompt prompt{promptNameFrom(fields.value(nameColumn)), fields.value(textColumn).trimmed()};
        if (!prompt.name.isEmpty() && !prompt.text.isEmpty())
            prompts.push_back(std::move(prompt));
    }
    return prompts;
}

} // namespace quintet::chat
