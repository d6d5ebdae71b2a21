// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/database/datasource.h"
#include "agent/tool.h"

namespace quintet::agent {

/// `query_database`: one statement that reads.
class QueryDatabase final : public Tool {
public:
    explicit QueryDatabase(std::shared_ptr<const DataSource> source) : m_source(std::move(source)) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    std::shared_ptr<const DataSource> m_source;
};

/// `list_tables`: the tables and views with their columns.
class ListTables final : public Tool {
public:
    explicit ListTables(std::shared_ptr<const DataSource> source) : m_source(std::move(source)) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    std::shared_ptr<const DataSource> m_source;
};

/// `describe_table`: a table's columns, and a few of its rows.
class DescribeTable final : public Tool {
public:
    explicit DescribeTable(std::shared_ptr<const DataSource> source) : m_source(std::move(source)) { }

    ToolFacts facts() const override;
    Task<Result<ToolResult>> call(QJsonObject arguments, CancelToken token) override;

private:
    std::shared_ptr<const DataSource> m_source;
};

} // namespace quintet::agent
