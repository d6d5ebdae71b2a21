// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/rows/pictureloader.h"

#include <QFileInfo>
#include <QFutureWatcher>
#include <QImageReader>
#include <QUrl>
#include <QtConcurrentRun>

namespace quintet::ui {

namespace {

constexpr int keptKilobytes = 48'000;
constexpr int widest = 1440; // twice the column
constexpr qint64 largestFile = 64'000'000;

QImage read(const QString &path)
{
    const QFileInfo file(path);
    static const QList<QByteArray> formats{"png", "jpeg", "jpg", "gif", "webp", "bmp"};
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    if (!file.isFile() || file.size() > largestFile || !formats.contains(reader.format()))
        return {};
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() > widest)
        reader.setScaledSize(size.scaled(widest, size.height(), Qt::KeepAspectRatio));
    return reader.read();
}

} // namespace

PictureLoader::PictureLoader() : m_pictures(keptKilobytes) { }

PictureLoader::~PictureLoader() = default;

QString PictureLoader::localFile(const QString &address)
{
    const QUrl url(address);
    if (url.isLocalFile() && url.host().isEmpty())
        return url.toLocalFile();
    return address.startsWith(u'/') && !address.startsWith(u"//") ? address : QString();
}

void PictureLoader::ask(const QString &path)
{
    if (m_asked.contains(path) || m_pictures.contains(path))
        return;
    m_asked.insert(path);
    auto *watcher = new QFutureWatcher<QImage>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, path] {
        watcher->deleteLater();
        auto *image = new QImage(watcher->result());
        m_asked.remove(path);
        m_pictures.insert(path, image, static_cast<int>(image->sizeInBytes() / 1024) + 1);
        Q_EMIT loaded(path);
    });
    watcher->setFuture(QtConcurrent::run(read, path));
}

} // namespace quintet::ui
