// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;

namespace quintet::ui {

/// A line to look for words, with how many were found, the next, the one before, and closing.
class FindBar final : public QFrame {
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent);

    void open();
    void showCount(int current, int count); ///< current from 0, -1: none

Q_SIGNALS:
    void wordsChanged(const QString &words);
    void nextAsked(bool backwards);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLineEdit *m_words;
    QLabel *m_count;
};

} // namespace quintet::ui
