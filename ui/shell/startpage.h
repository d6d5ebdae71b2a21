// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pattern/pattern.h"

#include <QScrollArea>
#include <QStringList>

class QGridLayout;
class QLabel;
class QLineEdit;

namespace quintet::ui {

class Button;

/// The page behind the logo: what each pattern is for and costs, and a box that tells where a wish should go.
class StartPage final : public QScrollArea {
    Q_OBJECT

public:
    StartPage();

    /// The keys of the tabs that there are; a pattern that has one can be opened from here.
    void setTabs(const QStringList &keys);

    /// Writes into the box.
    void ask(const QString &wish);

Q_SIGNALS:
    void tabChosen(const QString &key);

private:
    QWidget *makeAdvisor();
    QWidget *makeTable();
    void advise();

    QLineEdit *m_wish;
    QWidget *m_advice;
    QLabel *m_pattern;
    QLabel *m_reasons;
    QLabel *m_alternative;
    Button *m_go;
    QString m_advised;
    QStringList m_tabs;
    std::vector<std::pair<QString, Button *>> m_openers;
};

} // namespace quintet::ui
