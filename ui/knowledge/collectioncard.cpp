// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/collectioncard.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QCheckBox>
#include <QContextMenuEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int padding = 12;
constexpr int lineHeight = 19;
constexpr int barHeight = 6;

QString timeLeft(const knowledge::IngestProgress &progress)
{
    const qint64 left = progress.total - progress.done;
    if (progress.done < 3 || left <= 0)
        return {};
    const qint64 seconds = progress.time.count() * left / progress.done / 1000;
    if (seconds < 60)
        return CollectionCard::tr("under a minute left");
    return CollectionCard::tr("%n min left", nullptr, int(std::min<qint64>(seconds / 60, 100'000)));
}

} // namespace

CollectionCard::CollectionCard(const ShownCollection &collection) : m_watch(new QCheckBox(tr("Watch"), this))
{
    setObjectName(u"collectionCard"_s);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_watch->setObjectName(u"watchCollection"_s);
    m_watch->setFont(fontFor(TextStyle::Facts));
    m_watch->setToolTip(tr("Follow changes of the files while Quintet is open"));
    connect(m_watch, &QCheckBox::clicked, this, &CollectionCard::watchChosen);
    setCollection(collection);
}

void CollectionCard::setCollection(const ShownCollection &collection)
{
    m_collection = collection;
    const QString &name = collection.info.settings.name;
    setText(name);
    setAccessibleName(name);
    setAccessibleDescription(sizeText() + u", "_s + stateText());
    setToolTip(name);
    m_watch->setChecked(collection.info.settings.watched);
    m_watch->setAccessibleName(tr("Watch %1").arg(name));
    update();
}

QSize CollectionCard::sizeHint() const
{
    return {210, 2 * padding + 3 * lineHeight};
}

QString CollectionCard::sizeText() const
{
    const QLocale locale;
    const auto &sums = m_collection.info.sums;
    return tr("%1 files · %2 passages").arg(locale.toString(sums.documents), locale.toString(sums.chunks));
}

QString CollectionCard::stateText() const
{
    if (const auto &reading = m_collection.reading) {
        if (reading->total == 0)
            return tr("looking for changes");
        const double seconds = std::max(0.001, double(reading->time.count()) / 1000);
        QStringList parts{tr("%1 files/s").arg(QLocale().toString(qRound64(double(reading->done) / seconds)))};
        if (const QString left = timeLeft(*reading); !left.isEmpty())
            parts << left;
        return parts.join(u" · "_s) + u" · "_s + tr("usable now");
    }
    if (m_collection.placing)
        return tr("learning what belongs together · usable now");
    if (m_collection.error)
        return m_collection.error->message;
    const auto &info = m_collection.info;
    if (info.sums.failed > 0)
        return tr("%1 unreadable").arg(QLocale().toString(info.sums.failed));
    if (info.settings.paused && info.sums.pending > 0)
        return tr("paused, %1 to be read").arg(QLocale().toString(info.sums.pending));
    return info.settings.watched ? tr("watched, up to date") : tr("up to date");
}

double CollectionCard::share() const
{
    if (m_collection.reading)
        return m_collection.reading->total > 0
                   ? double(m_collection.reading->done) / double(m_collection.reading->total)
                   : 0;
    if (m_collection.placing && m_collection.placing->total > 0)
        return double(m_collection.placing->done) / double(m_collection.placing->total);
    return 0;
}

void CollectionCard::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? colors.soft : mixed(colors.background, colors.soft, 0.5));
        painter.drawRoundedRect(frame, 7, 7);
    }
    if (hasFocus()) {
        painter.setPen(QPen(colors.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 7, 7);
    }
    const QRect inside = rect().adjusted(padding, padding, -padding, -padding);
    const auto line = [&](int number) {
        return QRect(inside.left(), inside.top() + number * lineHeight, inside.width(), lineHeight);
    };
    const auto write = [&](const QRect &rect, TextStyle style, const QColor &color, const QString &text) {
        painter.setFont(fontFor(style));
        painter.setPen(color);
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
    };
    write(line(0).adjusted(0, 0, -m_watch->width(), 0), TextStyle::Heading, colors.text, text());
    write(line(1), TextStyle::Facts, colors.second, sizeText());
    paintState(&painter, line(2));
}

void CollectionCard::paintState(QPainter *painter, const QRect &rect) const
{
    const Colors &colors = Colors::of(palette());
    const auto &info = m_collection.info;
    QRect textRect = rect;
    QColor color = colors.second;
    if (isReading()) {
        const QRectF bar(rect.left(), rect.top() + 1, rect.width(), barHeight - 2);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.line);
        painter->drawRoundedRect(bar, 2, 2);
        painter->setBrush(colors.accent);
        painter->drawRoundedRect(
            QRectF(bar.topLeft(), QSizeF(bar.width() * std::clamp(share(), 0.0, 1.0), bar.height())), 2, 2);
        textRect.adjust(0, barHeight, 0, barHeight);
    } else {
        const bool isBad = m_collection.error.has_value();
        color = isBad ? colors.bad : info.sums.failed > 0 ? colors.warning : colors.good;
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawEllipse(QPointF(rect.left() + 4, rect.center().y() + 0.5), 3.5, 3.5);
        textRect.adjust(14, 0, 0, 0);
    }
    painter->setFont(fontFor(TextStyle::Facts));
    painter->setPen(color);
    painter->drawText(textRect, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(stateText(), Qt::ElideRight, textRect.width()));
}

void CollectionCard::resizeEvent(QResizeEvent *)
{
    const QSize size = m_watch->sizeHint();
    m_watch->setGeometry(width() - size.width() - 8, padding - 2, size.width(), lineHeight + 4);
}

void CollectionCard::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    Q_EMIT menuOpened(&menu);
    const auto &info = m_collection.info;
    if (isReading() || info.settings.paused) {
        const bool isPaused = info.settings.paused;
        connect(menu.addAction(isPaused ? tr("Go on reading") : tr("Pause")), &QAction::triggered, this,
                [this, isPaused] { Q_EMIT pauseChosen(!isPaused); });
    }
    if (info.sums.failed > 0)
        connect(menu.addAction(tr("Show what could not be read…")), &QAction::triggered, this,
                &CollectionCard::failuresAsked);
    connect(menu.addAction(tr("Export…")), &QAction::triggered, this, &CollectionCard::exportAsked);
    menu.addSeparator();
    connect(menu.addAction(tr("Remove the collection…")), &QAction::triggered, this, &CollectionCard::removeAsked);
    menu.exec(event->globalPos());
}

} // namespace quintet::ui
