// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QMimeData;
class QObject;
class QPoint;

namespace quintet::ui {

/// Markdown to be dragged or copied out: as plain text, as text/markdown and as rich text.
QMimeData *mimeOfMarkdown(const QString &markdown);

/// Files, by their addresses, with their paths as text.
QMimeData *mimeOfFiles(const QStringList &paths);

/// Whether the pointer has gone far enough from where the button was pressed to begin a drag.
bool isDragged(const QPoint &pressed, const QPoint &now);

/// Drags `data` (taken over) out of `source`, by a copy.
void dragOut(QObject *source, QMimeData *data);

} // namespace quintet::ui
