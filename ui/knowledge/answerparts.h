// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "knowledge/answer/answer.h"
#include "knowledge/store/passagestore.h"
#include "knowledge/whole/wholeestimate.h"
#include "ui/transcript/message.h"

namespace quintet::ui {

/// What the user asked.
Message questionMessage(const QString &id, const QString &text);

/// An answer that is there: its text, how many sentences were found, its sources with those that it did not use, what
/// it took. Claims that are not supported are named.
Message answerMessage(const QString &id, const knowledge::Answer &answer);

/// Hits as cards.
Message hitsMessage(const QString &id, const std::vector<knowledge::Hit> &hits);

/// What each leg said of each hit, and the cards; `whyNot`, where it is not empty, says why a document is not there.
/// Actions "off:N" and "on:N" switch passages, of those in `off` each.
Message inspectionMessage(const QString &id, const std::vector<knowledge::Hit> &hits,
                          const std::vector<knowledge::PassageRow> &off, const QStringList &whyNot);

/// What going over the whole collection would take, with the choice: actions "whole" and "best".
Message offerMessage(const QString &id, const knowledge::WholeEstimate &estimate);

/// The same once it was taken up, as far as it came.
Message progressMessage(const QString &id, qint64 done, qint64 count);

Message errorMessage(const QString &id, const Error &error);

/// The number in a label such as "[2]"; 0 where there is none.
int numberIn(const QString &label);

} // namespace quintet::ui
