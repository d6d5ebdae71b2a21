// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/message.h"

namespace quintet::test {

/// A conversation with every kind of part; the last answer is still to be written.
std::vector<ui::Message> sampleConversation();

/// That answer, in Markdown.
QString sampleAnswer();

/// What an agent did: steps, an approval, an error.
std::vector<ui::Message> sampleRun();

/// `count` short messages, questions and answers.
std::vector<ui::Message> longConversation(int count);

/// Mixed Markdown of about that many characters.
QString mixedMarkdown(qsizetype size);

} // namespace quintet::test
