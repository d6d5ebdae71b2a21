// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/steps/answerview.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QDesktopServices>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextTable>

namespace quintet::ui {

namespace {

/// Tables of a document with hairlines, as the window has them.
void dressTables(QTextDocument &document, const Colors &colors)
{
    for (QTextFrame *frame : document.rootFrame()->childFrames()) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(colors.line);
        format.setBorderCollapse(true);
        format.setCellPadding(6);
        format.setCellSpacing(0);
        table->setFormat(format);
    }
}

} // namespace

AnswerView::AnswerView(const QString &name)
{
    setObjectName(name);
    setAccessibleName(tr("Answer"));
    setFrameShape(QFrame::NoFrame);
    setFont(fontFor(TextStyle::Answer));
    setOpenLinks(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setTabChangesFocus(true);
    document()->setDocumentMargin(0);
    connect(this, &QTextBrowser::anchorClicked, this, [](const QUrl &url) {
        if (url.scheme() == u"http" || url.scheme() == u"https")
            QDesktopServices::openUrl(url);
    });
}

void AnswerView::setText(const QString &markdown)
{
    if (markdown == m_markdown)
        return;
    m_markdown = markdown;
    document()->setMarkdown(markdown, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
                                          | QTextDocument::MarkdownNoHTML);
    dressTables(*document(), Colors::of(palette()));
    fitHeight();
}

QVariant AnswerView::loadResource(int, const QUrl &)
{
    return {};
}

void AnswerView::fitHeight()
{
    document()->setTextWidth(viewport()->width());
    const int height = std::max(qCeil(document()->size().height()), fontMetrics().height());
    if (height != minimumHeight())
        setFixedHeight(height);
}

void AnswerView::resizeEvent(QResizeEvent *event)
{
    QTextBrowser::resizeEvent(event);
    fitHeight();
}

void AnswerView::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dressTables(*document(), Colors::of(palette()));
}

} // namespace quintet::ui
