// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transcript/transcriptaccessible.h"

#include "ui/transcript/findbar.h"
#include "ui/transcript/messageaccessible.h"
#include "ui/transcript/transcript.h"
#include "ui/transcript/transcriptlayout.h"

namespace quintet::ui {

TranscriptAccessible::TranscriptAccessible(Transcript *transcript)
    : QAccessibleWidget(transcript, QAccessible::List, transcript->accessibleName())
{
}

TranscriptAccessible::~TranscriptAccessible()
{
    for (const auto &[message, id] : m_messages)
        QAccessible::deleteAccessibleInterface(id);
}

Transcript *TranscriptAccessible::transcript() const
{
    return qobject_cast<Transcript *>(object());
}

int TranscriptAccessible::childCount() const
{
    const Transcript *view = transcript();
    return view ? view->count() + (view->m_findBar->isVisible() ? 1 : 0) : 0;
}

QAccessibleInterface *TranscriptAccessible::child(int index) const
{
    Transcript *view = transcript();
    if (!view || index < 0 || index >= childCount())
        return nullptr;
    if (index >= view->count())
        return QAccessible::queryAccessibleInterface(view->m_findBar);
    const QString &message = view->m_layout->flow(static_cast<size_t>(index)).message().id;
    const auto known = m_messages.find(message);
    if (known != m_messages.end())
        return QAccessible::accessibleInterface(known->second);
    auto *made = new MessageAccessible(view, message); // Qt owns it until it is told to delete it
    m_messages[message] = QAccessible::registerAccessibleInterface(made);
    return made;
}

int TranscriptAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    Transcript *view = transcript();
    const auto *message = dynamic_cast<const MessageAccessible *>(child);
    if (!view || !message)
        return child && child->object() == view->m_findBar ? view->count() : -1;
    const auto index = view->m_layout->indexOf(message->id());
    return index ? static_cast<int>(*index) : -1;
}

QAccessibleInterface *TranscriptAccessible::childAt(int x, int y) const
{
    const Transcript *view = transcript();
    if (!view || view->count() == 0 || !rect().contains(x, y))
        return nullptr;
    const QPointF inView = view->viewport()->mapFromGlobal(QPointF(x, y));
    const size_t index = view->m_layout->messageAt(static_cast<qint64>(view->toContent(inView).y()));
    return child(static_cast<int>(index));
}

void TranscriptAccessible::install()
{
    static const bool done = [] {
        QAccessible::installFactory([](const QString &, QObject *object) -> QAccessibleInterface * {
            auto *transcript = qobject_cast<Transcript *>(object);
            return transcript ? new TranscriptAccessible(transcript) : nullptr;
        });
        return true;
    }();
    Q_UNUSED(done);
}

} // namespace quintet::ui
