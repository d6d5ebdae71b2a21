// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/conversation.h"
#include "chat/passages.h"

namespace quintet::chat {

/// What a model is told beside the messages.
struct Materials {
    QHash<QString, QString> texts;     ///< of attachments that are told whole, by hash
    QHash<QString, llm::Image> images; ///< by hash
    std::vector<Passage> passages;     ///< to be cited as [1], [2], ... in this order
};

/// What a model is asked, to answer the message `question` at the end of its branch: the system prompt, what was
/// condensed in its short form, the turns, the materials. Answers that failed before a word came are left out, and so
/// are system messages that were imported. Documents are marked as data, so that a model does not take their text for
/// instructions. Any thread.
llm::Request requestFor(const Conversation &conversation, const MessageId &question, const Materials &materials);

/// The same, to go on with the answer `answer` where it stopped.
llm::Request continuationFor(const Conversation &conversation, const MessageId &answer, const Materials &materials);

/// Everything up to and with the message `last`, as it is to be condensed: in pieces of at most about `room` tokens.
QStringList condensablePieces(const Conversation &conversation, const MessageId &last, qint64 room);

/// What a model is asked, to add a piece to its notes.
llm::Request condensationRequest(const QString &notes, const QString &piece);

/// The branch up to `last` as a model is told it: from behind what was condensed last.
std::vector<const Message *> toldPath(const Conversation &conversation, const MessageId &last);

/// `more` without what it says again of the end of `text`: models that go on repeat a few words.
QString withoutOverlap(const QString &text, const QString &more);

/// The citations that an answer uses: those of `passages` whose mark "[n]" stands in `text`, outside of code.
std::vector<Citation> citationsIn(const QString &text, const std::vector<Passage> &passages);

} // namespace quintet::chat
