// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/files/readingtools.h"

#include "agent/argumentschema.h"
#include "agent/files/foldertree.h"
#include "agent/files/textfile.h"
#include "agent/piece.h"
#include "base/onpool.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QRegularExpression>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 largestDocument = 64 << 20;
constexpr int mostEntries = 500;
constexpr int mostMatches = 200;
constexpr qsizetype longestLine = 300;
constexpr int searchMilliseconds = 20'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

ToolFacts factsOf(const QString &name, const QString &title, const QString &description, const QJsonObject &properties,
                  const QStringList &required)
{
    return {.name = name,
            .title = title,
            .group = u"files.read"_s,
            .description = description,
            .schema = argumentSchema(properties, required),
            .isUntrusted = true};
}

QString nameOf(Folder::Kind kind)
{
    switch (kind) {
    case Folder::Kind::File: return u"file"_s;
    case Folder::Kind::Folder: return u"folder"_s;
    case Folder::Kind::Link: return u"link"_s;
    case Folder::Kind::Other: return u"other"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// A grid as lines for a model, and as objects.
ToolResult resultFrom(Grid grid, const QString &whenEmpty, const QString &note)
{
    QString text = grid.columns.join(u" | "_s) + u'\n';
    QJsonArray rows;
    for (const QJsonArray &row : grid.rows) {
        QStringList cells;
        QJsonObject object;
        for (qsizetype i = 0; i < row.size(); ++i) {
            cells << row[i].toVariant().toString();
            object[grid.columns[i]] = row[i];
        }
        text += cells.join(u" | "_s) + u'\n';
        rows.append(object);
    }
    if (grid.rows.empty())
        text = whenEmpty;
    if (!note.isEmpty())
        text += u'\n' + note;
    const QJsonObject value{
        {u"columns"_s, QJsonArray::fromStringList(grid.columns)}, {u"rows"_s, rows}, {u"whole"_s, grid.isWhole}};
    return {.text = text, .value = value, .grid = std::move(grid)};
}

QString hashOf(const Folder &folder, const QString &path)
{
    const auto content = folder.read(path, largestDocument);
    return content ? QString::fromLatin1(QCryptographicHash::hash(*content, QCryptographicHash::Sha256).toHex())
                   : QString();
}

Result<ToolResult> listed(const Folder &folder, const QJsonObject &arguments, CancelToken token)
{
    const int skip = arguments[u"skip"].toInt();
    const bool hashes = arguments[u"checksums"].toBool();
    Grid grid{.columns = {u"path"_s, u"kind"_s, u"bytes"_s, u"changed"_s}};
    if (hashes)
        grid.columns << u"sha256"_s;
    int number = 0;
    const auto walked =
        walk(folder, arguments[u"path"].toString(), arguments[u"recursive"].toBool(), token,
             [&](const QString &path, const Folder::Entry &entry) {
                 if (number++ < skip)
                     return true;
                 grid.isWhole = grid.rows.size() < size_t(mostEntries);
                 if (!grid.isWhole)
                     return false;
                 const bool isFile = entry.kind == Folder::Kind::File;
                 QJsonArray row{path, nameOf(entry.kind), isFile ? QJsonValue(entry.size) : QJsonValue(),
                                entry.changed.toString(Qt::ISODate)};
                 if (hashes)
                     row.append(isFile && !token.stop_requested() ? QJsonValue(hashOf(folder, path)) : QJsonValue());
                 grid.rows.push_back(row);
                 return true;
             });
    if (!walked)
        return std::unexpected(walked.error());
    const QString note = grid.isWhole
                             ? QString()
                             : u"There are more. To read on, call again with \"skip\": %1."_s.arg(skip + mostEntries);
    return resultFrom(std::move(grid), u"The folder is empty."_s, note);
}

struct Search {
    QRegularExpression pattern;
    QRegularExpression names; ///< of the files that are searched
    QString path;
};

Result<Search> searchFrom(const QJsonObject &arguments)
{
    const QString text = arguments[u"text"].toString();
    const bool isPattern = arguments[u"regular_expression"].toBool();
    Search search{.pattern = QRegularExpression(isPattern ? text : QRegularExpression::escape(text),
                                                QRegularExpression::UseUnicodePropertiesOption),
                  .path = arguments[u"path"].toString()};
    if (!arguments[u"case_sensitive"].toBool())
        search.pattern.setPatternOptions(search.pattern.patternOptions() | QRegularExpression::CaseInsensitiveOption);
    const QString names = arguments[u"files"].toString();
    search.names = QRegularExpression::fromWildcard(names.isEmpty() ? u"*"_s : names, Qt::CaseInsensitive);
    if (!search.pattern.isValid())
        return failure(ErrorKind::BadInput, tr("That is no regular expression: %1.").arg(search.pattern.errorString()));
    return search;
}

/// The lines of `text` that match go into `grid`.
void addMatches(Grid &grid, const QString &path, const QString &text, const QRegularExpression &pattern)
{
    int number = 0;
    for (const QStringView line : QStringView(text).tokenize(u'\n')) {
        ++number;
        if (!pattern.matchView(line).hasMatch())
            continue;
        grid.isWhole = grid.rows.size() < size_t(mostMatches);
        if (!grid.isWhole)
            return;
        QString shown = line.trimmed().toString();
        if (shown.size() > longestLine)
            shown = shown.first(longestLine) + u'…';
        grid.rows.push_back(QJsonArray{path, number, shown});
    }
}

Result<ToolResult> searched(const Folder &folder, const Search &search, CancelToken token)
{
    Grid grid{.columns = {u"path"_s, u"line"_s, u"text"_s}};
    QElapsedTimer timer;
    timer.start();
    int passedOver = 0;
    const auto walked = walk(folder, search.path, true, token, [&](const QString &path, const Folder::Entry &entry) {
        if (token.stop_requested() || timer.elapsed() > searchMilliseconds)
            grid.isWhole = false;
        else if (entry.kind == Folder::Kind::File && search.names.match(entry.name).hasMatch()) {
            const auto text = folder.read(path, largestText).transform(plainText).value_or(std::nullopt);
            passedOver += !text;
            if (text)
                addMatches(grid, path, *text, search.pattern);
        }
        return grid.isWhole;
    });
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    if (!walked)
        return std::unexpected(walked.error());
    QStringList notes;
    if (!grid.isWhole)
        notes << u"There are more matches. Narrow the search by \"path\", \"files\" or a longer text."_s;
    if (passedOver)
        notes << u"%1 files are no plain text and were not searched; read_file reads documents."_s.arg(passedOver);
    return resultFrom(std::move(grid), u"No line matches."_s, notes.join(u'\n'));
}

} // namespace

ToolFacts ListFiles::facts() const
{
    return factsOf(u"list_files"_s, tr("List files"),
                   u"Lists what is in the user's folder or a folder within it: path, kind, bytes and time of the last "
                   "change. At most %1 entries come at a time."_s.arg(mostEntries),
                   {{u"path"_s, argument(u"string"_s, u"a folder, relative to the user's; empty for that itself"_s)},
                    {u"recursive"_s, argument(u"boolean"_s, u"also what is in the folders below"_s)},
                    {u"checksums"_s, argument(u"boolean"_s, u"also the SHA-256 of each file, to find equal ones"_s)},
                    {u"skip"_s, argument(u"integer"_s, u"entries to leave out first, to read on"_s)}},
                   {});
}

Task<Result<ToolResult>> ListFiles::call(QJsonObject arguments, CancelToken token)
{
    co_return co_await onPool([folder = m_folder, arguments, token] { return listed(folder, arguments, token); });
}

ToolFacts ReadFile::facts() const
{
    return factsOf(
        u"read_file"_s, tr("Read file"),
        u"Reads the text of a file in the user's folder: plain text as it stands, and what is written in PDF, "
        "office documents, web pages, e-books, mail and others. Comes in pieces of %1 characters; the result "
        "says how to read on."_s.arg(Piece::length),
        {{u"path"_s, argument(u"string"_s, u"relative to the user's folder"_s)},
         {u"offset"_s, argument(u"integer"_s, u"characters to leave out first, to read on"_s)},
         {u"raw"_s, argument(u"boolean"_s, u"the file as it stands, also of HTML and other markup"_s)}},
        {u"path"_s});
}

Task<Result<QString>> ReadFile::textOf(QString path, bool asItStands, CancelToken token)
{
    const auto content = co_await onPool([folder = m_folder, path] { return folder.read(path, largestDocument); });
    if (!content)
        co_return std::unexpected(content.error());
    const auto plain = asItStands || !isMarkup(path) ? plainText(*content) : std::nullopt;
    if (plain || content->isEmpty())
        co_return plain.value_or(QString());
    const auto document = co_await m_extractor.extract({.bytes = *content, .name = path.section(u'/', -1)}, token);
    if (!document)
        co_return std::unexpected(document.error());
    co_return document->text;
}

Task<Result<ToolResult>> ReadFile::call(QJsonObject arguments, CancelToken token)
{
    const QString path = arguments[u"path"].toString();
    const auto text = co_await textOf(path, arguments[u"raw"].toBool(), token);
    if (!text)
        co_return std::unexpected(text.error());
    const Piece piece(*text, arguments[u"offset"].toInteger());
    QJsonObject value = piece.toJson();
    value[u"path"] = path;
    co_return ToolResult{.text = piece.words(), .value = value};
}

ToolFacts SearchFiles::facts() const
{
    return factsOf(
        u"search_files"_s, tr("Search files"),
        u"Finds the lines that hold a text in the plain text files of the user's folder and all folders below. "
        "Returns path, line number and line; at most %1."_s.arg(mostMatches),
        {{u"text"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}}},
         {u"path"_s, argument(u"string"_s, u"only below this folder"_s)},
         {u"files"_s, argument(u"string"_s, u"only in files of such names, for example *.md"_s)},
         {u"case_sensitive"_s, argument(u"boolean"_s, u"false unless said"_s)},
         {u"regular_expression"_s, argument(u"boolean"_s, u"the text is a regular expression (PCRE)"_s)}},
        {u"text"_s});
}

Task<Result<ToolResult>> SearchFiles::call(QJsonObject arguments, CancelToken token)
{
    const auto search = searchFrom(arguments);
    if (!search)
        co_return std::unexpected(search.error());
    co_return co_await onPool([folder = m_folder, search = *search, token] { return searched(folder, search, token); });
}

} // namespace quintet::agent
