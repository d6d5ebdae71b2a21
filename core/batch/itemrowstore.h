// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/itemstore.h"

class QSqlQuery;

namespace quintet::batch {

/// The columns of batch_item, called i, for itemFrom(), which must stand first in a query.
QString itemColumns();
Item itemFrom(const QSqlQuery &row);

/// The same where the item's content, its result and the model stand behind them.
ItemRecord recordFrom(const QSqlQuery &row);

/// The conditions of a query on batch_item, called i, from WHERE on; what they are bound to is added to `values`.
QString conditionsOf(const Run &run, const ItemQuery &query, QVariantList &values);

/// The column that a query's order goes by.
QString columnOf(ItemQuery::Order order);

} // namespace quintet::batch
