// SPDX-License-Identifier: GPL-3.0-or-later
// What the user does with a transcript: mouse, keyboard, menus, finding.
#include "ui/drop/dragout.h"
#include "ui/transcript/findbar.h"
#include "ui/transcript/transcript.h"
#include "ui/transcript/transcriptfinder.h"
#include "ui/transcript/transcriptselection.h"
#include "ui/transcript/transcripttargets.h"
#include "ui/widgets/button.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

/// Where a link goes, with its host up front: a text can say anything.
QString linkTip(const QString &address)
{
    const QUrl url(address);
    return url.host().isEmpty() ? address
                                : QCoreApplication::translate("quintet::ui::Transcript", "Opens %1\n%2")
                                      .arg(url.host(QUrl::FullyEncoded), address.left(300));
}

} // namespace

// --- targets ---

void Transcript::activate(TargetPlace place)
{
    const Target *found = m_targets->find(place);
    if (!found)
        return;
    const Target chosen = *found;
    MessageFlow &flow = m_layout->flow(place.message);
    const QString id = flow.message().id;
    const size_t part = flow.row(place.row).part;
    switch (chosen.kind) {
    case Target::Link: activateLink(chosen.value); break;
    case Target::Citation: Q_EMIT citationActivated(id, chosen.value); break;
    case Target::Footnote: goToFootnote(place.message, chosen.value); break;
    case Target::Fold: setFolded(id, part, !flow.isFolded(part)); break;
    case Target::Action: Q_EMIT actionChosen(id, chosen.value); break;
    case Target::Attachment: Q_EMIT attachmentActivated(id, chosen.value); break;
    case Target::Source: Q_EMIT sourceActivated(id, chosen.value); break;
    case Target::CopyCode: QGuiApplication::clipboard()->setText(flow.codeOf(place.row)); break;
    case Target::SaveCode: Q_EMIT saveCodeAsked(flow.codeOf(place.row), chosen.value); break;
    case Target::WrapCode:
        flow.toggleWraps(place.row);
        m_layout->heightChanged(place.message);
        rowsChanged(place.message);
        break;
    case Target::Button:
        if (const auto *approval = std::get_if<ApprovalPart>(&flow.message().parts[part]))
            Q_EMIT approvalGiven(id, approval->id, chosen.value);
        else
            Q_EMIT errorActionChosen(id);
        break;
    }
}

void Transcript::activateLink(const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    static const QStringList known{u"http"_s, u"https"_s, u"mailto"_s, u"file"_s};
    if (url.isValid() && known.contains(url.scheme().toLower()))
        Q_EMIT linkActivated(url);
}

void Transcript::goToFootnote(size_t message, const QString &label)
{
    const MessageFlow &flow = m_layout->flow(message);
    for (size_t row = 0; row < flow.rowCount(); ++row) {
        const text::LeafBlock *leaf = flow.row(row).leaf();
        if (leaf && std::ranges::contains(leaf->containers, text::Container{text::Container::Footnote, label})) {
            m_layout->reveal({message, row, 0});
            m_selection->selectRow({message, row, 0});
            settle();
            viewport()->update();
            return;
        }
    }
}

void Transcript::setHovered(TargetPlace place)
{
    if (place == m_hovered)
        return;
    m_hovered = place;
    viewport()->setCursor(!place.isNone() ? Qt::PointingHandCursor : Qt::IBeamCursor);
    viewport()->update();
}

// --- mouse ---

void Transcript::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_focused = {};
    m_pressedAt = event->position();
    m_mayDrag = true;
    m_pressed = m_targets->at(toContent(event->position()));
    // What is selected may be dragged away; a mere click unselects it.
    m_isOnSelection = isInSelection(event->position()) && !(event->modifiers() & Qt::ShiftModifier);
    if (m_isOnSelection)
        return;
    if (!m_pressed.isNone() && m_targets->find(m_pressed)->kind != Target::Link)
        return;
    const TextPlace place = m_layout->placeAt(toContent(event->position()));
    if (event->modifiers() & Qt::ShiftModifier)
        m_selection->extendTo(place);
    else
        m_selection->begin(place);
    m_isSelecting = true;
    viewport()->update();
}

void Transcript::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_isSelecting) {
        if (event->buttons() & Qt::LeftButton && dragFrom(event->position()))
            return;
        setHovered(m_targets->at(toContent(event->position())));
        return;
    }
    if (event->position().y() < 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() - 20);
    else if (event->position().y() > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + 20);
    m_selection->extendTo(m_layout->placeAt(toContent(event->position())));
    viewport()->update();
}

void Transcript::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_isSelecting = false;
    if (std::exchange(m_isOnSelection, false)) {
        m_selection->begin(m_layout->placeAt(toContent(event->position())));
        viewport()->update();
    }
    if (!m_pressed.isNone() && m_selection->isEmpty() && m_targets->at(toContent(event->position())) == m_pressed)
        activate(m_pressed);
    else if (!m_pressed.isNone() && m_targets->find(m_pressed) && m_targets->find(m_pressed)->kind != Target::Link
             && m_targets->at(toContent(event->position())) == m_pressed)
        activate(m_pressed);
    m_pressed = {};
    if (!m_selection->isEmpty() && QGuiApplication::clipboard()->supportsSelection())
        QGuiApplication::clipboard()->setText(m_selection->source(), QClipboard::Selection);
}

void Transcript::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (!m_targets->at(toContent(event->position())).isNone()) {
        mousePressEvent(event);
        return;
    }
    m_selection->selectWord(m_layout->placeAt(toContent(event->position())));
    viewport()->update();
}

void Transcript::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        setZoom(zoom() * std::pow(1.1, event->angleDelta().y() / 120.0));
        return;
    }
    const bool isSideways =
        std::abs(event->angleDelta().x()) > std::abs(event->angleDelta().y()) || event->modifiers() & Qt::ShiftModifier;
    if (isSideways) {
        const double by = event->angleDelta().x() != 0 ? event->angleDelta().x() : event->angleDelta().y();
        const TextPlace place = m_layout->placeAt(toContent(event->position()));
        if (scrollSideways(place.message, place.row, -by / 2))
            return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

bool Transcript::scrollSideways(size_t message, size_t row, double by)
{
    const bool isThere = message < m_layout->count() && row < m_layout->flow(message).rowCount();
    if (!isThere || !m_layout->flow(message).scrollSideways(row, by))
        return false;
    viewport()->update();
    return true;
}

bool Transcript::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const Target *found = m_targets->find(m_targets->at(toContent(help->pos())));
        if (found && found->kind == Target::Link)
            QToolTip::showText(help->globalPos(), linkTip(found->value), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Leave)
        setHovered({});
    return QAbstractScrollArea::viewportEvent(event);
}

void Transcript::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const TextPlace under = m_layout->placeAt(toContent(
        event->reason() == QContextMenuEvent::Mouse ? QPointF(event->pos()) : QPointF(viewport()->rect().center())));
    const bool isByKeyboard = event->reason() == QContextMenuEvent::Keyboard && !m_focused.isNone();
    const TextPlace place = isByKeyboard ? TextPlace{m_focused.message, m_focused.row, 0} : under;
    QAction *copySelection = menu->addAction(tr("Copy"), this, &Transcript::copy);
    copySelection->setEnabled(hasSelection());
    if (const Target *found = m_targets->find(m_targets->at(toContent(event->pos())));
        found && found->kind == Target::Link) {
        menu->addAction(tr("Copy link address"), this,
                        [address = found->value] { QGuiApplication::clipboard()->setText(address); });
    }
    if (place.message < m_layout->count()) {
        const MessageFlow &flow = m_layout->flow(place.message);
        const QString id = flow.message().id;
        menu->addAction(tr("Copy message"), this, [this, id] { copyMessage(id); });
        for (const Choice &action : flow.message().actions)
            menu->addAction(action.text, this, [this, id, action = action.id] { Q_EMIT actionChosen(id, action); });
    }
    menu->addSeparator();
    menu->addAction(tr("Select all"), this, &Transcript::selectAll);
    menu->addAction(tr("Find …"), this, &Transcript::openFindBar);
    menu->popup(event->globalPos());
}

// --- keyboard ---

void Transcript::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (event->matches(QKeySequence::Find))
        openFindBar();
    else if (event->matches(QKeySequence::FindNext))
        findNext();
    else if (event->matches(QKeySequence::FindPrevious))
        findNext(true);
    else if (event->matches(QKeySequence::ZoomIn)
             || (event->key() == Qt::Key_Equal && event->modifiers() & Qt::ControlModifier))
        setZoom(zoom() * 1.1);
    else if (event->matches(QKeySequence::ZoomOut))
        setZoom(zoom() / 1.1);
    else if (event->key() == Qt::Key_0 && event->modifiers() & Qt::ControlModifier)
        setZoom(1);
    else if ((isEnter || event->key() == Qt::Key_Space) && !m_focused.isNone())
        activate(m_focused);
    else if ((event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) && !event->modifiers()
             && m_targets->find(m_focused))
        scrollSideways(m_focused.message, m_focused.row, event->key() == Qt::Key_Left ? -40 : 40);
    else if (event->key() == Qt::Key_Escape && (hasSelection() || !m_focused.isNone())) {
        m_focused = {};
        clearSelection();
    } else if (event->modifiers() & Qt::ShiftModifier && moveCaret(*event))
        return;
    else if (event->key() == Qt::Key_Home)
        verticalScrollBar()->setValue(0);
    else if (event->key() == Qt::Key_End)
        scrollToEnd();
    else if (event->key() == Qt::Key_Space)
        verticalScrollBar()->triggerAction(event->modifiers() & Qt::ShiftModifier ? QAbstractSlider::SliderPageStepSub
                                                                                  : QAbstractSlider::SliderPageStepAdd);
    else
        QAbstractScrollArea::keyPressEvent(event);
}

bool Transcript::moveCaret(const QKeyEvent &event)
{
    if (m_layout->count() == 0)
        return false;
    const bool isWide = event.modifiers() & Qt::ControlModifier;
    TranscriptSelection::Move move{};
    switch (event.key()) {
    case Qt::Key_Left: move = isWide ? TranscriptSelection::WordLeft : TranscriptSelection::Left; break;
    case Qt::Key_Right: move = isWide ? TranscriptSelection::WordRight : TranscriptSelection::Right; break;
    case Qt::Key_Up: move = TranscriptSelection::Up; break;
    case Qt::Key_Down: move = TranscriptSelection::Down; break;
    case Qt::Key_Home: move = isWide ? TranscriptSelection::DocumentStart : TranscriptSelection::LineStart; break;
    case Qt::Key_End: move = isWide ? TranscriptSelection::DocumentEnd : TranscriptSelection::LineEnd; break;
    default: return false;
    }
    if (!m_selection->isActive())
        m_selection->begin(m_layout->placeAt({0, static_cast<double>(m_layout->top() + 4)}));
    m_selection->move(move);
    m_layout->reveal(m_selection->caret());
    settle();
    tellCaret();
    viewport()->update();
    return true;
}

void Transcript::showFocusedLink()
{
    const Target *found = m_targets->find(m_focused);
    if (!found || found->kind != Target::Link) {
        QToolTip::hideText();
        return;
    }
    const QPointF at = m_targets->bottomOf(m_focused) + QPointF(columnX(), -static_cast<double>(m_layout->top()));
    QToolTip::showText(viewport()->mapToGlobal(at.toPoint()), linkTip(found->value), viewport());
}

void Transcript::tellCaret()
{
    if (!QAccessible::isActive())
        return;
    const auto message = static_cast<int>(m_selection->caret().message);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(this);
    QAccessibleInterface *text = list ? list->child(message) : nullptr;
    if (!text || !text->textInterface())
        return;
    QAccessibleTextCursorEvent event(this, text->textInterface()->cursorPosition());
    event.setChild(message);
    QAccessible::updateAccessibility(&event);
}

bool Transcript::focusNextPrevChild(bool next)
{
    if (!hasFocus())
        return QAbstractScrollArea::focusNextPrevChild(next);
    m_focused = m_targets->next(m_focused, !next);
    showFocusedLink();
    if (const Target *found = m_targets->find(m_focused); found && QAccessible::isActive()) {
        QAccessibleAnnouncementEvent event(this, found->text);
        QAccessible::updateAccessibility(&event);
    }
    viewport()->update();
    return !m_focused.isNone() || QAbstractScrollArea::focusNextPrevChild(next);
}

void Transcript::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void Transcript::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    m_focused = {};
    viewport()->update();
}

// --- selection and finding ---

bool Transcript::hasSelection() const
{
    return !m_selection->isEmpty();
}

QString Transcript::selectedSource() const
{
    return m_selection->source();
}

void Transcript::selectAll()
{
    m_selection->selectAll();
    settle();
    viewport()->update();
}

void Transcript::clearSelection()
{
    m_selection->clear();
    viewport()->update();
}

void Transcript::copy()
{
    if (hasSelection())
        QGuiApplication::clipboard()->setMimeData(mimeOfMarkdown(m_selection->source()));
}

void Transcript::copyMessage(const QString &id)
{
    if (m_layout->indexOf(id))
        QGuiApplication::clipboard()->setMimeData(mimeOfMarkdown(textOf(id)));
}

QString Transcript::textOf(const QString &id) const
{
    const auto index = m_layout->indexOf(id);
    if (!index)
        return {};
    QStringList texts;
    for (const Part &part : m_layout->flow(*index).message().parts) {
        if (const auto *text = std::get_if<TextPart>(&part))
            texts << text->markdown;
    }
    return texts.join(u"\n\n"_s);
}

void Transcript::openFindBar()
{
    placeFloats();
    m_findBar->open();
}

void Transcript::closeFindBar()
{
    m_findBar->hide();
    find({});
    setFocus();
}

void Transcript::placeFloats()
{
    const int width = std::min(420, viewport()->width() - 16);
    const int x = isRightToLeft() ? 8 : viewport()->width() - width - 8;
    m_findBar->setGeometry(x, 8, width, m_findBar->sizeHint().height());
    const QSize size = m_toEnd->sizeHint();
    m_toEnd->setGeometry({{(viewport()->width() - size.width()) / 2, viewport()->height() - size.height() - 12}, size});
    m_toEnd->setVisible(!m_wasAtEnd);
}

void Transcript::find(const QString &words)
{
    m_finder->find(words);
}

void Transcript::findNext(bool backwards)
{
    const auto place = m_finder->next(backwards, m_layout->placeAt({0, static_cast<double>(m_layout->top())}));
    if (!place)
        return;
    m_layout->reveal(*place);
    settle();
    viewport()->update();
}

int Transcript::foundCount() const
{
    return m_finder->count();
}

int Transcript::foundCurrent() const
{
    return m_finder->current();
}

} // namespace quintet::ui
