// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/documentbuilder.h"

#include "document/readers/content.h"
#include "text/codepoints.h"
#include "text/normalize.h"

#include <QCoreApplication>

#include <algorithm>

namespace quintet::document {

namespace {

constexpr qsizetype longestTitle = 200;

/// Without white space at the ends of lines and of the whole; indents stay where they matter.
QString tidied(const QString &raw, bool isVerbatim)
{
    const QString text = text::normalized(raw);
    QString out;
    out.reserve(text.size());
    for (const QStringView line : QStringView(text).tokenize(u'\n')) {
        qsizetype end = line.size();
        while (end > 0 && line[end - 1].isSpace())
            --end;
        const QStringView kept = isVerbatim ? line.first(end) : line.first(end).trimmed();
        if (!out.isEmpty())
            out += u'\n';
        else if (kept.isEmpty())
            continue;
        out += kept;
    }
    while (out.endsWith(u'\n'))
        out.chop(1);
    return out;
}

QString titleOf(const QString &raw)
{
    QString title = text::normalized(raw).simplified();
    if (title.size() > longestTitle)
        title = title.first(longestTitle - 1) + u'…';
    return title;
}

} // namespace

DocumentBuilder::DocumentBuilder(const QString &format)
{
    m_document.format = format;
}

void DocumentBuilder::beginPlace(Place::Kind kind, const QString &label, std::optional<int> page,
                                 std::optional<int> row)
{
    m_pending = Place{.kind = kind, .label = label, .start = 0, .end = 0, .page = page, .row = row};
}

void DocumentBuilder::addHeading(const QString &title, int level)
{
    if (title.trimmed().isEmpty())
        return;
    markHeading(title, level);
    addParagraph(title);
    m_gap = true;
}

void DocumentBuilder::markHeading(const QString &title, int level)
{
    const QString shown = titleOf(title);
    if (shown.isEmpty())
        return;
    m_heading = Heading{.start = 0, .level = std::clamp(level, 1, 9), .title = shown};
    const Place *open = m_pending ? &*m_pending : m_document.places.empty() ? nullptr : &m_document.places.back();
    if (!open || open->kind == Place::Section)
        beginPlace(Place::Section, shown);
}

void DocumentBuilder::addParagraph(const QString &text)
{
    append(text, Shape::Paragraph);
}

void DocumentBuilder::addLine(const QString &text)
{
    append(text, Shape::Line);
}

void DocumentBuilder::addIndented(const QString &text, int depth)
{
    append(QString(2 * depth, u' ') + text.trimmed(), Shape::Indented);
}

void DocumentBuilder::addItem(const QString &text, int depth)
{
    append(QString(2 * depth, u' ') + text.trimmed(), Shape::Item);
}

void DocumentBuilder::addVerbatim(const QString &text)
{
    append(text, Shape::Verbatim);
}

void DocumentBuilder::addRow(const QStringList &cells)
{
    QStringList shown;
    for (const QString &cell : cells)
        shown << cell.simplified();
    while (!shown.isEmpty() && shown.last().isEmpty())
        shown.removeLast();
    if (shown.isEmpty())
        return;
    append(shown.join(QStringLiteral(" | ")), Shape::Row);
}

bool DocumentBuilder::needsGap(Shape shape) const
{
    if (m_gap || shape == Shape::Paragraph || shape == Shape::Verbatim)
        return true;
    // A table and a list stand apart from what is round them.
    const auto isGroup = [](Shape of) { return of == Shape::Row || of == Shape::Item; };
    return shape != m_last && (isGroup(shape) || isGroup(m_last));
}

void DocumentBuilder::append(const QString &raw, Shape shape)
{
    const QString text = tidied(raw, shape == Shape::Verbatim || shape == Shape::Indented || shape == Shape::Item);
    if (text.isEmpty() || isFull())
        return;
    if (!m_document.text.isEmpty()) {
        const QString gap = needsGap(shape) ? QStringLiteral("\n\n") : QStringLiteral("\n");
        m_document.text += gap;
        m_points += gap.size();
    }
    m_gap = false;
    m_last = shape;
    openPending();
    m_document.text += text;
    m_points += text::countCodePoints(text);
    m_document.places.back().end = m_points;
}

/// What waited for text to stand in begins here.
void DocumentBuilder::openPending()
{
    if (!m_pending && m_document.places.empty())
        beginPlace(Place::Section, {});
    if (m_pending) {
        m_pending->start = m_points;
        m_document.places.push_back(*m_pending);
        m_pending.reset();
    }
    if (m_heading) {
        m_heading->start = m_points;
        m_document.headings.push_back(*m_heading);
        m_heading.reset();
    }
}

void DocumentBuilder::addDocument(const Document &inner, const QString &name, int level)
{
    beginPlace(Place::Section, name);
    addHeading(name, level);
    if (isFull() || inner.text.isEmpty())
        return;
    m_document.text += QStringLiteral("\n\n");
    m_points += 2;
    openPending();
    for (Place place : inner.places) {
        const QString where = citationLabel(place);
        place.kind = Place::Section;
        place.label = where.isEmpty() ? name : name + QStringLiteral(", ") + where;
        place.page.reset();
        place.row.reset();
        place.start += m_points;
        place.end += m_points;
        m_document.places.push_back(place);
    }
    for (Heading heading : inner.headings) {
        heading.start += m_points;
        heading.level += level;
        m_document.headings.push_back(heading);
    }
    m_document.text += inner.text;
    m_points += inner.characters;
    m_gap = true;
    m_last = Shape::Paragraph;
    // What follows is not part of the last place of the inner document.
    beginPlace(Place::Section, {});
}

Result<Document> DocumentBuilder::finish(const QString &name)
{
    if (m_document.text.isEmpty())
        return badInput(QCoreApplication::translate("document", "“%1” holds no text. Give a file with text in it."),
                        name);
    m_document.title = titleOf(m_document.title);
    m_document.author = titleOf(m_document.author);
    m_document.language = languageOf(m_document.language);
    m_document.characters = m_points;
    return std::move(m_document);
}

QString lineLabel(qint64 first, qint64 last)
{
    return first == last ? QString::number(first)
                         : QString::number(first) + QStringLiteral("–") + QString::number(last);
}

QString languageOf(const QString &tag)
{
    const bool isTag = tag.size() == 2 || (tag.size() > 2 && (tag[2] == u'-' || tag[2] == u'_'));
    return isTag && tag[0].isLetter() && tag[1].isLetter() ? tag.first(2).toLower() : QString();
}

} // namespace quintet::document
