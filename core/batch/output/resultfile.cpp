// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/output/resultfile.h"

#include "batch/answer/answerschema.h"
#include "batch/answer/instruction.h"
#include "batch/jsontext.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace quintet::batch {

namespace {

using namespace Qt::StringLiterals;

/// What a result is, as its file's name says it.
QString wordFor(TaskKind task)
{
    switch (task) {
    case TaskKind::Prompt: return u"answer"_s;
    case TaskKind::Summarize: return u"summary"_s;
    case TaskKind::Extract: return u"fields"_s;
    case TaskKind::Classify: return u"label"_s;
    case TaskKind::Keywords: return u"keywords"_s;
    case TaskKind::Translate: return u"translation"_s;
    case TaskKind::Rewrite: return u"rewritten"_s;
    }
    Q_UNREACHABLE();
}

QString asList(const QJsonObject &object, const QStringList &fields)
{
    QString text;
    for (const QString &field : fields)
        text += u"- **%1**: %2\n"_s.arg(field, plainText(object[field], u", "_s));
    return text;
}

/// A name that stays inside of its folder.
QString harmless(const QString &name)
{
    QStringList parts;
    for (const QString &part : QDir::cleanPath(name).split(u'/', Qt::SkipEmptyParts)) {
        if (part != u".." && part != u".")
            parts << part;
    }
    return parts.join(u'/');
}

} // namespace

QByteArray fileContent(const RunSpec &spec, const Item &item, const ItemResult &result)
{
    const QJsonObject schema = answerSchemaOf(spec);
    const QJsonDocument answer = QJsonDocument::fromJson(result.text.toUtf8());
    const bool isObject = !schema.isEmpty() && answer.isObject();
    if (spec.output.format == OutputFormat::Json) {
        if (isObject)
            return answer.toJson();
        return QJsonDocument(QJsonObject{{u"source"_s, item.name}, {u"result"_s, result.text}}).toJson();
    }
    if (isObject && spec.output.format == OutputFormat::Markdown)
        return asList(answer.object(), fieldsOf(schema)).toUtf8();
    return result.text.toUtf8() + '\n';
}

bool FileNames::isFree(const QString &path, qint64 owner)
{
    if (const auto pending = m_pending.constFind(path); pending != m_pending.cend())
        return *pending == owner;
    const std::optional<qint64> holder = m_files.ownerOf(path);
    if (holder == owner)
        return true;
    const bool isOtherItems = holder && (*holder >> 32) == m_run.number;
    if (isOtherItems || m_files.isAnothers(path, m_run.number))
        return false;
    return m_run.spec.output.overwrite || !QFileInfo::exists(path) || m_files.isOurs(path);
}

QString FileNames::firstFree(const std::function<QString(int)> &candidate, qint64 owner)
{
    int number = 0;
    QString path = candidate(number);
    while (!isFree(path, owner))
        path = candidate(++number);
    m_pending.insert(path, owner);
    return path;
}

std::optional<QString> FileNames::claim(const Item &item)
{
    const OutputSpec &output = m_run.spec.output;
    if (output.folder.isEmpty() || output.isOneFile())
        return std::nullopt;
    const QFileInfo source(harmless(item.name));
    const QString folder = QDir(output.folder).filePath(source.path());
    const QString ending = wordFor(m_run.spec.task);
    const auto candidate = [&](int number) {
        // "scan.summary.md", then "scan.pdf.summary.md", then "scan.summary-2.md".
        const QString stem = number == 1 ? source.fileName() : source.completeBaseName();
        const QString count = number < 2 ? QString() : u"-%1"_s.arg(number);
        return QDir::cleanPath(u"%1/%2.%3%4.%5"_s.arg(folder, stem, ending, count, nameOf(output.format)));
    };
    return firstFree(candidate, item.id);
}

QString FileNames::claimForRun(const QString &stem, const QString &ending)
{
    const auto candidate = [&](int number) {
        const QString count = number == 0 ? QString() : u"-%1"_s.arg(number + 1);
        return QDir(m_run.spec.output.folder).filePath(stem + count + u'.' + ending);
    };
    return firstFree(candidate, wholeRun(m_run.number));
}

} // namespace quintet::batch
