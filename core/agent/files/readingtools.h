// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/files/folder.h"
#include "agent/tool.h"
#include "document/extractor.h"

namespace quintet::agent {

/// `list_files`: what is in the folder, or a folder in it.
class ListFiles final : public Tool {
public:
    explicit ListFiles(Folder folder) : m_folder(std::move(folder)) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    Folder m_folder;
};

/// `read_file`: the text of a file of any kind that can be read, piece by piece where it is long.
class ReadFile final : public Tool {
public:
    ReadFile(Folder folder, document::Extractor &extractor) : m_folder(std::move(folder)), m_extractor(extractor) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    Task<Result<QString>> textOf(QString path, bool asItStands, CancelToken token);

    Folder m_folder;
    document::Extractor &m_extractor;
};

/// `search_files`: the lines of text files that hold a text.
class SearchFiles final : public Tool {
public:
    explicit SearchFiles(Folder folder) : m_folder(std::move(folder)) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    Folder m_folder;
};

} // namespace quintet::agent
