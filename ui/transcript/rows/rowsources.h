// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/rows/codehighlighter.h"
#include "ui/transcript/rows/pictureloader.h"

namespace quintet::ui {

/// Where rows get what is made on other threads.
struct RowSources {
    CodeHighlighter highlighter;
    PictureLoader pictures;
};

} // namespace quintet::ui
