// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/look.h"

#include "ui/theme/fonts.h"

#include <QVariant>
#include <QWidget>

#include <algorithm>

namespace quintet::ui {

Look lookOf(const QWidget *widget)
{
    static constexpr std::pair<QStringView, Look> looks[] = {
        {u"primary", Look::Primary},     {u"quiet", Look::Quiet},   {u"destructive", Look::Destructive},
        {u"segment", Look::Segment},     {u"chip", Look::Chip},     {u"card", Look::Card},
        {u"errorcard", Look::ErrorCard}, {u"notice", Look::Notice}, {u"dropzone", Look::DropZone},
        {u"badge", Look::Badge}};
    if (!widget)
        return Look::Plain;
    const QString name = widget->property("look").toString();
    const auto found = std::ranges::find(looks, QStringView(name), &std::pair<QStringView, Look>::first);
    return found == std::end(looks) ? Look::Plain : found->second;
}

bool isSmall(const QWidget *widget)
{
    return widget && widget->property("small").toBool();
}

QFont buttonFont(Look look, bool small)
{
    QFont font = fontFor(small || look == Look::Chip ? TextStyle::Small : TextStyle::Base);
    if (look == Look::Primary)
        font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace quintet::ui
