// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace quintet::test {

/// What a run of the program ended with.
struct Ran {
    int status = -1; ///< -1: it crashed, or did not end in a minute
    QByteArray output;
    QByteArray errors;
};

/// The program as people call it, in a home folder of its own: arguments in; standard output, standard error and exit
/// status out. The event loop turns meanwhile, for scripted servers on this thread.
class CommandLine final {
public:
    /// A path in the home folder.
    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Writes a file there; its path.
    QString file(const QString &name, const QByteArray &content) const;

    /// Starts it without waiting. Its data folder is `data` unless the arguments, or QUINTET_TEST_OWN_DATA=1 in the
    /// environment, say otherwise. `environment`: "NAME=VALUE"; nothing of this process's own is handed on.
    void start(QProcess &process, QStringList arguments, const QStringList &environment = {}) const;

    Ran run(const QStringList &arguments, const QStringList &environment = {}, const QByteArray &input = {}) const;

    /// The objects of JSON lines.
    static QList<QJsonObject> objects(const QByteArray &lines);

private:
    QTemporaryDir m_folder;
};

} // namespace quintet::test
