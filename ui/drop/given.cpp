// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/drop/given.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QMimeData>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

bool isWeb(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == u"http" || url.scheme() == u"https");
}

QString tr(const char *text, int count)
{
    return QCoreApplication::translate("quintet::ui::Given", text, nullptr, count);
}

QByteArray pngOf(const QImage &image)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return png;
}

} // namespace

QStringList Given::files() const
{
    QStringList files = paths;
    files.removeIf([](const QString &path) { return QFileInfo(path).isDir(); });
    return files;
}

QStringList Given::folders() const
{
    QStringList folders = paths;
    folders.removeIf([](const QString &path) { return !QFileInfo(path).isDir(); });
    return folders;
}

Given givenFrom(const QString &text)
{
    const QString typed = text.trimmed();
    const QUrl url(typed);
    if (isWeb(url) && !typed.contains(u' '))
        return {{}, {}, {url}, {}};
    const QString path = typed.startsWith("~/"_L1) ? QDir::homePath() + typed.mid(1) : typed;
    if (QDir::isAbsolutePath(path) && !path.contains(u'\n') && QFileInfo::exists(path))
        return {{}, {path}, {}, {}};
    return {text, {}, {}, {}};
}

Given givenFrom(const QMimeData &data)
{
    Given given;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile())
            given.paths << url.toLocalFile();
        else if (isWeb(url))
            given.links << url;
    }
    if (given.hasThings())
        return given;
    if (data.hasImage() && !data.hasText()) {
        const auto image = qvariant_cast<QImage>(data.imageData());
        if (!image.isNull())
            given.pictures << pngOf(image);
    } else if (data.hasText()) {
        given = givenFrom(data.text());
    }
    return given;
}

bool mayHold(const QMimeData &data)
{
    return data.hasUrls() || data.hasImage() || data.hasText();
}

QString describe(const Given &given)
{
    QStringList parts;
    const auto add = [&parts](qsizetype count, const char *words) {
        if (count > 0)
            parts << tr(words, int(count));
    };
    add(given.files().size(), QT_TRANSLATE_N_NOOP("quintet::ui::Given", "%n file(s)"));
    add(given.folders().size(), QT_TRANSLATE_N_NOOP("quintet::ui::Given", "%n folder(s)"));
    add(given.links.size(), QT_TRANSLATE_N_NOOP("quintet::ui::Given", "%n link(s)"));
    add(given.pictures.size(), QT_TRANSLATE_N_NOOP("quintet::ui::Given", "%n picture(s)"));
    return parts.join(u", "_s);
}

} // namespace quintet::ui
