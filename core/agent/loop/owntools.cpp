// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/loop/owntools.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 pageLength = 8'000; // characters

const QString todoName = u"update_todos"_s;
const QString readName = u"read_result"_s;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

QJsonObject schemaFrom(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

Todo::State stateFrom(const QString &name)
{
    return name == u"done" ? Todo::State::Done : name == u"doing" ? Todo::State::Doing : Todo::State::Open;
}

} // namespace

bool isOwnTool(const QString &name)
{
    return name == todoName || name == readName;
}

ToolFacts TodoTool::facts() const
{
    return {.name = todoName,
            .title = tr("Keep a list"),
            .group = u"agent"_s,
            .description = u"Keeps your list of what is to be done, which the user sees. For tasks of several steps: "
                           "write it first, then send it whole again whenever an entry is begun or done."_s,
            .schema = schemaFrom(R"({"type":"object","properties":{"todos":{"type":"array","items":{"type":"object",
                "properties":{"text":{"type":"string"},"state":{"type":"string","enum":["open","doing","done"]}},
                "required":["text","state"],"additionalProperties":false}}},"required":["todos"],
                "additionalProperties":false})")};
}

Task<Result<ToolResult>> TodoTool::call(QJsonObject arguments, CancelToken)
{
    TodosSet set;
    for (const QJsonValue entry : arguments[u"todos"].toArray())
        set.todos.push_back({entry[u"text"].toString(), stateFrom(entry[u"state"].toString())});
    m_journal.note(set);
    co_return ToolResult{.text = u"Noted."_s};
}

ToolFacts ReadResultTool::facts() const
{
    return {.name = readName,
            .title = tr("Read on"),
            .group = u"agent"_s,
            .description = u"Reads on in the result of an earlier call that was cut. Takes the call's id as it stands "
                           "beside the result, and from which character on."_s,
            .schema = schemaFrom(R"({"type":"object","properties":{"call":{"type":"string"},
                "from":{"type":"integer","minimum":0}},"required":["call","from"],"additionalProperties":false})"),
            .effect = Effect::Reads,
            .isUntrusted = true};
}

Task<Result<ToolResult>> ReadResultTool::call(QJsonObject arguments, CancelToken)
{
    const QString id = arguments[u"call"].toString();
    const Call *const former = m_journal.run().call(id);
    if (!former || !former->result)
        co_return failure(ErrorKind::BadInput, tr("There is no result of a call %1.").arg(id));
    const QString &whole = former->result->text;
    const qint64 from = arguments[u"from"].toInteger();
    if (from >= whole.size())
        co_return failure(ErrorKind::BadInput,
                          tr("The result of call %1 has only %2 characters.").arg(id).arg(whole.size()));
    const qint64 end = std::min<qint64>(from + pageLength, whole.size());
    QString text = whole.mid(from, pageLength);
    if (end < whole.size())
        text += u"\n[characters %1 to %2 of %3]"_s.arg(from).arg(end).arg(whole.size());
    co_return ToolResult{.text = text};
}

} // namespace quintet::agent
