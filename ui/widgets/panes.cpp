// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QFrame>

namespace quintet::ui {

namespace {

QBoxLayout *makeLayout(QBoxLayout::Direction direction, int spacing)
{
    auto *layout = new QBoxLayout(direction);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    return layout;
}

} // namespace

QFrame *makeHairline()
{
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    return line;
}

QFrame *makeCard(const QString &name)
{
    auto *card = new QFrame;
    card->setObjectName(name);
    card->setProperty("look", QStringLiteral("card"));
    card->setFrameShape(QFrame::StyledPanel);
    return card;
}

QBoxLayout *makeRow(int spacing)
{
    return makeLayout(QBoxLayout::LeftToRight, spacing);
}

QBoxLayout *makeColumn(int spacing)
{
    return makeLayout(QBoxLayout::TopToBottom, spacing);
}

QWidget *makePane(const QString &name, QBoxLayout *content, QPalette::ColorRole fill)
{
    auto *pane = new QWidget;
    pane->setObjectName(name);
    pane->setBackgroundRole(fill);
    pane->setAutoFillBackground(true);
    pane->setLayout(content);
    return pane;
}

QWidget *wrap(QLayout *layout)
{
    auto *widget = new QWidget;
    widget->setLayout(layout);
    return widget;
}

} // namespace quintet::ui
