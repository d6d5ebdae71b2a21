// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace quintet::ui {

class Button;

/// An error in its place: what went wrong and why, with what can be done beside it; or a notice of what was done, with
/// a way back. Hidden while there is none. Screen readers are told when it shows.
class ErrorStrip final : public QWidget {
    Q_OBJECT

public:
    enum Kind { Failure, Notice };

    /// `around`: the room about it, which goes with it.
    explicit ErrorStrip(const QString &name, const QMargins &around = {}, Kind kind = Failure);

    /// Shows `message`; with an empty `action`, no button.
    void showError(const QString &message, const QString &action = {});
    QString message() const;
    Button *action() const { return m_action; }

Q_SIGNALS:
    void actionChosen();

private:
    QLabel *m_message;
    Button *m_action;
};

} // namespace quintet::ui
