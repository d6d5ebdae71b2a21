// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include <vector>

class QBoxLayout;
class QLabel;
class QLineEdit;

namespace quintet::ui {

/// All settings on one page, under headings, with a box that leaves only the sections in which the words stand. It
/// knows none of them: the program hands them to it.
class SettingsPage final : public QScrollArea {
    Q_OBJECT

public:
    SettingsPage();

    /// Adds a section at the end and takes `content` over. `key` names it for showSection().
    void addSection(const QString &key, const QString &title, QWidget *content);

    /// Scrolls to that section.
    void showSection(const QString &key);

    /// Writes into the search box.
    void search(const QString &words);

protected:
    /// Turning the wheel scrolls the page, and changes no number or choice that it passes over.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showMatching(const QString &words);

    QLineEdit *m_search;
    QLabel *m_nothing;
    QBoxLayout *m_column;
    std::vector<QWidget *> m_sections; ///< named by their keys
};

} // namespace quintet::ui
