// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace quintet::ui {

/// The sizes of text in the window. All are of the system's interface font, but Code.
enum class TextStyle {
    Base,    ///< 13 px
    Small,   ///< 12 px: small controls, what stands beside a title
    Facts,   ///< 11.5 px: facts under things, figures of even width
    Rail,    ///< 11 px
    Title,   ///< 15 px semibold: what a view is called
    Heading, ///< 13 px semibold
    Display, ///< 22 px semibold: the start page
    Reading, ///< 14 px: a source; with readingLineHeight
    Answer,  ///< 15 px: an answer
    Code,    ///< 12.5 px of the system's fixed font
};

/// Line height of text for reading, in heights of its font's lines.
inline constexpr double readingLineHeight = 1.65;

QFont fontFor(TextStyle style);

} // namespace quintet::ui
