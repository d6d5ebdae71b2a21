// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include <QBuffer>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QImageReader>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>

namespace quintet::ui {

namespace {

/// The drawing in one colour. Read through the image plugin, since QtSvg itself is no part of the build.
QPixmap render(const QString &name, const QSize &pixels, const QColor &color)
{
    const QString key = QStringLiteral("quintet:%1:%2:%3").arg(name).arg(pixels.width()).arg(color.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray drawing = file.readAll().replace("currentColor", color.name().toLatin1());
    QBuffer buffer(&drawing);
    QImageReader reader(&buffer, "svg");
    reader.setScaledSize(pixels);
    pixmap = QPixmap::fromImage(reader.read());
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class StrokeEngine final : public QIconEngine {
public:
    explicit StrokeEngine(const QString &name) : m_name(name) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIn(painter, rect, colorFor(mode));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return render(m_name, size, colorFor(mode));
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        QPixmap pixmap = render(m_name, size, colorFor(mode));
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QIconEngine *clone() const override { return new StrokeEngine(m_name); }
    QString key() const override { return QStringLiteral("quintet-stroke"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

    void paintIn(QPainter *painter, const QRect &rect, const QColor &color) const
    {
        const qreal scale = painter->device()->devicePixelRatio();
        QPixmap pixmap = render(m_name, rect.size() * scale, color);
        pixmap.setDevicePixelRatio(scale);
        painter->drawPixmap(rect.topLeft(), pixmap);
    }

private:
    static QColor colorFor(QIcon::Mode mode)
    {
        const QPalette palette = QGuiApplication::palette();
        switch (mode) {
        case QIcon::Normal: return palette.color(QPalette::Text);
        case QIcon::Active: return palette.color(QPalette::Dark);
        case QIcon::Disabled: return palette.color(QPalette::PlaceholderText);
        case QIcon::Selected: return palette.color(QPalette::Accent);
        }
        Q_UNREACHABLE();
    }

    QString m_name;
};

} // namespace

QIcon icon(const QString &name)
{
    return QIcon(new StrokeEngine(name));
}

void paintIcon(QPainter *painter, const QIcon &icon, const QRect &rect, const QColor &color)
{
    // An icon that is not ours, from a desktop's theme, keeps its own colours.
    if (icon.name().isEmpty() || !QFile::exists(QStringLiteral(":/icons/%1.svg").arg(icon.name())))
        icon.paint(painter, rect);
    else
        StrokeEngine(icon.name()).paintIn(painter, rect, color);
}

} // namespace quintet::ui
