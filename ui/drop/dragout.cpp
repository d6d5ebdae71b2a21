// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/drop/dragout.h"

#include "text/markdownhtml.h"

#include <QApplication>
#include <QDrag>
#include <QMimeData>
#include <QStyleHints>
#include <QUrl>

namespace quintet::ui {

namespace {

constexpr qsizetype longestRich = 1'000'000;

} // namespace

QMimeData *mimeOfMarkdown(const QString &markdown)
{
    auto *data = new QMimeData;
    data->setText(markdown);
    data->setData(QStringLiteral("text/markdown"), markdown.toUtf8());
    if (markdown.size() < longestRich)
        data->setHtml(text::markdownToHtml(markdown));
    return data;
}

QMimeData *mimeOfFiles(const QStringList &paths)
{
    auto *data = new QMimeData;
    QList<QUrl> urls;
    for (const QString &path : paths)
        urls << QUrl::fromLocalFile(path);
    data->setUrls(urls);
    data->setText(paths.join(u'\n'));
    return data;
}

bool isDragged(const QPoint &pressed, const QPoint &now)
{
    return (now - pressed).manhattanLength() >= QGuiApplication::styleHints()->startDragDistance();
}

void dragOut(QObject *source, QMimeData *data)
{
    auto *drag = new QDrag(source);
    drag->setMimeData(data);
    drag->exec(Qt::CopyAction);
}

} // namespace quintet::ui
