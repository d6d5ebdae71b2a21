// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QTemporaryDir>

namespace quintet::test {

/// The command line as people call it, with a data folder and a home of its own: arguments in; standard output,
/// standard error and exit status out. The event loop turns while it runs, so that servers of this thread answer it.
class Program final {
public:
    struct Ran {
        int status = -1; ///< -1: it was killed, or never ended
        QByteArray output;
        QByteArray errors;

        /// What was printed with --json.
        QList<QJsonObject> objects() const;
    };

    /// `program`: the path of `quintet`.
    explicit Program(const QString &program) : m_program(program) { }

    /// Starts it, with the data folder behind the arguments.
    void start(QProcess &process, const QStringList &arguments) const;

    Ran run(const QStringList &arguments) const;

    /// What came of a process that was started.
    static Ran waitFor(QProcess &process);

    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Writes a file into the home, and its folders.
    QString file(const QString &name, const QByteArray &content) const;

private:
    QString m_program;
    QTemporaryDir m_folder;
};

} // namespace quintet::test
