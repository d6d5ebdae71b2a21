// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transcript/transcriptlayout.h"

#include <QObject>
#include <QTimer>

namespace quintet::ui {

/// Looks for words in all messages, as they are read, in slices between frames. Use from the GUI thread.
class TranscriptFinder final : public QObject {
    Q_OBJECT

public:
    explicit TranscriptFinder(TranscriptLayout &layout);

    void find(const QString &words); ///< anew; empty: nothing
    const QString &words() const { return m_words; }

    int count() const { return static_cast<int>(m_matches.size()); }
    int current() const { return m_current; }
    bool isSearching() const { return m_slices.isActive(); }

    /// Goes to the next one; before any was chosen, to the first behind `from`.
    std::optional<TextPlace> next(bool backwards, TextPlace from);

    /// Those in a row; `current` is set to which of them is the current one, -1 if none is.
    std::vector<text::Span> inRow(size_t message, size_t row, int *current) const;

    /// Rows of a message have changed, or all from it on.
    void changed(size_t message);

Q_SIGNALS:
    void foundChanged();

private:
    struct Match {
        TextPlace place;
        int size = 0;
    };

    void searchSlice();
    void searchMessage(size_t message);

    TranscriptLayout &m_layout;
    QString m_words;
    std::vector<Match> m_matches; ///< in order
    int m_current = -1;
    size_t m_searched = 0; ///< messages before it
    QTimer m_slices;
};

} // namespace quintet::ui
