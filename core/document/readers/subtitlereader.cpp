// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/subtitlereader.h"

#include "document/readers/documentbuilder.h"
#include "document/readers/writtentext.h"

#include <QRegularExpression>

namespace quintet::document {

namespace {

constexpr int secondsTogether = 30;

/// The seconds at which a cue begins, from its line of times; none if it is no such line.
std::optional<int> cueStart(QStringView line)
{
    static const QRegularExpression times(
        QStringLiteral("^\\s*(?:(\\d{1,4}):)?(\\d{1,2}):(\\d{2})[.,]\\d{1,3}\\s*-->\\s*\\d"));
    if (!line.contains(u"-->"))
        return std::nullopt;
    const auto match = times.matchView(line);
    if (!match.hasMatch())
        return std::nullopt;
    return match.capturedView(1).toInt() * 3600 + match.capturedView(2).toInt() * 60 + match.capturedView(3).toInt();
}

QString clockTime(int seconds)
{
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3600)
        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

/// Without tags, entities decoded; WebVTT's voice tag becomes the speaker's name.
QString spoken(const QString &line)
{
    static const QRegularExpression voice(QStringLiteral("<v(?:\\.[^ >]*)? ([^>]*)>"));
    static const QRegularExpression tag(QStringLiteral("</?[a-zA-Z0-9][^<>]*>|\\{\\\\[^{}]*\\}"));
    QString text = line;
    text.replace(voice, QStringLiteral("\\1: "));
    text.remove(tag);
    static constexpr std::pair<QStringView, QStringView> entities[] = {
        {u"&lt;", u"<"}, {u"&gt;", u">"}, {u"&nbsp;", u" "}, {u"&lrm;", u""}, {u"&rlm;", u""}, {u"&amp;", u"&"}};
    for (const auto &[entity, character] : entities)
        text.replace(entity.toString(), character.toString());
    return text.simplified();
}

} // namespace

Result<Document> readSubtitles(const Content &content, const Reading &reading)
{
    const auto text = textOf(content, reading);
    if (!text)
        return std::unexpected(text.error());
    DocumentBuilder builder(text->startsWith(u"WEBVTT") ? QStringLiteral("vtt") : QStringLiteral("srt"));
    bool isInCue = false;
    std::optional<int> placeStart;
    QString lastLine;
    for (const QStringView line : QStringView(*text).tokenize(u'\n')) {
        if (const auto start = cueStart(line)) {
            if (!placeStart || *start >= *placeStart + secondsTogether) {
                placeStart = *start;
                builder.beginPlace(Place::Section, clockTime(*start));
            }
            isInCue = true;
        } else if (line.trimmed().isEmpty()) {
            isInCue = false;
        } else if (isInCue) {
            const QString said = spoken(line.toString());
            if (said != lastLine)
                builder.addLine(said);
            lastLine = said;
        }
    }
    return builder.isEmpty() ? writtenDocument(*text, QStringLiteral("text"), {}) : builder.finish(content.name);
}

} // namespace quintet::document
