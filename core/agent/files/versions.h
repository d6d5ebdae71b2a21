// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/toolresult.h"
#include "base/result.h"

namespace quintet::agent {

/// What files were before a tool wrote them, kept in a folder of their own for a month. Calls may block; thread-safe,
/// and any number of processes may share the folder.
class Versions final {
public:
    explicit Versions(QString folder) : m_folder(std::move(folder)) { }

    /// What is kept of one change.
    struct Version {
        QString folder; ///< the one that was worked in, absolute
        QString path;   ///< of the file, within it
        bool isNew = false;
        QByteArray before;
        QByteArray afterHash; ///< SHA-256 of what was written
    };

    /// Keeps it; its name. Storage where it can't be.
    Result<QString> keep(const Version &version) const;

    /// BadInput where there is none of that name, or not any more.
    Result<Version> find(const QString &name) const;

    /// Puts the former text back, or removes the file where it was new; tells what that changed. BadInput where the
    /// file was changed since, so that other work would be lost.
    Result<FileChange> undo(const QString &name) const;

private:
    void removeOld() const;

    QString m_folder;
};

} // namespace quintet::agent
