// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

#include <map>

namespace quintet::ui {

class Transcript;

/// A transcript for those who cannot see it: a list of messages, each of them a text that can be read by characters,
/// words and lines, with the caret and the selection that the keyboard moves.
class TranscriptAccessible final : public QAccessibleWidget {
public:
    explicit TranscriptAccessible(Transcript *transcript);
    ~TranscriptAccessible() override;

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;

    /// Makes Qt ask for this one where a transcript is to be told about.
    static void install();

private:
    Transcript *transcript() const;

    mutable std::map<QString, QAccessible::Id> m_messages; ///< by message
};

} // namespace quintet::ui
