// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QIcon>

class QLabel;

namespace quintet::ui {

class Button;

/// What a view shows while there is nothing in it: one sentence, one action, and a dashed frame where things may be
/// dropped. Lets the mouse through to what lies below, but for its action.
class EmptyState final : public QFrame {
    Q_OBJECT

public:
    EmptyState(const QString &name, const QIcon &icon, const QString &sentence, const QString &action);

    Button *action() const { return m_action; }
    void setSentence(const QString &sentence);

private:
    Button *m_action;
    QLabel *m_sentence;
};

} // namespace quintet::ui
