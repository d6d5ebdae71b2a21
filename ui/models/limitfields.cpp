// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/limitfields.h"

#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QDoubleSpinBox>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace quintet::ui {

using namespace Qt::StringLiterals;

LimitFields::LimitFields(Qt::Orientation orientation) : m_money(new QDoubleSpinBox), m_tokens(new QSpinBox)
{
    m_money->setObjectName(u"moneyLimit"_s);
    m_money->setAccessibleName(tr("Dollars at most"));
    m_money->setRange(0, 1'000'000);
    m_money->setDecimals(3);
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
    connect(m_money, &QDoubleSpinBox::valueChanged, this, &LimitFields::changed);
    connect(m_tokens, &QSpinBox::valueChanged, this, &LimitFields::changed);
    QLayout *layout = orientation == Qt::Vertical ? static_cast<QLayout *>(makeColumn(8)) : new FlowLayout(8);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_money);
    layout->addWidget(m_tokens);
    setLayout(layout);
}

usage::Limit LimitFields::limit() const
{
    usage::Limit limit = m_limit;
    if (m_money->value() != m_shownMoney)
        limit.money = m_money->value() > 0 ? std::optional(usage::Money::fromDollars(m_money->value())) : std::nullopt;
    if (m_tokens->value() != m_shownTokens)
        limit.tokens = m_tokens->value() > 0 ? std::optional<qint64>(m_tokens->value()) : std::nullopt;
    return limit;
}

void LimitFields::setLimit(const usage::Limit &limit)
{
    if (limit == this->limit())
        return; // else what is half typed would go
    m_limit = limit;
    const QSignalBlocker money(m_money);
    const QSignalBlocker tokens(m_tokens);
    m_money->setValue(limit.money ? limit.money->dollars() : 0);
    m_tokens->setValue(static_cast<int>(std::min<qint64>(limit.tokens.value_or(0), m_tokens->maximum())));
    m_shownMoney = m_money->value();
    m_shownTokens = m_tokens->value();
}

} // namespace quintet::ui
