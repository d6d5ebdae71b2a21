// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pattern/advisor.h"

#include <QWidget>

class QLabel;

namespace quintet::ui {

class Button;

/// A quiet line that says where a simpler pattern would do, with a way there. Can be dismissed for now, or for good:
/// its owner keeps that. Hidden while there is nothing to say.
class HintStrip final : public QWidget {
    Q_OBJECT

public:
    explicit HintStrip(const QString &name);

    /// Whether hints are wanted at all.
    void setWanted(bool isWanted);

    /// Shows the hint, if there is one and it was not dismissed before; nothing hides the strip.
    void showHint(const std::optional<pattern::Hint> &hint);

    /// Shows hints again that were dismissed: for another draft.
    void forget() { m_isDismissed = false; }

Q_SIGNALS:
    void followed(const QString &pattern); ///< the key of the tab
    void unwanted();                       ///< no hints from now on

private:
    QLabel *m_text;
    Button *m_go;
    QString m_pattern;
    bool m_isWanted = true;
    bool m_isDismissed = false;
};

} // namespace quintet::ui
