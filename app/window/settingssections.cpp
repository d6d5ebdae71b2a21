// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/settingssections.h"

#include "base/translation.h"
#include "ui/settings/budgetcard.h"
#include "ui/settings/cachecard.h"
#include "ui/settings/endpointscard.h"
#include "ui/settings/gatewaysession.h"
#include "ui/settings/modelscard.h"
#include "ui/settings/pricescard.h"
#include "ui/settings/program/aboutcard.h"
#include "ui/settings/program/appearancecard.h"
#include "ui/settings/program/datacard.h"
#include "ui/settings/servecard.h"
#include "ui/settings/settingspage.h"
#include "ui/settings/settingssession.h"
#include "ui/settings/tools/databasescard.h"
#include "ui/settings/tools/toolsettingssession.h"
#include "ui/settings/tools/websearchcard.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QSettings>

namespace quintet {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("quintet", text);
}

/// `content` under a strip that says what of `session` failed, until it changes.
template<typename Session>
QWidget *withErrors(Session &session, const QString &name, QWidget *content)
{
    auto *failed = new ui::ErrorStrip(name);
    QObject::connect(&session, &Session::failed, failed,
                     [failed](const Error &error) { failed->showError(error.message); });
    QObject::connect(&session, &Session::changed, failed, &QWidget::hide);
    QBoxLayout *column = ui::makeColumn(10);
    column->addWidget(failed);
    column->addWidget(content);
    return ui::wrap(column);
}

/// A settings file that is not understood is left as it is: writing to it would lose what it holds.
void keep(const QString &settingsFile, const ui::ThemeChoice &choice)
{
    QSettings settings(settingsFile, QSettings::IniFormat);
    static_cast<void>(settings.childGroups()); // only now is the file read
    if (settings.status() != QSettings::FormatError)
        writeThemeChoice(settings, choice);
}

} // namespace

ui::SettingsPage *makeSettingsPage(const SettingsParts &parts)
{
    auto *page = new ui::SettingsPage;
    auto *endpoints = new ui::EndpointsCard(parts.endpoints);
    QObject::connect(endpoints, &ui::EndpointsCard::formShown, page,
                     [page](QWidget *form) { page->ensureWidgetVisible(form); });
    page->addSection(u"endpoints"_s, tr("Endpoints"), endpoints);
    page->addSection(u"models"_s, tr("Models"), new ui::ModelsCard(parts.models, parts.endpoints));
    page->addSection(u"budget"_s, tr("Budget"),
                     withErrors(parts.gateway, u"gatewayError"_s, new ui::BudgetCard(parts.gateway)));
    page->addSection(u"prices"_s, tr("Prices"), new ui::PricesCard(parts.gateway));
    page->addSection(u"cache"_s, tr("Cache"), new ui::CacheCard(parts.gateway));
    page->addSection(u"databases"_s, tr("Databases"),
                     withErrors(parts.tools, u"toolSettingsError"_s, new ui::DatabasesCard(parts.tools)));
    page->addSection(u"webSearch"_s, tr("Web search"), new ui::WebSearchCard(parts.tools));
    page->addSection(u"serving"_s, tr("Other programs"), parts.serving);
    auto *appearance = new ui::AppearanceCard(parts.theme.choice(), Translation::languages());
    QObject::connect(appearance, &ui::AppearanceCard::chosen, page,
                     [&theme = parts.theme, file = parts.settingsFile](const ui::ThemeChoice &choice) {
                         theme.setChoice(choice);
                         keep(file, choice);
                     });
    page->addSection(u"appearance"_s, tr("Appearance"), appearance);
    page->addSection(u"data"_s, tr("Data"), new ui::DataCard(parts.data));
    page->addSection(u"about"_s, tr("About"), new ui::AboutCard);
    return page;
}

} // namespace quintet
