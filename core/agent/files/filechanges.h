// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/files/folder.h"
#include "agent/files/versions.h"

namespace quintet::agent {

/// Changes to one file that are worked out first and done then. Blocking calls; thread-safe.
class FileChanges final {
public:
    FileChanges(Folder folder, Versions versions) : m_folder(std::move(folder)), m_versions(std::move(versions)) { }

    /// What writing `text` as the whole of the file would change. BadInput where the file is no text now.
    Result<FileChange> writing(const QString &name, const QString &text) const;

    /// What putting `replacement` in place of `text` would change, which must stand in the file exactly once unless
    /// `everywhere`. BadInput, in words that help a model to do better, where it does not.
    Result<FileChange> editing(const QString &name, const QString &text, const QString &replacement,
                               bool everywhere) const;

    /// Does it, keeping the former version, whose name is in what comes back. BadInput where the file is not any more
    /// what the change was worked out from.
    Result<FileChange> apply(FileChange change) const;

private:
    struct Former {
        QByteArray bytes;
        QString text;
        bool isNew = false;
    };
    Result<Former> former(const QString &name) const;

    Folder m_folder;
    Versions m_versions;
};

} // namespace quintet::agent
