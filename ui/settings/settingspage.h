// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QHash>
#include <QScrollArea>

class QBoxLayout;
class QLabel;

namespace quintet::llm {
struct Endpoint;
}

namespace quintet::ui {

class Button;
class EndpointForm;
class ErrorStrip;
class GatewaySession;
class ModelSession;
class ServeCard;
class SettingsSession;
class ToolSettingsSession;

/// Endpoints, models, budget, prices, cache, what agents work on, serving, appearance, and where things are kept.
class SettingsPage final : public QScrollArea {
    Q_OBJECT

public:
    /// The sessions outlive the page, which takes the card over.
    SettingsPage(SettingsSession &session, GatewaySession &gateway, ModelSession &models, ToolSettingsSession &tools,
                 ServeCard *serving, Appearance appearance);

    /// Opens the form for a new endpoint.
    void askForEndpoint();

Q_SIGNALS:
    void appearanceChosen(quintet::ui::Appearance appearance);

protected:
    /// Turning the wheel scrolls the page, and changes no number or choice that it passes over.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeEndpoints();
    QWidget *makeModels(ModelSession &models);
    QWidget *makeGateway(GatewaySession &gateway);
    QWidget *makeTools(ToolSettingsSession &tools);
    QWidget *makeAppearance(Appearance appearance);
    QWidget *makeData();
    QWidget *makeEndpointRow(const llm::Endpoint &endpoint, bool isDefault);
    QWidget *makeFoundRow(size_t server);
    void showEndpoints();
    void showTest(const QString &name, bool works, const QString &result);

    SettingsSession &m_session;
    ErrorStrip *m_error;
    QFrame *m_notice;
    QLabel *m_noticeText;
    Button *m_undo;
    QBoxLayout *m_rows;
    EndpointForm *m_form;
    Button *m_add;
    QHash<QString, QLabel *> m_results; ///< of tests, by endpoint
};

} // namespace quintet::ui
