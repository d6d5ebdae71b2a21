// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/drop/given.h"

#include <QFrame>

#include <functional>

class QPlainTextEdit;

namespace quintet::ui {

class FlowLayout;

/// A box for anything: text of several lines is typed or pasted, files, folders, links and pictures are dropped, pasted
/// or chosen, and stand below as chips. Enter goes, Shift+Enter begins a line.
class WishBox final : public QFrame {
    Q_OBJECT

public:
    explicit WishBox(const QString &name);

    const Given &given() const { return m_given; }

    /// The same, where an address or a path that was typed alone stands for what is there.
    Given meant() const { return m_given.hasThings() ? m_given : givenFrom(m_given.text); }
    void setGiven(const Given &given);
    void add(const Given &given); ///< things beside what is there, text at the cursor
    QPlainTextEdit *editor() const { return m_edit; }

Q_SIGNALS:
    void changed(); ///< by the user
    void goAsked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QWidget *makeFoot();
    void addChip(const QString &text, std::function<void(Given &)> remove);
    void showChips();
    void grow();

    Given m_given;
    QPlainTextEdit *m_edit;
    QWidget *m_chips;
    FlowLayout *m_flow;
    bool m_isSetting = false;
};

} // namespace quintet::ui
