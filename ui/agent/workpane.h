// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/agent/agentsession.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QSpinBox;

namespace quintet::ui {

class BudgetBar;
class Button;
class FieldButton;
class LimitFields;
class Toggle;

/// What an agent works with, at the right: how far the budget is used up, the tools with their switches, folder,
/// database, collections, servers. Of a run that is shown it says what the run has; of a new task it can be changed.
class WorkPane final : public QWidget {
    Q_OBJECT

public:
    explicit WorkPane(AgentSession &session);

private:
    QWidget *makeBudget();
    FieldButton *addField(QBoxLayout *column, const QString &name, const QString &caption);
    void showAll();
    void showBudget();
    void showTools();
    void showFields();
    void switchGroups();
    QStringList toolsOn() const;
    void setToolsOn(const QStringList &names);
    void openToolMenu(const QPoint &position, const QStringList &group);
    void callByHand(const QString &tool);
    void showLog();
    void showRules();
    void openRules();
    void change(const std::function<void(agent::Workplace &)> &change);
    void chooseFolder();
    void openDatabaseMenu();
    void chooseCollections();
    void chooseServers();

    AgentSession &m_session;
    BudgetBar *m_bar;
    QLabel *m_spent;
    QWidget *m_limits;
    QSpinBox *m_steps;
    LimitFields *m_budget;
    QBoxLayout *m_tools;
    QLabel *m_problem;
    FieldButton *m_folder;
    FieldButton *m_database;
    FieldButton *m_collections;
    FieldButton *m_servers;
    Button *m_rules;
    struct Switch {
        Toggle *toggle;
        QStringList names; ///< of the tools that go with it
        QWidget *row;
    };
    std::vector<Switch> m_switches;
};

} // namespace quintet::ui
