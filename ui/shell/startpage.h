// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pattern/pattern.h"
#include "ui/drop/receiver.h"

#include <QScrollArea>
#include <QStringList>

class QGridLayout;
class QLabel;

namespace quintet::ui {

class AdviceSession;
class Button;
class WishBox;

/// The page behind the logo: what each pattern is for and costs, and a box that takes anything, tells which tab fits,
/// why and what it will take, and carries it there.
class StartPage final : public QScrollArea, public Receiver {
    Q_OBJECT

public:
    StartPage();

    /// The keys of the tabs that there are; a pattern that has one can be opened from here.
    void setTabs(const QStringList &keys);

    /// Who advises; it outlives the page. Until there is one, nothing is advised.
    void setAdvice(AdviceSession *advice);

    /// Writes into the box.
    void ask(const QString &wish);
    const Given &wish() const;

    QString offer(const Given &given) const override;
    void receive(const Given &given) override;

Q_SIGNALS:
    void tabChosen(const QString &key);
    void wishChanged();
    void wishChosen(const QString &key, const quintet::ui::Given &given); ///< goes to that tab

private:
    QWidget *makeAdvisor();
    QWidget *makeTable();
    void showAdvice();
    void go(QString key); ///< by value: what it names is advised on anew meanwhile

    AdviceSession *m_advisor = nullptr;
    WishBox *m_wish;
    QWidget *m_advice;
    QLabel *m_pattern;
    QLabel *m_reasons;
    QLabel *m_expected;
    QLabel *m_alternative;
    Button *m_go;
    Button *m_instead; ///< the next best
    QString m_advised;
    QString m_second;
    QStringList m_tabs;
    std::vector<std::pair<QString, Button *>> m_openers;
};

} // namespace quintet::ui
