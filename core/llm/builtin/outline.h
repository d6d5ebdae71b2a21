// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "llm/builtin/extractive.h"
#include "llm/builtin/phrases.h"
#include "llm/builtin/prose.h"
#include "text/sentences.h"

namespace quintet::llm::builtin {

/// A sentence that could be quoted, and where it stands.
struct Candidate {
    text::Span span; ///< UTF-16 units of the text
    Form form;
    int section = 0;
    int inSection = 0; ///< sentences before it in its section
    bool inList = false;
};

struct Section {
    Role role = Role::Body;
    bool named = false;
};

/// A text taken apart: what of it could be quoted, and the form that tells its kind.
struct Outline {
    bool markdown = false;
    QString title;
    QString language;
    QStringList languages;
    std::vector<text::Block> blocks;
    std::vector<text::Sentence> sentences; ///< all, quotable or not
    std::vector<Section> sections;
    std::vector<Candidate> candidates;
    int namedSections = 0;
    TextKind kind = TextKind::Plain;
};

/// Takes `text` apart. Stops early, with what it has, when the token is cancelled.
Outline outlineOf(QStringView text, const QuoteOptions &options, const CancelToken &token);

/// A sentence as it is read.
QString readable(QStringView stretch, bool markdown);

} // namespace quintet::llm::builtin
