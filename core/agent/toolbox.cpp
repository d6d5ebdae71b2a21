// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/toolbox.h"

#include "text/jsonschema.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

} // namespace

void Toolbox::add(std::shared_ptr<Tool> tool)
{
    ToolFacts facts = tool->facts();
    const QString name = facts.name;
    for (int number = 2; factsOf(facts.name); ++number)
        facts.name = name + u'_' + QString::number(number);
    m_facts.push_back(std::move(facts));
    m_tools.push_back(std::move(tool));
}

const ToolFacts *Toolbox::factsOf(const QString &name) const
{
    const auto found = std::ranges::find(m_facts, name, &ToolFacts::name);
    return found == m_facts.end() ? nullptr : &*found;
}

std::shared_ptr<Tool> Toolbox::toolNamed(const QString &name) const
{
    const auto found = std::ranges::find(m_facts, name, &ToolFacts::name);
    return found == m_facts.end() ? nullptr : m_tools[std::size_t(found - m_facts.begin())];
}

Result<void> Toolbox::check(const QString &name, const QJsonObject &arguments) const
{
    const ToolFacts *facts = factsOf(name);
    if (!facts) {
        QStringList names;
        for (const ToolFacts &other : m_facts)
            names << other.name;
        return failure(ErrorKind::BadInput, tr("There is no tool %1. There are: %2.").arg(name, names.join(u", "_s)));
    }
    const auto schema = text::JsonSchema::from(facts->schema);
    if (!schema)
        return std::unexpected(schema.error());
    if (const auto fits = (*schema)->check(arguments); !fits)
        return failure(ErrorKind::BadInput, tr("The arguments do not fit %1: %2").arg(name, fits.error().message));
    return {};
}

Result<QJsonObject> Toolbox::argumentsFor(const QString &name, const QString &json) const
{
    QJsonParseError error{};
    // No arguments at all are how some models call a tool that needs none.
    const QByteArray text = json.trimmed().isEmpty() ? QByteArray("{}") : json.toUtf8();
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (factsOf(name) && !document.isObject())
        return failure(ErrorKind::BadInput,
                       tr("The arguments of %1 are no JSON object: %2.")
                           .arg(name, error.error == QJsonParseError::NoError ? tr("something else stands there")
                                                                              : error.errorString()));
    return check(name, document.object()).transform([&] { return document.object(); });
}

Task<Result<std::optional<FileChange>>> Toolbox::preview(QString name, QJsonObject arguments, CancelToken token) const
{
    if (const auto fits = check(name, arguments); !fits)
        co_return std::unexpected(fits.error());
    const auto tool = toolNamed(name);
    co_return co_await tool->preview(std::move(arguments), std::move(token));
}

Task<Result<ToolResult>> Toolbox::call(QString name, QJsonObject arguments, CancelToken token) const
{
    if (const auto fits = check(name, arguments); !fits)
        co_return std::unexpected(fits.error());
    const auto tool = toolNamed(name);
    co_return co_await tool->call(std::move(arguments), std::move(token));
}

} // namespace quintet::agent
