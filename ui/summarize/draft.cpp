// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/draft.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace quintet::ui {

using namespace Qt::StringLiterals;

Result<void> saveDraft(const QString &path, const Draft &draft)
{
    const QJsonObject object{{u"text"_s, draft.text},
                             {u"origins"_s, QJsonArray::fromStringList(draft.origins)},
                             {u"style"_s, draft.style},
                             {u"words"_s, draft.words},
                             {u"instruction"_s, draft.instruction},
                             {u"language"_s, draft.language},
                             {u"endpoint"_s, draft.endpoint},
                             {u"model"_s, draft.model}};
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson(QJsonDocument::Compact)) < 0
        || !file.commit())
        return failure(ErrorKind::Storage, file.errorString());
    return {};
}

Draft loadDraft(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    Draft draft;
    draft.text = object[u"text"].toString();
    for (const QJsonValue origin : object[u"origins"].toArray())
        draft.origins << origin.toString();
    draft.style = object[u"style"].toString();
    draft.words = object[u"words"].toInt();
    draft.instruction = object[u"instruction"].toString();
    draft.language = object[u"language"].toString();
    draft.endpoint = object[u"endpoint"].toString();
    draft.model = object[u"model"].toString();
    return draft;
}

} // namespace quintet::ui
