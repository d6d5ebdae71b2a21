// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QHash>

class QBoxLayout;
class QLabel;
class QLineEdit;

namespace quintet::ui {

class ToolSettingsSession;

/// The databases that agents may be given, by name.
class DatabasesCard final : public QFrame {
    Q_OBJECT

public:
    /// `session` outlives the card.
    explicit DatabasesCard(ToolSettingsSession &session);

private:
    QLineEdit *makeField(const QString &name, const QString &label, const QString &example);
    QWidget *makeRowFor(const QString &name, const QString &url);
    void showState();
    void showTest(const QString &name, bool works, const QString &result);
    void submit();

    ToolSettingsSession &m_session;
    QBoxLayout *m_rows;
    QLineEdit *m_name;
    QLineEdit *m_url;
    QHash<QString, QLabel *> m_results; ///< of tests, by name
};

} // namespace quintet::ui
