// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/mcp/serverconfig.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace quintet::agent::mcp {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 largestFile = 1 << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

/// Expands variables; remembers the first that is missing.
class Expander final {
public:
    explicit Expander(const Variables &variables) : m_variables(variables) { }

    QString operator()(const QString &text)
    {
        static const QRegularExpression variable(u"\\$\\{(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\\}"_s);
        QString result;
        qsizetype end = 0;
        for (const auto &match : variable.globalMatch(text)) {
            const auto value = m_variables(match.captured(1));
            if (!value && !match.hasCaptured(2) && m_missing.isEmpty())
                m_missing = match.captured(1);
            result += text.sliced(end, match.capturedStart() - end) + value.value_or(match.captured(3));
            end = match.capturedEnd();
        }
        return result + text.sliced(end);
    }

    QMap<QString, QString> operator()(const QJsonObject &pairs)
    {
        QMap<QString, QString> result;
        for (auto it = pairs.begin(); it != pairs.end(); ++it)
            result.insert(it.key(), (*this)(it->toVariant().toString()));
        return result;
    }

    const QString &missing() const { return m_missing; }

private:
    const Variables &m_variables;
    QString m_missing;
};

bool isHttpAddress(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == u"http" || url.scheme() == u"https");
}

Result<ServerConfig> serverFrom(const QString &name, const QJsonObject &entry, const Variables &variables)
{
    const auto wrong = [&name](const QString &what) {
        return failure(ErrorKind::BadInput, tr("The MCP server “%1”: %2").arg(name, what));
    };
    Expander expand(variables);
    ServerConfig server{.name = name,
                        .command = expand(entry[u"command"].toString()),
                        .environment = expand(entry[u"env"].toObject()),
                        .folder = expand(entry[u"cwd"].toString()),
                        .url = QUrl(expand(entry[entry.contains(u"url") ? u"url" : u"serverUrl"].toString())),
                        .headers = expand(entry[u"headers"].toObject())};
    for (const QJsonValue argument : entry[u"args"].toArray()) {
        if (!argument.isString())
            return wrong(tr("its arguments must be strings."));
        server.arguments << expand(argument.toString());
    }
    if (entry[u"timeout"].toInteger() > 0)
        server.timeout = std::chrono::milliseconds(entry[u"timeout"].toInteger());
    if (!expand.missing().isEmpty())
        return wrong(tr("the environment variable %1 is not set.").arg(expand.missing()));
    if (entry[u"type"].toString() == u"sse")
        return wrong(tr("the old transport \"sse\" is not spoken; use its address for streamable HTTP."));
    if (server.command.isEmpty() && !isHttpAddress(server.url))
        return wrong(tr("it needs a \"command\" to start, or a \"url\" that begins with http."));
    server.digest = QString::fromLatin1(
        QCryptographicHash::hash(QJsonDocument(entry).toJson(QJsonDocument::Compact), QCryptographicHash::Sha256)
            .toHex());
    return server;
}

QString shellWord(const QString &word)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_@%+=:,./-]+$"_s);
    return plain.match(word).hasMatch() ? word : u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

QString ServerConfig::summary() const
{
    if (isRemote())
        return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    QStringList words;
    for (const QString &variable : environment.keys())
        words << variable + u"=…"_s;
    words << shellWord(command);
    for (const QString &argument : arguments)
        words << shellWord(argument);
    return words.join(u' ');
}

Result<std::vector<ServerConfig>> serversFrom(const QByteArray &json, const Variables &variables)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return failure(ErrorKind::BadInput, tr("That is no file of MCP servers: %1.").arg(error.errorString()));
    const QJsonObject top = document.object();
    const QJsonObject entries = top[u"mcpServers"].isObject() ? top[u"mcpServers"].toObject() : top;
    std::vector<ServerConfig> servers;
    for (auto it = entries.begin(); it != entries.end(); ++it) {
        const QJsonObject entry = it->toObject();
        if (entry[u"disabled"].toBool())
            continue;
        auto server = serverFrom(it.key(), entry, variables);
        if (!server)
            return std::unexpected(server.error());
        servers.push_back(std::move(*server));
    }
    return servers;
}

Result<std::vector<ServerConfig>> readServers(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::BadInput, tr("The file %1 cannot be read: %2.").arg(path, file.errorString()));
    return serversFrom(file.read(largestFile), [](const QString &name) -> std::optional<QString> {
        const QByteArray key = name.toLatin1();
        return qEnvironmentVariableIsSet(key.constData()) ? std::optional(qEnvironmentVariable(key.constData()))
                                                          : std::nullopt;
    });
}

} // namespace quintet::agent::mcp
