// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/search/searchknowledge.h"

#include "agent/argumentschema.h"

#include <QCoreApplication>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr int usualCount = 5;
constexpr int mostPassages = 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

ToolFacts SearchKnowledge::facts() const
{
    const QJsonObject query{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}};
    const QJsonObject count{{u"type"_s, u"integer"_s}, {u"minimum"_s, 1}, {u"maximum"_s, mostPassages}};
    const QJsonObject collection{{u"type"_s, u"string"_s}, {u"enum"_s, QJsonArray::fromStringList(m_collections)}};
    return {.name = u"search_knowledge"_s,
            .title = tr("Search knowledge"),
            .group = u"search"_s,
            .description =
                u"Finds the passages of the user's documents that fit a question best, by words and meaning. "
                "Returns each with its document and place, best first; cite these. Collections: %1."_s.arg(
                    m_collections.join(u", "_s)),
            .schema =
                argumentSchema({{u"query"_s, query}, {u"count"_s, count}, {u"collection"_s, collection}}, {u"query"_s}),
            .isUntrusted = true};
}

Task<Result<ToolResult>> SearchKnowledge::call(QJsonObject arguments, CancelToken token)
{
    const QString one = arguments[u"collection"].toString();
    const auto passages =
        co_await m_finder->find(arguments[u"query"].toString(), one.isEmpty() ? m_collections : QStringList{one},
                                arguments[u"count"].toInt(usualCount), token);
    if (!passages)
        co_return std::unexpected(passages.error());
    QString text = passages->empty() ? u"Nothing was found."_s : QString();
    QJsonArray rows;
    int number = 0;
    for (const FoundPassage &passage : *passages) {
        text += u"[%1] %2%3\n%4\n\n"_s.arg(++number).arg(
            passage.title, passage.place.isEmpty() ? QString() : u", "_s + passage.place, passage.text);
        rows.append(QJsonObject{{u"collection"_s, passage.collection},
                                {u"document"_s, passage.document},
                                {u"title"_s, passage.title},
                                {u"place"_s, passage.place},
                                {u"text"_s, passage.text},
                                {u"score"_s, passage.score}});
    }
    co_return ToolResult{.text = text.trimmed(), .value = {{u"passages"_s, rows}}};
}

} // namespace quintet::agent
