// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/files/filechanges.h"
#include "agent/tool.h"

namespace quintet::agent {

/// `write_file`: a whole text file, new or in place of another, which is kept.
class WriteFile final : public Tool {
public:
    explicit WriteFile(FileChanges changes) : m_changes(std::move(changes)) { }

    ToolFacts facts() const override;
    Task<Result<std::optional<FileChange>>> preview(QJsonObject arguments, CancelToken token) override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    FileChanges m_changes;
};

/// `edit_file`: one text for another in a text file, whose former version is kept.
class EditFile final : public Tool {
public:
    explicit EditFile(FileChanges changes) : m_changes(std::move(changes)) { }

    ToolFacts facts() const override;
    Task<Result<std::optional<FileChange>>> preview(QJsonObject arguments, CancelToken token) override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    FileChanges m_changes;
};

/// `undo_change`: what write_file or edit_file changed, back as it was.
class UndoChange final : public Tool {
public:
    UndoChange(Folder folder, Versions versions) : m_folder(std::move(folder)), m_versions(std::move(versions)) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    Folder m_folder;
    Versions m_versions;
};

} // namespace quintet::agent
