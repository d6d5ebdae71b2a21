// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/cachecard.h"

#include "ui/settings/gatewaysession.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLocale>
#include <QSpinBox>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 megabyte = 1024 * 1024;

} // namespace

CacheCard::CacheCard(GatewaySession &session) : m_session(session)
{
    setObjectName(u"cache"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    m_facts = makeLabel({}, TextStyle::Base);
    m_facts->setObjectName(u"cacheFacts"_s);
    m_facts->setWordWrap(true);
    auto *clear = new Button(u"cacheClear"_s, tr("Empty the cache"), Button::Destructive, Button::Small);
    connect(clear, &Button::clicked, &m_session, &GatewaySession::clearCache);
    QBoxLayout *top = makeRow();
    top->addWidget(m_facts, 1);
    top->addWidget(clear);
    m_megabytes = makeBound(u"cacheMegabytes"_s, tr("Largest size"), 100'000, tr(" MB"));
    m_days = makeBound(u"cacheDays"_s, tr("Longest time"), 3650, tr(" days"));
    QBoxLayout *bounds = makeRow();
    bounds->addWidget(makeLabel(tr("Keep at most"), TextStyle::Base, Tone::Second));
    bounds->addWidget(m_megabytes);
    bounds->addWidget(makeLabel(tr("for"), TextStyle::Base, Tone::Second));
    bounds->addWidget(m_days);
    bounds->addStretch(1);
    QBoxLayout *patterns = makeRow(14);
    patterns->addWidget(makeLabel(tr("Used by"), TextStyle::Base, Tone::Second));
    for (const auto &[pattern, name] : {std::pair{u"summarize"_s, tr("Summarize")}, std::pair{u"chat"_s, tr("Chat")},
                                        std::pair{u"batch"_s, tr("Batch")}, std::pair{u"knowledge"_s, tr("Knowledge")},
                                        std::pair{u"agent"_s, tr("Agent")}}) {
        auto *box = new QCheckBox(name);
        box->setObjectName(pattern);
        box->setAccessibleName(tr("%1 uses the cache").arg(name));
        connect(box, &QCheckBox::clicked, this, &CacheCard::submit);
        m_patterns.push_back(box);
        patterns->addWidget(box);
    }
    patterns->addStretch(1);
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 12, 16, 12);
    column->addLayout(top);
    column->addLayout(bounds);
    column->addLayout(patterns);
    setLayout(column);
    connect(&m_session, &GatewaySession::changed, this, &CacheCard::showState);
    showState();
}

QSpinBox *CacheCard::makeBound(const QString &name, const QString &label, int largest, const QString &suffix)
{
    auto *box = new QSpinBox;
    box->setObjectName(name);
    box->setAccessibleName(label);
    box->setRange(1, largest);
    box->setSuffix(suffix);
    box->setFixedWidth(130);
    connect(box, &QSpinBox::editingFinished, this, &CacheCard::submit);
    return box;
}

void CacheCard::showState()
{
    const GatewayState &state = m_session.state();
    const QLocale locale;
    const QString answers = tr("%Ln answer(s)", nullptr, static_cast<int>(state.cached.answers));
    const QString hits = tr("given again %Ln time(s)", nullptr, static_cast<int>(state.cached.hits));
    m_facts->setText(tr("%1, %2, %3").arg(answers, locale.formattedDataSize(state.cached.bytes), hits));
    const QSignalBlocker quietly(m_megabytes);
    const QSignalBlocker quietlyToo(m_days);
    m_megabytes->setValue(static_cast<int>(state.cache.largestBytes / megabyte));
    m_days->setValue(state.cache.longestDays);
    for (QCheckBox *box : m_patterns)
        box->setChecked(!state.cache.patternsOff.contains(box->objectName()));
}

void CacheCard::submit()
{
    llm::CacheSettings cache{m_megabytes->value() * megabyte, m_days->value(), {}};
    for (const QCheckBox *box : m_patterns) {
        if (!box->isChecked())
            cache.patternsOff << box->objectName();
    }
    m_session.setCache(cache);
}

} // namespace quintet::ui
