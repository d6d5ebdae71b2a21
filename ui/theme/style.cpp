// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include "ui/theme/buttonpainter.h"
#include "ui/theme/colors.h"
#include "ui/theme/icons.h"
#include "ui/theme/look.h"
#include "ui/theme/metrics.h"
#include "ui/theme/scrollbarpainter.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFrame>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStyleOption>

namespace quintet::ui {

namespace {

constexpr double controlRadius = 7;
constexpr int menuItemHeight = 30;
constexpr int comboArrowWidth = 26;

void paintBox(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border, double radius,
              Qt::PenStyle line = Qt::SolidLine)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(border, 1, line));
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter->restore();
}

void paintInput(QPainter *painter, const QStyleOption &option)
{
    const Colors &colors = Colors::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool focused = option.state & QStyle::State_HasFocus;
    const bool hovered = option.state & QStyle::State_MouseOver && enabled;
    const QColor border = focused ? colors.accent : hovered ? mixed(colors.line, colors.second, 0.4) : colors.line;
    paintBox(painter, option.rect, enabled ? colors.surface : colors.background, border, controlRadius);
}

} // namespace

Style::Style() : QProxyStyle(QStringLiteral("fusion")) { }

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QAbstractSpinBox *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    // The cross in a line, which Qt gives no name.
    if (qobject_cast<QLineEdit *>(widget->parentWidget()) && qobject_cast<QAbstractButton *>(widget)
        && widget->accessibleName().isEmpty())
        widget->setAccessibleName(QCoreApplication::translate("quintet::ui::Style", "Clear"));
    // A menu's corners are round: what lies behind them is not the menu's to paint.
    if (qobject_cast<QMenu *>(widget))
        widget->setAttribute(Qt::WA_TranslucentBackground);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return scrollBarExtent;
    case PM_SplitterWidth: return 1;
    case PM_MenuPanelWidth: return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin: return 4;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return 8;
    case PM_ScrollView_ScrollBarSpacing: return 0;
    case PM_ToolTipLabelFrameWidth: return 6;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_ComboBox_Popup: return 0;
    case SH_ComboBox_PopupFrameStyle: return QFrame::StyledPanel;
    case SH_EtchDisabledText: return 0;
    case SH_ToolTipLabel_Opacity: return 255;
    case SH_Widget_Animation_Duration:
        return metrics().isAnimated ? QProxyStyle::styleHint(hint, option, widget, returnData) : 0;
    case SH_ToolTip_WakeUpDelay: return 500;
    case SH_ScrollBar_LeftClickAbsolutePosition: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    QSize wanted = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return buttonSize(*button, widget);
        break;
    case CT_LineEdit: return {wanted.width() + 12, metrics().control};
    case CT_SpinBox: return {size.width() + 46, metrics().control};
    case CT_ComboBox: return {size.width() + comboArrowWidth + 14, metrics().control};
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            const bool line = item->menuItemType == QStyleOptionMenuItem::Separator;
            return {size.width() + 72, line ? 9 : menuItemHeight};
        }
        break;
    case CT_ItemViewItem: return {wanted.width() + 8, std::max(wanted.height(), metrics().row)};
    default: break;
    }
    return wanted;
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                            const QWidget *widget) const
{
    const QRect rect = option->rect;
    const auto mirrored = [&](const QRect &place) { return visualRect(option->direction, rect, place); };
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return scrollBarPart(*slider, part);
    } else if (control == CC_SpinBox) {
        const QRect arrows(rect.right() - 22, rect.top() + 1, 22, rect.height() - 2);
        switch (part) {
        case SC_SpinBoxUp: return mirrored(QRect(arrows.topLeft(), QSize(22, arrows.height() / 2)));
        case SC_SpinBoxDown: return mirrored(arrows.adjusted(0, arrows.height() / 2, 0, 0));
        case SC_SpinBoxEditField: return mirrored(rect.adjusted(6, 1, -24, -1));
        default: return rect;
        }
    } else if (control == CC_ComboBox) {
        switch (part) {
        case SC_ComboBoxArrow:
            return mirrored(QRect(rect.right() - comboArrowWidth, rect.top(), comboArrowWidth, rect.height()));
        case SC_ComboBoxEditField: return mirrored(rect.adjusted(8, 1, -comboArrowWidth, -1));
        default: break;
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_LineEditContents
        && !qobject_cast<const QAbstractSpinBox *>(widget ? widget->parentWidget() : nullptr))
        return option->rect.adjusted(8, 1, -8, -1);
    return QProxyStyle::subElementRect(element, option, widget);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const Colors &colors = Colors::of(option->palette);
    switch (element) {
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            paintFocusRing(painter, option->rect, controlRadius, colors);
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            paintInput(painter, *option);
        return;
    case PE_FrameLineEdit: return;
    case PE_PanelMenu:
    case PE_FrameMenu:
        if (element == PE_PanelMenu)
            paintBox(painter, option->rect, colors.surface, colors.line, 8);
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, colors.line);
        painter->fillRect(option->rect.adjusted(1, 1, -1, -1), colors.surface);
        return;
    case PE_IndicatorCheckBox: paintCheckBox(painter, *option); return;
    case PE_Frame: drawFrame(*option, painter, widget); return;
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    switch (element) {
    case CE_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return paintButton(painter, *button, widget);
        break;
    case CE_Splitter: painter->fillRect(option->rect, Colors::of(option->palette).line); return;
    case CE_MenuItem: return drawMenuItem(*option, painter);
    case CE_ShapedFrame: return drawFrame(*option, painter, widget);
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    switch (control) {
    case CC_ScrollBar:
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return paintScrollBar(painter, *slider);
        break;
    case CC_SpinBox: return drawSpinBox(*option, painter, widget);
    case CC_ComboBox: return drawComboBox(*option, painter);
    default: break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::drawFrame(const QStyleOption &option, QPainter *painter, const QWidget *widget) const
{
    const Colors &colors = Colors::of(option.palette);
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(&option);
    if (frame && (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine)) {
        painter->fillRect(option.rect, colors.line);
        return;
    }
    switch (lookOf(widget)) {
    case Look::Card: paintBox(painter, option.rect, colors.surface, colors.line, 10); return;
    case Look::ErrorCard:
        paintBox(painter, option.rect, colors.badSoft, mixed(colors.badSoft, colors.bad, 0.35), 10);
        return;
    case Look::Notice:
        paintBox(painter, option.rect, colors.warningSoft, mixed(colors.warningSoft, colors.warning, 0.35), 10);
        return;
    case Look::DropZone:
        paintBox(painter, option.rect, Qt::transparent, mixed(colors.line, colors.third, 0.5), 10, Qt::DashLine);
        return;
    case Look::Badge: paintBox(painter, option.rect, colors.soft, colors.soft, 5); return;
    default: break;
    }
    if (frame && frame->frameShape == QFrame::StyledPanel)
        paintBox(painter, option.rect, Qt::transparent, colors.line,
                 qobject_cast<const QAbstractItemView *>(widget) ? 0 : controlRadius);
}

void Style::drawMenuItem(const QStyleOption &option, QPainter *painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(&option);
    if (!item)
        return;
    const Colors &colors = Colors::of(option.palette);
    const QRect rect = option.rect.adjusted(4, 0, -4, 0);
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1), colors.line);
        return;
    }
    const bool enabled = option.state & State_Enabled;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & State_Selected && enabled) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.soft);
        painter->drawRoundedRect(rect, 5, 5);
    }
    const QColor ink = enabled ? colors.text : colors.third;
    const QRect left(rect.left() + 8, rect.center().y() - 7, 16, 16);
    if (item->checked)
        paintIcon(painter, icon(QStringLiteral("check")), visualRect(option.direction, rect, left), colors.accent);
    else if (!item->icon.isNull())
        paintIcon(painter, item->icon, visualRect(option.direction, rect, left), ink);
    const qsizetype tab = item->text.indexOf(u'\t');
    const QRect text = rect.adjusted(32, 0, -12, 0);
    painter->setFont(item->font);
    painter->setPen(ink);
    painter->drawText(visualRect(option.direction, rect, text), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic,
                      item->text.first(tab < 0 ? item->text.size() : tab));
    if (tab >= 0) {
        painter->setPen(colors.second);
        painter->drawText(visualRect(option.direction, rect, text), Qt::AlignVCenter | Qt::AlignRight,
                          item->text.sliced(tab + 1));
    }
    painter->restore();
}

void Style::drawSpinBox(const QStyleOptionComplex &option, QPainter *painter, const QWidget *widget) const
{
    const Colors &colors = Colors::of(option.palette);
    const bool enabled = option.state & State_Enabled;
    paintInput(painter, option);
    const QRect up = proxy()->subControlRect(CC_SpinBox, &option, SC_SpinBoxUp, widget);
    const QRect down = proxy()->subControlRect(CC_SpinBox, &option, SC_SpinBoxDown, widget);
    paintChevron(painter, QRectF(up).translated(0, 2), colors, enabled, true);
    paintChevron(painter, QRectF(down).translated(0, -2), colors, enabled);
}

void Style::drawComboBox(const QStyleOptionComplex &option, QPainter *painter) const
{
    const Colors &colors = Colors::of(option.palette);
    const bool enabled = option.state & State_Enabled;
    const bool hovered = option.state & State_MouseOver && enabled;
    paintBox(painter, option.rect, hovered ? mixed(colors.surface, colors.text, 0.05) : colors.surface, colors.line,
             controlRadius);
    paintChevron(painter, proxy()->subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, nullptr), colors, enabled);
    if (option.state & State_HasFocus && option.state & State_KeyboardFocusChange)
        paintFocusRing(painter, option.rect, controlRadius, colors);
}

} // namespace quintet::ui
