// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/mcp/agreementstore.h"

#include <QCoreApplication>
#include <QSettings>

namespace quintet::agent::mcp {

namespace {

using namespace Qt::StringLiterals;

QString encoded(const QString &name)
{
    return QString::fromLatin1(name.toUtf8().toHex()); // names may hold what settings give a meaning to
}

QString groupOf(const QString &serverName)
{
    return u"mcp_agreements/"_s + encoded(serverName);
}

Result<void> synced(QSettings &settings)
{
    settings.sync();
    if (settings.status() != QSettings::NoError)
        return failure(ErrorKind::Storage, QCoreApplication::translate(
                                               "agent", "The settings could not be written. Check the rights of %1.")
                                               .arg(settings.fileName()));
    return {};
}

} // namespace

bool AgreementStore::hasAgreed(const ServerConfig &server) const
{
    const QSettings settings(m_settingsFile, QSettings::IniFormat);
    return settings.value(groupOf(server.name) + u"/digest"_s).toString() == server.digest;
}

Result<void> AgreementStore::agree(const ServerConfig &server)
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    settings.remove(groupOf(server.name));
    settings.setValue(groupOf(server.name) + u"/digest"_s, server.digest);
    return synced(settings);
}

std::vector<ToolDefinition> AgreementStore::changed(const ServerConfig &server,
                                                    const std::vector<ToolDefinition> &tools) const
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    settings.beginGroup(groupOf(server.name) + u"/tools"_s);
    std::vector<ToolDefinition> found;
    if (settings.childKeys().isEmpty())
        return found;
    for (const ToolDefinition &tool : tools) {
        if (settings.value(encoded(tool.name)).toString() != tool.digest)
            found.push_back(tool);
    }
    return found;
}

Result<void> AgreementStore::keepTools(const ServerConfig &server, const std::vector<ToolDefinition> &tools)
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    for (const ToolDefinition &tool : tools)
        settings.setValue(groupOf(server.name) + u"/tools/"_s + encoded(tool.name), tool.digest);
    return synced(settings);
}

Result<void> AgreementStore::forget(const QString &serverName)
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    settings.remove(groupOf(serverName));
    return synced(settings);
}

} // namespace quintet::agent::mcp
