// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/commandline.h"
#include "support/scriptedserver.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace quintet::test {

using namespace Qt::StringLiterals;

/// A model that answers "Answer to ITEM." for the item that a prompt names as <ITEM>, and counts.
struct CountingModel {
    explicit CountingModel(std::chrono::milliseconds latency = {})
    {
        server.on("/v1/models", [](const Received &) { return Script::response(200, "{\"data\":[{\"id\":\"m\"}]}"); });
        server.on("/v1/chat/completions", [this, latency](const Received &request) {
            const QString item = itemIn(request.body);
            ++asked[item];
            Script script = Script::eventStream();
            if (latency.count() > 0)
                script.wait(latency);
            return answer(script, u"Answer to %1."_s.arg(item) + QString(padding, u'x'));
        });
    }

    static QString itemIn(const QByteArray &body)
    {
        static const QRegularExpression name(u"<(\\w+)>"_s);
        return name.match(QString::fromUtf8(body)).captured(1);
    }

    static Script answer(Script script, const QString &text)
    {
        const QJsonObject choice{
            {u"index"_s, 0}, {u"delta"_s, QJsonObject{{u"content"_s, text}}}, {u"finish_reason"_s, u"stop"_s}};
        script.event(QJsonDocument(QJsonObject{{u"model"_s, u"m"_s}, {u"choices"_s, QJsonArray{choice}}})
                         .toJson(QJsonDocument::Compact));
        script.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":3}}");
        return script.event("[DONE]").end();
    }

    QStringList options() const { return {u"--base-url"_s, server.url(u"/v1"_s).toString(), u"--model"_s, u"m"_s}; }

    /// The same under a name that is not this computer's, and with a model that has a price.
    QStringList pricedOptions() const
    {
        QUrl url = server.url(u"/v1"_s);
        url.setHost(u"0.0.0.0"_s);
        return {u"--base-url"_s, url.toString(), u"--model"_s, u"gpt-5-mini"_s};
    }

    int total() const
    {
        int sum = 0;
        for (const int count : asked)
            sum += count;
        return sum;
    }

    ScriptedServer server;
    QHash<QString, int> asked; ///< how often each item was
    int padding = 0;           ///< characters behind each answer
};

/// Waits for the end of a program that was started.
inline Ran waitFor(QProcess &process)
{
    const bool hasEnded = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000)
                          && process.exitStatus() == QProcess::NormalExit;
    return {hasEnded ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

/// A folder with `count` items, the number N of which holds <itemN>.
inline QString folderOfItems(const CommandLine &program, int count)
{
    for (int i = 0; i < 7; ++i)
        QDir().mkpath(program.path(u"items/f%1"_s.arg(i)));
    for (int i = 0; i < count; ++i)
        program.file(u"items/f%1/item%2.txt"_s.arg(i % 7).arg(i), u"This is <item%1>.\n"_s.arg(i).toUtf8());
    return program.path(u"items"_s);
}

inline QStringList filesIn(const QString &folder, const QString &pattern)
{
    QStringList names;
    for (QDirIterator files(folder, {pattern}, QDir::Files, QDirIterator::Subdirectories); files.hasNext();)
        names << files.next();
    return names;
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

/// The names of the items whose result is recorded.
inline QSet<QString> recorded(const CommandLine &program, const QString &id)
{
    QSet<QString> names;
    for (const QJsonObject &item : CommandLine::objects(program.run({u"batch"_s, u"export"_s, id}).output)) {
        if (item[u"state"] == u"done"_s)
            names.insert(item[u"name"].toString().section(u'/', -1).section(u'.', 0, 0));
    }
    return names;
}

} // namespace quintet::test
