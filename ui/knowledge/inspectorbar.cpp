// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/inspectorbar.h"

#include "ui/theme/label.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>

namespace quintet::ui {

using namespace Qt::StringLiterals;

InspectorBar::InspectorBar(KnowledgeSession &session)
    : m_session(session),
      m_own(new QCheckBox(tr("Try a share of the vectors"))),
      m_weight(new QSlider(Qt::Horizontal)),
      m_share(makeLabel({}, TextStyle::Facts, Tone::Second)),
      m_missed(new QLineEdit),
      m_reranker(new QLineEdit)
{
    setObjectName(u"inspectorBar"_s);
    m_own->setObjectName(u"tryWeight"_s);
    m_own->setAccessibleName(m_own->text());
    m_weight->setObjectName(u"triedWeight"_s);
    m_weight->setRange(0, 100);
    m_weight->setValue(30);
    m_weight->setAccessibleName(tr("Share of the vectors in percent"));
    m_missed->setObjectName(u"missedDocument"_s);
    m_missed->setPlaceholderText(tr("Why not this document?"));
    m_missed->setAccessibleName(tr("A document that is missed among the hits"));
    m_missed->setMaximumWidth(220);
    m_reranker->setObjectName(u"reranker"_s);
    m_reranker->setPlaceholderText(tr("Rerank: endpoint/model"));
    m_reranker->setAccessibleName(tr("Model that puts the hits of this collection in order"));
    m_reranker->setToolTip(tr("A reranking model, as endpoint/model, for this collection from now on; empty: none"));
    m_reranker->setMaximumWidth(220);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(20, 8, 20, 8);
    row->addWidget(m_own);
    row->addWidget(m_weight, 1);
    row->addWidget(m_share);
    row->addWidget(m_missed, 1);
    row->addWidget(m_reranker, 1);
    setLayout(row);
    connect(m_own, &QCheckBox::toggled, this, &InspectorBar::tell);
    connect(m_weight, &QSlider::valueChanged, this, &InspectorBar::tell);
    connect(m_missed, &QLineEdit::textChanged, this, &InspectorBar::tell);
    connect(m_reranker, &QLineEdit::editingFinished, this,
            [this] { m_session.setReranker(m_reranker->text().trimmed()); });
    connect(&m_session, &KnowledgeSession::currentChanged, this, &InspectorBar::showReranker);
    connect(&m_session, &KnowledgeSession::collectionsChanged, this, &InspectorBar::showReranker);
    tell();
    showReranker();
}

void InspectorBar::showReranker()
{
    const ShownCollection *current = m_session.current();
    m_reranker->setEnabled(current);
    if (!m_reranker->hasFocus())
        m_reranker->setText(current ? current->info.settings.reranker : QString());
}

void InspectorBar::tell()
{
    const bool isTried = m_own->isChecked();
    m_weight->setEnabled(isTried);
    m_share->setText(isTried ? tr("%1 %").arg(m_weight->value()) : tr("as measured"));
    m_session.setTriedWeight(isTried ? std::optional(m_weight->value() / 100.0) : std::nullopt);
    m_session.setMissed(m_missed->text().trimmed());
}

} // namespace quintet::ui
