// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>

class QBoxLayout;
class QFrame;
class QLabel;

namespace quintet::llm {
struct Endpoint;
}

namespace quintet::ui {

class Button;
class EndpointForm;
class ErrorStrip;
class SettingsSession;

/// The model servers: which is in use, which were found on this computer, and the form to set one up.
class EndpointsCard final : public QWidget {
    Q_OBJECT

public:
    /// `session` outlives the card.
    explicit EndpointsCard(SettingsSession &session);

    /// Opens the form for a new endpoint.
    void askForEndpoint();

Q_SIGNALS:
    void formShown(QWidget *form);

private:
    struct Test {
        bool works = false;
        QString result;
    };

    void makeNotice();
    void follow();
    QWidget *makeEndpointRow(const llm::Endpoint &endpoint, bool isDefault);
    QWidget *makeFoundRow(size_t server);
    void showEndpoints();
    static void showResult(QLabel *label, const Test &test);
    void showTest(const QString &name, bool works, const QString &result);

    SettingsSession &m_session;
    QString m_connected; ///< what was connected last
    ErrorStrip *m_error;
    QFrame *m_notice;
    QLabel *m_noticeText;
    Button *m_undo;
    QBoxLayout *m_rows;
    EndpointForm *m_form;
    Button *m_add;
    QHash<QString, Test> m_tests;       ///< the last of each endpoint
    QHash<QString, QLabel *> m_results; ///< where they are shown
};

} // namespace quintet::ui
