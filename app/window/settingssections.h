// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/program/datasession.h"
#include "ui/theme/theme.h"

namespace quintet::ui {
class GatewaySession;
class ModelSession;
class ServeCard;
class SettingsPage;
class SettingsSession;
class ToolSettingsSession;
} // namespace quintet::ui

namespace quintet {

/// What the settings page shows. All of it outlives the page, which takes the card over.
struct SettingsParts {
    ui::SettingsSession &endpoints;
    ui::GatewaySession &gateway;
    ui::ModelSession &models;
    ui::ToolSettingsSession &tools;
    ui::DataSession &data;
    ui::ServeCard *serving;
    ui::Theme &theme;
    QString settingsFile;
};

/// The settings page with all its sections, in their order. On the GUI thread.
ui::SettingsPage *makeSettingsPage(const SettingsParts &parts);

} // namespace quintet
