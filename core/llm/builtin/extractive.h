// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancel.h"
#include "base/result.h"

#include <QString>

#include <vector>

namespace quintet::llm::builtin {

/// How the text is marked up.
enum class Markup { Guess, Plain, Markdown };

struct QuoteOptions {
    int words = 120; ///< how long the summary should be; as `wc -w` counts, 1.6 Han characters are one
    Markup markup = Markup::Guess;
    QString title; ///< of the document where it is known apart from the text
};

/// A sentence of the source.
struct KeySentence {
    QString text;     ///< on one line, as it is read: without Markdown's marks
    qint64 start = 0; ///< Unicode code points into the source
    qint64 end = 0;

    bool operator==(const KeySentence &) const = default;
};

/// What kind of text it is, told from its form alone.
enum class TextKind { Abstract, Paper, Headed, Plain, TitledShort, Spoken };

struct Quotation {
    std::vector<KeySentence> sentences; ///< never empty, in the order of the source
    TextKind kind = TextKind::Plain;
    QString language; ///< ISO 639-1, guessed

    /// The sentences as one paragraph.
    QString text() const;

    bool operator==(const Quotation &) const = default;
};

/// Summarizes a text by quoting its key sentences whole: central to what the text speaks of, well placed in it, unlike
/// each other. Headings, captions, table rows, code, references and boilerplate are never quoted. A text that is one
/// endless sentence gives its beginning, with "…".
///
/// Needs no model; linear in the text. Any thread. Fails with BadInput on an empty text, with NeedsModel where there
/// is no sentence to quote (a table, code, a list of names), with Cancelled within 100 ms of the token.
Result<Quotation> quoteKeySentences(const QString &text, const QuoteOptions &options, CancelToken token);

} // namespace quintet::llm::builtin
