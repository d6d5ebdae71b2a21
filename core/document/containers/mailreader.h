// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// A message (EML): who wrote to whom, when and about what, its text, then what is attached, each under its name.
Result<Document> readMessage(const Content &content, const Reading &reading);

/// A mailbox (MBOX): its messages one after the other, a Section place for each, named by its subject.
Result<Document> readMailbox(const Content &content, const Reading &reading);

} // namespace quintet::document
