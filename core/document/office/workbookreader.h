// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// XLSX: a line for each row, with the names of the columns if its sheet has any, and a Sheet place for it with the
/// sheet's name and the row's number. Dates as dates, numbers as their cells show them, results rather than formulas.
/// Hidden sheets are left out.
Result<Document> readWorkbook(const Content &content, const Reading &reading);

} // namespace quintet::document
