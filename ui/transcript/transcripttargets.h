// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/targetplace.h"
#include "ui/transcript/transcriptlayout.h"

namespace quintet::ui {

/// What can be clicked in a transcript, or chosen by keyboard: links, buttons, marks of sources. Use from the GUI
/// thread.
class TranscriptTargets final {
public:
    explicit TranscriptTargets(TranscriptLayout &layout) : m_layout(layout) { }

    /// The one at a point of the content.
    TargetPlace at(QPointF point);

    /// The target itself; null for none, or where it is no more. Good until rows change.
    const Target *find(TargetPlace place);

    /// The one that is seen behind `place`, or before it; behind none is the first. None behind the last.
    TargetPlace next(TargetPlace place, bool backwards);

    /// Where a target's first line ends, in the content.
    QPointF bottomOf(TargetPlace place);

private:
    std::vector<TargetPlace> visible();

    TranscriptLayout &m_layout;
};

} // namespace quintet::ui
