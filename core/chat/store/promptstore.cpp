// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/store/promptstore.h"

#include "chat/store/messagejson.h"

#include <QJsonDocument>
#include <QSqlQuery>

namespace quintet::chat {

using namespace Qt::StringLiterals;

QFuture<Result<void>> PromptStore::put(const std::vector<Prompt> &prompts)
{
    return m_database.writer().write([prompts](store::Connection &connection) {
        Result<void> result;
        for (const Prompt &prompt : prompts) {
            if (result)
                result = connection.execute(u"INSERT INTO prompt (name, text) VALUES (?, ?) ON CONFLICT (name) DO "
                                            "UPDATE SET text = excluded.text"_s,
                                            {prompt.name, prompt.text});
        }
        return result;
    });
}

QFuture<Result<void>> PromptStore::removePrompt(const QString &name)
{
    return m_database.writer().write([name](store::Connection &connection) {
        return connection.execute(u"DELETE FROM prompt WHERE name = ?"_s, {name});
    });
}

Result<std::vector<Prompt>> PromptStore::prompts() const
{
    std::vector<Prompt> prompts;
    return m_database.reader()
        .and_then([&](store::Connection connection) {
            return connection.select(u"SELECT name, text FROM prompt ORDER BY name"_s, {}, [&](const QSqlQuery &row) {
                prompts.push_back({row.value(0).toString(), row.value(1).toString()});
            });
        })
        .transform([&] { return std::move(prompts); });
}

QFuture<Result<void>> PromptStore::put(const Preset &preset)
{
    return m_database.writer().write([preset](store::Connection &connection) {
        return connection.execute(
            u"INSERT INTO preset (name, settings) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET "
            "settings = excluded.settings"_s,
            {preset.name, QString::fromUtf8(QJsonDocument(toJson(preset.settings)).toJson(QJsonDocument::Compact))});
    });
}

QFuture<Result<void>> PromptStore::removePreset(const QString &name)
{
    return m_database.writer().write([name](store::Connection &connection) {
        return connection.execute(u"DELETE FROM preset WHERE name = ?"_s, {name});
    });
}

Result<std::vector<Preset>> PromptStore::presets() const
{
    std::vector<Preset> presets;
    return m_database.reader()
        .and_then([&](store::Connection connection) {
            return connection.select(
                u"SELECT name, settings FROM preset ORDER BY name"_s, {}, [&](const QSqlQuery &row) {
                    const QByteArray json = row.value(1).toString().toUtf8();
                    presets.push_back({row.value(0).toString(), settingsFrom(QJsonDocument::fromJson(json).object())});
                });
        })
        .transform([&] { return std::move(presets); });
}

} // namespace quintet::chat
