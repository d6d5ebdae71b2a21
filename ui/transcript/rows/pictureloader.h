// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>

namespace quintet::ui {

/// Pictures from files of the user's, read on other threads. Nothing else is ever read: no address of a network, no
/// drawing that names further files. Use from the GUI thread.
class PictureLoader final : public QObject {
    Q_OBJECT

public:
    PictureLoader();
    ~PictureLoader() override;

    /// The path of a picture's address; empty where it is no local file.
    static QString localFile(const QString &address);

    /// The picture; null until it is read, empty if it cannot be.
    const QImage *picture(const QString &path) const { return m_pictures.object(path); }

    /// Asks for it, once; loaded() will tell.
    void ask(const QString &path);

Q_SIGNALS:
    void loaded(const QString &path);

private:
    QCache<QString, QImage> m_pictures; ///< by their kilobytes
    QSet<QString> m_asked;
};

} // namespace quintet::ui
