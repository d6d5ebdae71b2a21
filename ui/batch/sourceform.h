// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batch/run.h"

#include <QWidget>

class QLineEdit;

namespace quintet::ui {

class ElidedLabel;

/// Where the items of a run come from: a place to drop them until there are some, then their name, and which files of a
/// folder are meant.
class SourceForm final : public QWidget {
    Q_OBJECT

public:
    SourceForm();

    void showSource(const batch::SourceSpec &source);

    /// Puts what was typed into `source`.
    void takeInto(batch::SourceSpec &source) const;

Q_SIGNALS:
    void chosen(const QStringList &paths); ///< none: another source is to be chosen
    void typed();

private:
    void askForFolder();
    void askForFiles();

    QWidget *m_dropZone;
    QWidget *m_chosen;
    ElidedLabel *m_name;
    QLineEdit *m_include;
};

} // namespace quintet::ui
