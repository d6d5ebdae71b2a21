// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "ui/knowledge/knowledgesession.h"

#include <QWidget>

class QListWidget;

namespace quintet::ui {

/// The files of a collection that could not be read, each with its reason, and a button that tries them again.
class FailuresPane final : public QWidget {
    Q_OBJECT

public:
    explicit FailuresPane(KnowledgeSession &session);

    /// Lists those of the current collection.
    void refresh();

Q_SIGNALS:
    void closeAsked();

private:
    void list(const std::vector<knowledge::DocumentRow> &rows);

    KnowledgeSession &m_session;
    QListWidget *m_list;
    EngineCall<std::vector<knowledge::DocumentRow>> m_reading;
};

} // namespace quintet::ui
