// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "summarize/summary.h"

#include <QTextBrowser>
#include <QTimer>

namespace quintet::ui {

/// A summary to read: sentences that were quoted, each with its place behind it, or what a model writes, as it comes.
/// The places are links: Tab goes from one to the next, Return follows one.
class SummaryView final : public QTextBrowser {
    Q_OBJECT

public:
    SummaryView();

    /// Empties it, and shows after 300 ms that something is coming.
    void beginWaiting();
    void append(const QString &text);

    void showText(const QString &markdown);
    void showSentences(const std::vector<summarize::SourceSentence> &sentences, bool asList);

    /// What has been shown, as Markdown.
    const QString &markdown() const { return m_markdown; }

    QSize sizeHint() const override;
    QVariant loadResource(int type, const QUrl &name) override;

Q_SIGNALS:
    void sentenceHovered(int sentence); ///< -1: none
    void sentenceChosen(int sentence);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    int sentenceAt(const QPoint &position) const;
    void hover(int sentence);
    void render();
    void finishRendering(int scrolled);
    void setLineHeight();
    void fitColumn();
    void paintSkeleton();

    QString m_markdown;
    std::vector<summarize::SourceSentence> m_sentences;
    bool m_asList = false;
    int m_hovered = -1;
    bool m_isWaiting = false;
    QTimer m_patience;
};

} // namespace quintet::ui
