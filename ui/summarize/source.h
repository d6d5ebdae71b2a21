// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "summarize/summary.h"
#include "text/span.h"
#include "ui/viewer/textview.h"

#include <memory>

namespace quintet::ui {

/// A document as the engine read it, with what the window wants to know of it.
struct ReadDocument {
    document::Document document;
    qsizetype words = 0;
    std::vector<TextView::Label> labels; ///< where its pages begin
};

/// A summary with the places of its quotes in UTF-16 units of the text.
struct MarkedSummary {
    summarize::Summary summary;
    std::vector<text::Span> marks;
    qsizetype words = 0;
    bool isPartial = false; ///< it was stopped, or broke off
};

/// Something to summarize: a file, a page from the web, a long text that was pasted, or what is typed.
struct Source {
    enum State { Reading, Ready, Failed };

    int id = 0;
    State state = Reading;
    QString name;                                ///< for the chip
    QString origin;                              ///< path or address; empty for pasted and typed text
    std::shared_ptr<const ReadDocument> content; ///< when Ready
    Error error;                                 ///< when Failed
    std::optional<MarkedSummary> summary;
};

} // namespace quintet::ui
