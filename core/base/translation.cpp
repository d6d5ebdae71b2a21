// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translation.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>

namespace quintet {

QStringList Translation::languages()
{
    QStringList codes;
    for (const QString &file : QDir(QStringLiteral(":/translations")).entryList()) {
        const QString code = file.section(u'_', 1).section(u'.', 0, 0);
        if (code != u"en")
            codes << code;
    }
    return codes;
}

Translation::Translation(const QString &language, QObject *parent) : QTranslator(parent)
{
    static_cast<void>(load(QStringLiteral(":/translations/quintet_%1.qm").arg(language)));
}

QString Translation::translate(const char *, const char *source, const char *disambiguation, int count) const
{
    return QTranslator::translate("quintet", source, disambiguation, count);
}

void speak(const QString &language)
{
    if (!language.isEmpty())
        QLocale::setDefault(QLocale(language));
    const QString code = QLocale::languageToCode(QLocale().language());
    if (!Translation::languages().contains(code))
        return;
    QCoreApplication *application = QCoreApplication::instance();
    auto *ofQt = new QTranslator(application);
    if (ofQt->load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
                   QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(ofQt);
    QCoreApplication::installTranslator(new Translation(code, application));
}

} // namespace quintet
