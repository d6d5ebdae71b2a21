// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/run/linediff.h"

#include <QPlainTextEdit>

namespace quintet::ui {

class CodeHighlighter;

/// Code to be read: in a box as high as its lines, up to a dozen, then it scrolls.
class CodeBox final : public QPlainTextEdit {
    Q_OBJECT

public:
    /// `language` as a Markdown fence names it; empty: plain. `highlighter` outlives the box.
    CodeBox(const QString &name, const QString &text, const QString &language, CodeHighlighter &highlighter);

    /// What is added and taken away by a change, with a few lines around.
    CodeBox(const QString &name, const std::vector<agent::DiffLine> &diff, CodeHighlighter &highlighter);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void prepare(const QString &name);
    void fitHeight();
    void colour();
    void colourDiff();

    CodeHighlighter &m_highlighter;
    QString m_text;
    QString m_language;
    std::vector<agent::DiffLine> m_diff; ///< as shown, a line each
};

} // namespace quintet::ui
