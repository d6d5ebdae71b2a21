// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/files/writingtools.h"

#include "agent/argumentschema.h"
#include "base/onpool.h"

#include <QCoreApplication>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

ToolFacts factsOf(const QString &name, const QString &title, const QString &description, const QJsonObject &properties,
                  const QStringList &required)
{
    return {.name = name,
            .title = title,
            .group = u"files.write"_s,
            .description = description,
            .schema = argumentSchema(properties, required),
            .effect = Effect::Writes};
}

QJsonObject text(const QString &description)
{
    return argument(u"string"_s, description);
}

ToolResult resultFrom(const FileChange &change)
{
    const QString words = (change.isNew ? u"Made %1 (%2 characters). "_s : u"Changed %1 (now %2 characters). "_s)
                              .arg(change.path)
                              .arg(change.after.size())
                          + u"To undo it: undo_change with version \"%1\"."_s.arg(change.version);
    return {.text = words,
            .value = {{u"path"_s, change.path}, {u"new"_s, change.isNew}, {u"version"_s, change.version}},
            .change = change};
}

Result<FileChange> worked(const FileChanges &changes, const QJsonObject &arguments)
{
    const QString path = arguments[u"path"].toString();
    if (arguments.contains(u"content"))
        return changes.writing(path, arguments[u"content"].toString());
    return changes.editing(path, arguments[u"old_text"].toString(), arguments[u"new_text"].toString(),
                           arguments[u"replace_all"].toBool());
}

Task<Result<std::optional<FileChange>>> previewOf(FileChanges changes, QJsonObject arguments)
{
    const auto change = co_await onPool([changes, arguments] { return worked(changes, arguments); });
    co_return change.transform([](const FileChange &done) { return std::optional(done); });
}

Task<Result<ToolResult>> resultOf(FileChanges changes, QJsonObject arguments, CancelToken token)
{
    const auto change = co_await onPool([changes, arguments, token]() -> Result<FileChange> {
        if (token.stop_requested())
            return std::unexpected(cancelledError());
        return worked(changes, arguments).and_then([&](const FileChange &planned) { return changes.apply(planned); });
    });
    co_return change.transform(resultFrom);
}

} // namespace

ToolFacts WriteFile::facts() const
{
    return factsOf(
        u"write_file"_s, tr("Write file"),
        u"Writes a whole text file in the user's folder, making it and the folders on the way, or putting it in "
        "the place of the one that is there. The user sees the difference and may refuse. Use edit_file for "
        "small changes. Returns the name of the former version, to undo by."_s,
        {{u"path"_s, text(u"relative to the user's folder"_s)}, {u"content"_s, text(u"the whole new text"_s)}},
        {u"path"_s, u"content"_s});
}

Task<Result<std::optional<FileChange>>> WriteFile::preview(QJsonObject arguments, CancelToken)
{
    return previewOf(m_changes, std::move(arguments));
}

Task<Result<ToolResult>> WriteFile::call(QJsonObject arguments, CancelToken token)
{
    return resultOf(m_changes, std::move(arguments), std::move(token));
}

ToolFacts EditFile::facts() const
{
    QJsonObject old = text(u"stands in the file exactly so, and once"_s);
    old[u"minLength"] = 1;
    return factsOf(
        u"edit_file"_s, tr("Edit file"),
        u"Puts one text in place of another in a text file of the user's folder. The user sees the difference "
        "and may refuse. Returns the name of the former version, to undo by."_s,
        {{u"path"_s, text(u"relative to the user's folder"_s)},
         {u"old_text"_s, old},
         {u"new_text"_s, text(u"what comes in its place"_s)},
         {u"replace_all"_s, QJsonObject{{u"type"_s, u"boolean"_s}, {u"description"_s, u"everywhere in the file"_s}}}},
        {u"path"_s, u"old_text"_s, u"new_text"_s});
}

Task<Result<std::optional<FileChange>>> EditFile::preview(QJsonObject arguments, CancelToken)
{
    return previewOf(m_changes, std::move(arguments));
}

Task<Result<ToolResult>> EditFile::call(QJsonObject arguments, CancelToken token)
{
    return resultOf(m_changes, std::move(arguments), std::move(token));
}

ToolFacts UndoChange::facts() const
{
    return factsOf(u"undo_change"_s, tr("Undo change"),
                   u"Undoes one change of write_file or edit_file, if the file was not changed since."_s,
                   {{u"version"_s, text(u"as write_file or edit_file returned it"_s)}}, {u"version"_s});
}

Task<Result<ToolResult>> UndoChange::call(QJsonObject arguments, CancelToken)
{
    const QString name = arguments[u"version"].toString();
    const auto undone =
        co_await onPool([folder = m_folder.path(), versions = m_versions, name]() -> Result<FileChange> {
            const auto version = versions.find(name);
            if (version && version->folder != folder)
                return failure(ErrorKind::BadInput,
                               tr("That version is of a file in another folder, %1.").arg(version->folder));
            return versions.undo(name);
        });
    if (!undone)
        co_return std::unexpected(undone.error());
    co_return ToolResult{
        .text = u"%1 is as it was."_s.arg(undone->path), .value = {{u"path"_s, undone->path}}, .change = *undone};
}

} // namespace quintet::agent
