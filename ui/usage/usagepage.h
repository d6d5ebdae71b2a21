// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/usage/usagesession.h"

#include <QWidget>

class QScrollArea;
class QStackedWidget;

namespace quintet::ui {

class EmptyState;
class ErrorStrip;
class SegmentedControl;

/// What everything took and cost, and what it would: the report and the planner. What it shows is made when it is first
/// shown, and read anew each time.
class UsagePage final : public QWidget {
    Q_OBJECT

public:
    /// `session` outlives the page.
    explicit UsagePage(UsageSession &session);

Q_SIGNALS:
    void settingsAsked();
    void startAsked(); ///< the user wants to make use of a model

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QWidget *makeHead();
    QWidget *scrolled(QWidget *content);
    void showState();
    void showSide();

    UsageSession &m_session;
    bool m_isBuilt = false;
    SegmentedControl *m_sides = nullptr;
    SegmentedControl *m_period = nullptr;
    ErrorStrip *m_error = nullptr;
    ErrorStrip *m_notice = nullptr;
    EmptyState *m_empty = nullptr;
    QStackedWidget *m_stack = nullptr;
};

} // namespace quintet::ui
