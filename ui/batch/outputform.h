// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/run.h"

#include <QWidget>

class QComboBox;

namespace quintet::ui {

/// Where the results of a run go, and in which form.
class OutputForm final : public QWidget {
    Q_OBJECT

public:
    OutputForm();

    void showOutput(const batch::RunSpec &spec);

    /// Puts what was chosen into `spec`, whose source is known.
    void takeInto(batch::RunSpec &spec) const;

Q_SIGNALS:
    void chosen();

private:
    void askForFolder();

    QComboBox *m_place;
    QComboBox *m_format;
    QString m_folder; ///< that was chosen
};

} // namespace quintet::ui
