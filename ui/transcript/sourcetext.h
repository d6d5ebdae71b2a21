// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet::ui {

class MessageFlow;

/// What a message's rows stand for, from position `start` in the first to `end` in the last: Markdown as it was
/// written where whole rows are meant, the text where it is a part of one.
QString sourceText(const MessageFlow &flow, size_t firstRow, int start, size_t lastRow, int end);

} // namespace quintet::ui
