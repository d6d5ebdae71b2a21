// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/knowledge/knowledgesession.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QSlider;

namespace quintet::ui {

/// What may be tried while a search is inspected, without changing the collection: the share of the vectors, and a
/// document that one misses among the hits; and what the collection is set to rerank with.
class InspectorBar final : public QWidget {
    Q_OBJECT

public:
    explicit InspectorBar(KnowledgeSession &session);

private:
    void tell();
    void showReranker();

    KnowledgeSession &m_session;
    QCheckBox *m_own;
    QSlider *m_weight;
    QLabel *m_share;
    QLineEdit *m_missed;
    QLineEdit *m_reranker;
};

} // namespace quintet::ui
