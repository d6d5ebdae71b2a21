// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/factsrow.h"

#include "ui/theme/label.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int narrowest = 150;

} // namespace

FactsRow::FactsRow(const QString &name)
{
    setObjectName(name);
    setLayout(new FlowLayout(16));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FactsRow::add(const QString &name, const QString &title)
{
    Fact fact{title, nullptr, makeLabel({}, TextStyle::Display), makeLabel({}, TextStyle::Facts, Tone::Second)};
    fact.figure->setObjectName(name);
    fact.fact->setObjectName(name + u"Fact"_s);
    QBoxLayout *column = makeColumn(2);
    column->addWidget(makeLabel(title, TextStyle::Small, Tone::Second));
    column->addWidget(fact.figure);
    column->addWidget(fact.fact);
    fact.tile = wrap(column);
    fact.tile->setMinimumWidth(narrowest);
    layout()->addWidget(fact.tile);
    m_facts.push_back(fact);
}

void FactsRow::show(int place, const QString &figure, const QString &fact)
{
    const Fact &shown = m_facts[size_t(place)];
    shown.figure->setText(figure);
    shown.fact->setText(fact);
    shown.figure->setAccessibleName(u"%1: %2, %3"_s.arg(shown.title, figure, fact));
    updateGeometry();
}

} // namespace quintet::ui
