// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/plan/savedtasks.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype shortestId = 6;

/// What the ready-made ones are called, for translators: the rest of them is data.
[[maybe_unused]] constexpr const char *titlesAndNotes[] = {
    QT_TRANSLATE_NOOP("agent", "Best customers of the last quarter"),
    QT_TRANSLATE_NOOP("agent", "Monthly report as a file"),
    QT_TRANSLATE_NOOP("agent", "Monthly sales and growth"),
    QT_TRANSLATE_NOOP("agent", "Sales by category this year"),
    QT_TRANSLATE_NOOP("agent", "sample shop"),
    QT_TRANSLATE_NOOP("agent", "writes a file")};

QString translated(const QString &text)
{
    return QCoreApplication::translate("agent", text.toUtf8().constData());
}

bool isNamed(const SavedTask &task, const QString &name)
{
    return task.id == name || task.plan.title.compare(name, Qt::CaseInsensitive) == 0
           || (!task.isReadyMade && name.size() >= shortestId && task.id.startsWith(name));
}

} // namespace

std::vector<SavedTask> readyMadeTasks()
{
    std::vector<SavedTask> tasks;
    const QDir folder(u":/tasks"_s);
    for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        if (auto plan = planFrom(QJsonDocument::fromJson(file.readAll()).object())) {
            plan->title = translated(plan->title);
            plan->note = translated(plan->note);
            tasks.push_back({name.chopped(5), true, std::move(*plan)});
        }
    }
    return tasks;
}

Result<std::vector<SavedTask>> savedTasks(const TaskStore &store)
{
    std::vector<SavedTask> tasks = readyMadeTasks();
    const auto kept = store.all();
    if (!kept)
        return std::unexpected(kept.error());
    for (const KeptTask &each : *kept) {
        auto plan = planFrom(each.plan);
        if (!plan)
            continue; // of a later version
        plan->title = each.title;
        tasks.push_back({each.id.value, false, std::move(*plan)});
    }
    return tasks;
}

Result<std::optional<SavedTask>> findTask(const TaskStore &store, const QString &name)
{
    const auto all = savedTasks(store);
    if (!all)
        return std::unexpected(all.error());
    for (const SavedTask &task : *all) {
        if (isNamed(task, name))
            return task;
    }
    return std::nullopt;
}

} // namespace quintet::agent
