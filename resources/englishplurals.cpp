// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translation.h"

#include <QCoreApplication>

namespace {

/// Even English has two forms of a counted word, and they are found as those of every language are.
void installEnglishPlurals()
{
    QCoreApplication::installTranslator(new quintet::Translation(QStringLiteral("en"), QCoreApplication::instance()));
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(installEnglishPlurals)
