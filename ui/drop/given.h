// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

class QMimeData;

namespace quintet::ui {

/// What was typed, pasted, dropped or handed over, by kind.
struct Given {
    QString text;
    QStringList paths;          ///< of files and folders
    QList<QUrl> links;          ///< http and https
    QList<QByteArray> pictures; ///< PNG, that are no files

    bool isEmpty() const { return text.trimmed().isEmpty() && !hasThings(); }
    bool hasThings() const { return !paths.isEmpty() || !links.isEmpty() || !pictures.isEmpty(); }
    QStringList files() const;
    QStringList folders() const;
    bool operator==(const Given &) const = default;
};

/// What lies in the clipboard or is dragged. A text that is nothing but an address is a link.
Given givenFrom(const QMimeData &data);

/// A text as somebody typed it: one that is nothing but an address is a link, or the path of something that is there,
/// that. Asks the disk once.
Given givenFrom(const QString &text);

/// Whether `data` may hold something, told without reading it.
bool mayHold(const QMimeData &data);

/// What it is, for a person: "3 files, 1 link".
QString describe(const Given &given);

} // namespace quintet::ui
