// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace quintet::ui {

/// Fusion, drawn as Quintet looks: controls of 32 px with round corners and hairlines, buttons by their look, thin
/// scroll bars. Holds no state: every colour comes from the palette of what is drawn.
class Style final : public QProxyStyle {
public:
    Style();

    using QProxyStyle::polish;
    void polish(QWidget *widget) override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;

private:
    void drawFrame(const QStyleOption &option, QPainter *painter, const QWidget *widget) const;
    void drawMenuItem(const QStyleOption &option, QPainter *painter) const;
    void drawSpinBox(const QStyleOptionComplex &option, QPainter *painter, const QWidget *widget) const;
    void drawComboBox(const QStyleOptionComplex &option, QPainter *painter) const;
};

} // namespace quintet::ui
