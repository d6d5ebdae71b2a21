// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QStringList>

namespace quintet::ui {

/// One window for a data folder: a second start hands its files to the first and goes. Lives on the GUI thread.
class SingleInstance final : public QObject {
    Q_OBJECT

public:
    explicit SingleInstance(const QString &dataFolder);

    /// Hands `files` (absolute paths) to the instance that runs; false if there is none, and this one is to become it.
    /// For the start of the program: waits up to ten seconds for another that is busy.
    /// `wantsQuick`: that one is to open its quick window instead of coming to the front.
    bool handOver(const QStringList &files, bool wantsQuick = false);

    /// Becomes the instance that others hand over to.
    bool listen();

Q_SIGNALS:
    void started(const QStringList &files); ///< another was started with these files and has gone
    void quickAsked();                      ///< another was started for the quick window and has gone

private:
    void read();

    QString m_name;
    QLockFile m_lock; ///< held by the one that others hand over to; a socket may outlive its process, this does not
    QLocalServer m_server;
};

} // namespace quintet::ui
