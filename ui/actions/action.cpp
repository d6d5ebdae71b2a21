// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/action.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QWidget>

#include <algorithm>
#include <iterator>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *standardProperty = "standardShortcuts"; // what has it is an action of ours
constexpr const char *buttonProperty = "pressedButton";

QString tr(const char *text)
{
    return QCoreApplication::translate("quintet::ui::Actions", text);
}

/// What the first part of a key means, in the order in which it is shown.
struct Category {
    QStringView key;
    const char *title;
};

constexpr Category categories[] = {
    {u"window", QT_TRANSLATE_NOOP("quintet::ui::Actions", "Quintet")},
    {u"summarize", QT_TRANSLATE_NOOP("quintet::ui::Actions", "Summarize")},
    {u"chat", QT_TRANSLATE_NOOP("quintet::ui::Actions", "Chat")},
    {u"batch", QT_TRANSLATE_NOOP("quintet::ui::Actions", "Batch")},
    {u"knowledge", QT_TRANSLATE_NOOP("quintet::ui::Actions", "Knowledge")},
    {u"agent", QT_TRANSLATE_NOOP("quintet::ui::Actions", "Agent")},
    {u"usage", QT_TRANSLATE_NOOP("quintet::ui::Actions", "Usage")},
    {u"settings", QT_TRANSLATE_NOOP("quintet::ui::Actions", "Settings")},
};

/// In the categories; the window's for a key that has none.
size_t placeOf(const QAction *action)
{
    const QString key = action->objectName().section(u'.', 0, 0);
    const auto found = std::ranges::find_if(categories, [&key](const Category &each) { return each.key == key; });
    return found == std::end(categories) ? 0 : size_t(found - std::begin(categories));
}

/// The tooltip as it was made, with the shortcut behind it.
void showShortcut(QAbstractButton *button, const QString &plain, const QKeySequence &shortcut)
{
    const QString keys = shortcut.toString(QKeySequence::NativeText);
    const QString what = plain.isEmpty() ? button->text() : plain;
    button->setToolTip(keys.isEmpty() ? plain : tr("%1 (%2)").arg(what, keys));
    // Where the keys stand on the button itself.
    if (button->property("hint").isValid()) {
        // The key itself is marked so, and there is not much room.
        const QString name = QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText);
        button->setProperty("hint", QString(keys).replace(name, u"↵"_s));
        button->updateGeometry();
        button->update();
    }
}

} // namespace

QAction *makeAction(QWidget *page, const QString &key, const QString &text, const QList<QKeySequence> &wanted)
{
    auto *action = new QAction(text, page);
    action->setObjectName(key);
    QList<QKeySequence> shortcuts = wanted;
    shortcuts.removeAll(QKeySequence()); // a standard key that this desktop does not have
    action->setProperty(standardProperty, QVariant::fromValue(shortcuts));
    action->setShortcutContext(page->isWindow() ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
    action->setShortcuts(shortcuts);
    page->addAction(action);
    return action;
}

QAction *makeAction(QWidget *page, const QString &key, const QString &text, QAbstractButton *button,
                    const QList<QKeySequence> &shortcuts)
{
    Q_ASSERT(button);
    QAction *action = makeAction(page, key, text, shortcuts);
    action->setProperty(buttonProperty, QVariant::fromValue<QObject *>(button));
    QObject::connect(action, &QAction::triggered, button, [action, button] {
        if (isAvailable(action))
            button->click();
    });
    const QString plain = button->toolTip();
    const auto show = [action, button, plain] { showShortcut(button, plain, action->shortcut()); };
    QObject::connect(action, &QAction::changed, button, show);
    show();
    return action;
}

QList<QAction *> actionsIn(const QWidget *window)
{
    QList<QAction *> found;
    for (QAction *action : window->findChildren<QAction *>()) {
        if (action->property(standardProperty).isValid())
            found << action;
    }
    std::ranges::stable_sort(found, {}, &placeOf);
    return found;
}

QString categoryOf(const QAction *action)
{
    return tr(categories[placeOf(action)].title);
}

QList<QKeySequence> standardShortcuts(const QAction *action)
{
    return action->property(standardProperty).value<QList<QKeySequence>>();
}

bool isAvailable(const QAction *action)
{
    const QVariant pressed = action->property(buttonProperty);
    if (!pressed.isValid())
        return action->isEnabled();
    const auto *button = qobject_cast<QWidget *>(pressed.value<QObject *>());
    return action->isEnabled() && button && button->isEnabled() && button->isVisibleTo(pageOf(action));
}

QWidget *pageOf(const QAction *action)
{
    return qobject_cast<QWidget *>(action->parent());
}

} // namespace quintet::ui
