// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "batch/row.h"

namespace quintet::batch {

/// What the variables of a prompt stand for.
struct TemplateValues {
    QString text;
    QString fileName; ///< or the name of the row
    QString filePath;
    Row row;
    qint64 index = 0; ///< of the item, counted from 1

    bool operator==(const TemplateValues &) const = default;
};

/// A prompt with variables: {{text}}, {{file.name}}, {{file.path}}, {{row.COLUMN}} and {{index}}. A plain value; any
/// thread.
class Template final {
public:
    explicit Template(const QString &source) : m_source(source) { }

    /// BadInput, with the variables there are, where one is used that is none.
    Result<void> check() const;

    /// Whether the item's own content has a place in it; if not, it is sent behind the prompt.
    bool holdsContent() const;

    /// The prompt for one item. BadInput where its row has no such column.
    Result<QString> filledWith(const TemplateValues &values) const;

private:
    QString m_source;
};

} // namespace quintet::batch
