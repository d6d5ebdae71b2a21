// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/subtitlereader.h"

#include "document/readers/documentbuilder.h"
#include "document/readers/writtentext.h"

#include <QRegularExpression>

namespace quintet::document {

namespace {

constexpr int secondsTogether = 30;
constexpr qsizetype longestTag = 200;

/// The seconds at which a cue begins, from its line of times; none if it is no such line.
std::optional<int> cueStart(QStringView line)
{
    static const QRegularExpression times(
        QStringLiteral("^\\s*(?:(\\d{1,4}):)?(\\d{1,2}):(\\d{2})[.,]\\d{1,3}\\s*-->\\s*\\d"));
    if (!line.contains(u"-->"))
        return std::nullopt;
    const auto match = times.matchView(line.first(std::min<qsizetype>(line.size(), 200)));
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

/// What a tag stands for: WebVTT's voice tag is the speaker's name, all others nothing. `tag`: between the brackets.
QString tagText(QStringView tag)
{
    const qsizetype space = tag.indexOf(u' ');
    const bool isVoice = space > 0 && (tag.first(space) == u"v" || tag.startsWith(u"v."));
    return isVoice ? tag.sliced(space + 1).trimmed().toString() + QStringLiteral(": ") : QString();
}

/// Without tags, entities decoded. Linear, whatever the brackets do.
QString spoken(QStringView line)
{
    QString text;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar next = i + 1 < line.size() ? line[i + 1] : QChar();
        const bool isTag = line[i] == u'<' && (next.isLetterOrNumber() || next == u'/');
        const bool isStyle = line[i] == u'{' && next == u'\\';
        const QStringView rest = line.sliced(i, std::min(longestTag, line.size() - i));
        const qsizetype end = isTag ? rest.indexOf(u'>') : isStyle ? rest.indexOf(u'}') : -1;
        if (end < 0) {
            text += line[i];
            continue;
        }
        if (isTag)
            text += tagText(rest.first(end).sliced(1));
        i += end;
    }
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
            const QString said = spoken(line);
            if (said != lastLine)
                builder.addLine(said);
            lastLine = said;
        }
    }
    return builder.isEmpty() ? writtenDocument(*text, QStringLiteral("text"), {}) : builder.finish(content.name);
}

} // namespace quintet::document
