// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

namespace quintet::store {

Result<std::unique_ptr<Database>> Database::open(const QString &path, const Schema &schema)
{
    return migrate(path, schema).transform([&path] { return std::unique_ptr<Database>(new Database(path)); });
}

Schema mainSchema()
{
    return {QStringLiteral(":/sql/main"), 0x51544554}; // "QTET"
}

} // namespace quintet::store
