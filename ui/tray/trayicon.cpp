// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/trayicon.h"

#include "ui/theme/colors.h"

#include <QApplication>
#include <QPainter>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconSize = 64; // scaled down by the tray
constexpr int ringWidth = 9;
constexpr int fullCircle = 360 * 16;

} // namespace

TrayIcon::TrayIcon(QWidget *window, QObject *parent) : QObject(parent), m_window(window)
{
    m_menu.setObjectName(u"trayMenu"_s);
    connect(m_menu.addAction(tr("Open Quintet")), &QAction::triggered, this, &TrayIcon::openAsked);
    connect(m_menu.addAction(tr("Quick answer…")), &QAction::triggered, this, &TrayIcon::quickAsked);
    m_pause = m_menu.addAction(tr("Pause the batch run"));
    m_pause->setEnabled(false);
    connect(m_pause, &QAction::triggered, this, &TrayIcon::pauseAsked);
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("Quit")), &QAction::triggered, this, &TrayIcon::quitAsked);
    m_icon.setContextMenu(&m_menu);
    m_icon.setIcon(drawn());
    m_icon.setToolTip(u"Quintet"_s);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT openAsked();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::openAsked);
    if (QSystemTrayIcon::isSystemTrayAvailable())
        m_icon.show();
}

void TrayIcon::showWork(const TrayWork &work)
{
    if (work == m_work)
        return;
    m_work = work;
    m_pause->setEnabled(work.canPause);
    m_icon.setIcon(drawn());
    m_icon.setToolTip((QStringList{u"Quintet"_s} + work.lines).join(u'\n'));
}

/// The program's icon, with a ring around it while something runs, and a point while something waits.
QIcon TrayIcon::drawn() const
{
    const QIcon plain(u":/icons/quintet.svg"_s);
    if (m_work.lines.isEmpty())
        return plain;
    const QPalette palette = QApplication::palette();
    const Colors &colors = Colors::of(palette);
    QPixmap picture(iconSize, iconSize);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const int room = ringWidth + 3;
    plain.paint(&painter, picture.rect().adjusted(room, room, -room, -room));
    const QRectF ring = QRectF(picture.rect())
                            .adjusted(ringWidth, ringWidth, -ringWidth, -ringWidth)
                            .adjusted(-ringWidth / 2.0, -ringWidth / 2.0, ringWidth / 2.0, ringWidth / 2.0);
    painter.setPen(QPen(colors.line, ringWidth));
    painter.drawEllipse(ring);
    painter.setPen(QPen(colors.accent, ringWidth, Qt::SolidLine, Qt::FlatCap));
    painter.drawArc(ring, fullCircle / 4, -int(m_work.share.value_or(0.25) * fullCircle));
    if (m_work.isWaiting) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.warning);
        painter.drawEllipse(QRect(iconSize - 26, iconSize - 26, 24, 24));
    }
    return picture;
}

void TrayIcon::notify(const QString &title, const QString &text)
{
    const bool isLooking = m_window && m_window->isActiveWindow();
    if (!m_isNotifying || isLooking)
        return;
    if (m_icon.isVisible() && QSystemTrayIcon::supportsMessages())
        m_icon.showMessage(title, text, QIcon(u":/icons/quintet.svg"_s));
    else if (m_window)
        QApplication::alert(m_window);
    Q_EMIT notified(title, text);
}

} // namespace quintet::ui
