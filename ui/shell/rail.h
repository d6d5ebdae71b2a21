// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace quintet::ui {

/// The bar of tabs down the left side: icon above name. A tab bar to the keyboard and to screen readers. No tab looks
/// chosen while a page that is none is shown.
class Rail final : public QTabBar {
    Q_OBJECT

public:
    Rail();

    void setCurrentShown(bool shown);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool m_currentShown = true;
};

/// How wide a field has to be for that name, within bounds; in pixels.
int railWidth(const QString &text);

/// Draws one field of the rail: a tab, or a button at its foot.
void paintRailField(QPainter *painter, const QRect &field, const QIcon &icon, const QString &text,
                    const QPalette &palette, bool chosen, bool hovered, bool focused);

} // namespace quintet::ui
