// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/shortcutbook.h"

#include <QSettings>
#include <QWidget>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

QString settingOf(const QAction *action)
{
    return u"shortcuts/"_s + action->objectName();
}

bool isUnderstood(QSettings &settings)
{
    static_cast<void>(settings.childGroups()); // only now is the file read
    return settings.status() != QSettings::FormatError;
}

} // namespace

ShortcutBook::ShortcutBook(QWidget *window, const QString &settingsFile, QObject *parent)
    : QObject(parent),
      m_window(window),
      m_settingsFile(settingsFile)
{
}

void ShortcutBook::apply()
{
    const QSettings settings(m_settingsFile, QSettings::IniFormat);
    for (QAction *action : actions()) {
        const QVariant own = settings.value(settingOf(action));
        action->setShortcuts(own.isValid() ? QKeySequence::listFromString(own.toString(), QKeySequence::PortableText)
                                           : standardShortcuts(action));
    }
    Q_EMIT changed();
}

void ShortcutBook::bind(QAction *action, const QKeySequence &shortcut)
{
    keep(action, shortcut.isEmpty() ? QList<QKeySequence>() : QList{shortcut});
}

QAction *ShortcutBook::conflict(const QAction *action, const QKeySequence &shortcut) const
{
    if (shortcut.isEmpty())
        return nullptr;
    const auto isEverywhere = [this](const QAction *each) { return pageOf(each) == m_window; };
    for (QAction *other : actions()) {
        const bool meets = isEverywhere(other) || isEverywhere(action) || pageOf(other) == pageOf(action);
        if (other == action || !meets)
            continue;
        for (const QKeySequence &taken : other->shortcuts()) {
            // One may begin as the other does.
            if (taken.matches(shortcut) != QKeySequence::NoMatch || shortcut.matches(taken) != QKeySequence::NoMatch)
                return other;
        }
    }
    return nullptr;
}

void ShortcutBook::release(QAction *action, const QKeySequence &shortcut)
{
    QList<QKeySequence> left = action->shortcuts();
    left.removeIf([&shortcut](const QKeySequence &taken) {
        return taken.matches(shortcut) != QKeySequence::NoMatch || shortcut.matches(taken) != QKeySequence::NoMatch;
    });
    keep(action, left);
}

bool ShortcutBook::isChanged(const QAction *action) const
{
    return action->shortcuts() != standardShortcuts(action);
}

void ShortcutBook::reset(QAction *action)
{
    keep(action, standardShortcuts(action));
}

void ShortcutBook::resetAll()
{
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    if (isUnderstood(settings))
        settings.remove("shortcuts"_L1);
    settings.sync();
    apply();
}

void ShortcutBook::keep(QAction *action, const QList<QKeySequence> &shortcuts)
{
    action->setShortcuts(shortcuts);
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    if (isUnderstood(settings)) {
        if (isChanged(action))
            settings.setValue(settingOf(action), QKeySequence::listToString(shortcuts, QKeySequence::PortableText));
        else
            settings.remove(settingOf(action));
    }
    Q_EMIT changed();
}

} // namespace quintet::ui
