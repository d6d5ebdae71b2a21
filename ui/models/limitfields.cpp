// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/limitfields.h"

#include "ui/widgets/flowlayout.h"

#include <QDoubleSpinBox>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace quintet::ui {

using namespace Qt::StringLiterals;

LimitFields::LimitFields() : m_money(new QDoubleSpinBox), m_tokens(new QSpinBox)
{
    m_money->setObjectName(u"moneyLimit"_s);
    m_money->setAccessibleName(tr("Dollars at most"));
    m_money->setRange(0, 1'000'000);
    m_money->setDecimals(2);
    m_money->setSingleStep(0.1);
    m_money->setPrefix(u"$"_s);
    m_money->setSpecialValueText(tr("any cost"));
    m_tokens->setObjectName(u"tokenLimit"_s);
    m_tokens->setAccessibleName(tr("Tokens at most"));
    m_tokens->setRange(0, std::numeric_limits<int>::max());
    m_tokens->setSingleStep(50'000);
    m_tokens->setGroupSeparatorShown(true);
    m_tokens->setSuffix(tr(" tokens"));
    m_tokens->setSpecialValueText(tr("any number of tokens"));
    m_money->setKeyboardTracking(false); // what is half typed is no limit yet
    m_tokens->setKeyboardTracking(false);
    connect(m_money, &QDoubleSpinBox::valueChanged, this, &LimitFields::changed);
    connect(m_tokens, &QSpinBox::valueChanged, this, &LimitFields::changed);
    auto *flow = new FlowLayout(8);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->addWidget(m_money);
    flow->addWidget(m_tokens);
    setLayout(flow);
}

usage::Limit LimitFields::limit() const
{
    m_money->interpretText();
    m_tokens->interpretText();
    usage::Limit limit;
    if (m_money->value() > 0)
        limit.money = usage::Money::fromDollars(m_money->value());
    if (m_tokens->value() > 0)
        limit.tokens = m_tokens->value();
    return limit;
}

void LimitFields::setLimit(const usage::Limit &limit)
{
    const double money = limit.money ? limit.money->dollars() : 0;
    const int tokens = static_cast<int>(std::min<qint64>(limit.tokens.value_or(0), m_tokens->maximum()));
    const QSignalBlocker blocked(this);
    if (money != m_money->value()) // else what is half typed would go
        m_money->setValue(money);
    if (tokens != m_tokens->value())
        m_tokens->setValue(tokens);
}

} // namespace quintet::ui
