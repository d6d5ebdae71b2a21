// SPDX-License-Identifier: GPL-3.0-or-later
// What is dragged out of a transcript.
#include "ui/drop/dragout.h"
#include "ui/transcript/transcript.h"
#include "ui/transcript/transcriptselection.h"
#include "ui/transcript/transcripttargets.h"

#include <QMimeData>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

/// A passage as one quotes it: the words, and where they stand.
QString quoteOf(const Message &message, const QString &label)
{
    for (const Part &part : message.parts) {
        const auto *sources = std::get_if<SourcesPart>(&part);
        if (!sources)
            continue;
        const auto card = std::ranges::find(sources->sources, label, &SourceCard::label);
        if (card == sources->sources.end())
            continue;
        QString quoted = u"> "_s + card->excerpt.trimmed();
        quoted.replace(u'\n', u"\n> "_s);
        return quoted + u"\n\n"_s + (card->place.isEmpty() ? card->title : card->title + u", "_s + card->place);
    }
    return {};
}

} // namespace

bool Transcript::isInSelection(const QPointF &point) const
{
    if (m_selection->isEmpty())
        return false;
    const TextPlace place = m_layout->placeAt(toContent(point));
    return m_selection->first() <= place && place < m_selection->last();
}

QMimeData *Transcript::mimeAt(const QPointF &point) const
{
    if (isInSelection(point))
        return mimeOfMarkdown(m_selection->source());
    const TargetPlace place = m_targets->at(toContent(point));
    const Target *target = m_targets->find(place);
    if (!target)
        return nullptr;
    const MessageFlow &flow = m_layout->flow(place.message);
    QString markdown;
    switch (target->kind) {
    case Target::CopyCode:
    case Target::SaveCode: {
        auto *data = new QMimeData;
        data->setText(flow.codeOf(place.row));
        return data;
    }
    case Target::Citation:
    case Target::Source: markdown = quoteOf(flow.message(), target->value); break;
    case Target::Action: markdown = textOf(flow.message().id); break;
    default: break;
    }
    return markdown.isEmpty() ? nullptr : mimeOfMarkdown(markdown);
}

/// Whether this move of the mouse, with the button down, was the drag of something.
bool Transcript::dragFrom(const QPointF &point)
{
    if (!m_mayDrag || !isDragged(m_pressedAt.toPoint(), point.toPoint()))
        return false;
    m_mayDrag = false;
    QMimeData *data = mimeAt(m_pressedAt);
    if (!data)
        return false;
    m_pressed = {};
    m_isOnSelection = false;
    dragOut(this, data);
    return true;
}

} // namespace quintet::ui
