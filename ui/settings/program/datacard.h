// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QBoxLayout;
class QCheckBox;
class QLineEdit;
class QProgressBar;

namespace quintet::ui {

class Button;
class DataSession;
class ErrorStrip;

/// Where things are kept; everything into one file, back again, or gone.
class DataCard final : public QFrame {
    Q_OBJECT

public:
    /// `session` outlives the card.
    explicit DataCard(DataSession &session);

private:
    QWidget *makeRow(const QString &title, const QString &about, const QList<QWidget *> &controls);
    QWidget *makePlace();
    QWidget *makeBackup();
    QWidget *makeErasing();
    QWidget *makeProgress();
    void follow();
    void chooseBackup();
    void chooseRestoring();
    void showRunning();
    QString password() const;

    DataSession &m_session;
    ErrorStrip *m_error;
    ErrorStrip *m_done;
    QCheckBox *m_withKeys;
    QLineEdit *m_password;
    Button *m_backUp;
    Button *m_restore;
    Button *m_erase;
    QWidget *m_sure;
    QWidget *m_progress;
    QProgressBar *m_bar;
};

} // namespace quintet::ui
