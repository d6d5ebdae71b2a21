// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/composer.h"

#include "ui/chat/contextgauge.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QAbstractItemView>
#include <QBoxLayout>
#include <QBuffer>
#include <QClipboard>
#include <QCompleter>
#include <QGuiApplication>
#include <QImage>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostLines = 9;
constexpr qsizetype shownOfQueued = 80;

/// The word that the cursor is behind, if a prompt or collection can be taken there: "/na" at the very start, "@na"
/// behind white space.
QString openWord(const QPlainTextEdit &edit)
{
    const QTextCursor cursor = edit.textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    const qsizetype space = before.lastIndexOf(u' ');
    const QString word = before.mid(space + 1);
    const bool isAtStart = cursor.blockNumber() == 0 && space < 0;
    return word.startsWith(u'@') || (word.startsWith(u'/') && isAtStart) ? word : QString();
}

} // namespace

Composer::Composer()
{
    setObjectName(u"composer"_s);
    setProperty("look", u"card"_s);
    m_edit = new QPlainTextEdit;
    m_edit->setObjectName(u"message"_s);
    m_edit->setAccessibleName(tr("Message"));
    m_edit->setPlaceholderText(tr("Write a message, / for prompts, @ for collections"));
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->setFont(fontFor(TextStyle::Reading));
    m_edit->setTabChangesFocus(true);
    m_edit->viewport()->setAutoFillBackground(false);
    m_edit->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_edit->installEventFilter(this);
    m_edit->viewport()->installEventFilter(this);
    m_chips = new QWidget;
    m_chipFlow = new FlowLayout(6);
    m_chips->setLayout(m_chipFlow);
    m_chips->setVisible(false);
    m_queue = new QWidget;
    m_queueColumn = new QVBoxLayout;
    m_queueColumn->setContentsMargins(0, 0, 0, 0);
    m_queueColumn->setSpacing(2);
    m_queue->setLayout(m_queueColumn);
    m_queue->setVisible(false);
    m_editing =
        makeLabel(tr("Another version of a message. Enter sends it, Esc leaves it."), TextStyle::Facts, Tone::Accent);
    m_editing->setVisible(false);
    m_completions = new QStringListModel(this);
    m_completer = new QCompleter(m_completions, this);
    m_completer->setWidget(m_edit);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->popup()->setAccessibleName(tr("Prompts and collections"));
    // The list hands keys on past the filters of the editor, so that they are taken here before it.
    m_completer->popup()->installEventFilter(this);

    QBoxLayout *column = makeColumn(8);
    column->setContentsMargins(12, 10, 12, 10);
    column->addWidget(m_queue);
    column->addWidget(m_editing);
    column->addWidget(m_edit);
    column->addWidget(m_chips);
    column->addWidget(makeFoot());
    setLayout(column);
    setFocusProxy(m_edit);

    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &Composer::complete);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        grow();
        showSending();
        offerCompletions();
        Q_EMIT textChanged(text());
    });
    grow();
    showSending();
}

QWidget *Composer::makeFoot()
{
    auto *attach = new Button(u"attach"_s, tr("Attach"), Button::Quiet, Button::Small);
    attach->setIcon(icon(u"plus"_s));
    attach->setToolTip(tr("Attach files or pictures; they can be dropped and pasted, too"));
    connect(attach, &Button::clicked, this, &Composer::attachAsked);
    m_collectionsButton = new Button(u"collections"_s, tr("Collections"), Button::Quiet, Button::Small);
    m_collectionsButton->setIcon(icon(u"knowledge"_s));
    m_collectionsButton->setVisible(false);
    connect(m_collectionsButton, &Button::clicked, this, &Composer::openCollections);
    m_gauge = new ContextGauge;
    m_send = new Button(u"send"_s, tr("Send"), Button::Primary);
    connect(m_send, &Button::clicked, this, [this] {
        const bool stops = m_isRunning && text().trimmed().isEmpty() && !m_hasFiles;
        stops ? Q_EMIT stopAsked() : Q_EMIT sendAsked();
    });
    QBoxLayout *row = makeRow();
    row->addWidget(attach);
    row->addWidget(m_collectionsButton);
    row->addStretch(1);
    row->addWidget(m_gauge);
    row->addWidget(m_send);
    auto *foot = new QWidget;
    foot->setLayout(row);
    return foot;
}

QString Composer::text() const
{
    return m_edit->toPlainText();
}

void Composer::setText(const QString &text)
{
    if (text == this->text())
        return;
    // Through the cursor, so that Ctrl+Z brings back what stood there.
    QTextCursor cursor(m_edit->document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    m_edit->moveCursor(QTextCursor::End);
}

void Composer::insert(const QString &text)
{
    m_edit->insertPlainText(text);
    m_edit->setFocus();
}

void Composer::setFiles(const std::vector<DraftFile> &files)
{
    while (QLayoutItem *item = m_chipFlow->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_hasFiles = !files.empty();
    m_isReading = false;
    for (const DraftFile &file : files) {
        const bool isReading = !file.attachment && !file.error;
        m_isReading = m_isReading || isReading;
        auto *chip = new Chip(u"attachment%1"_s.arg(file.id), fontMetrics().elidedText(file.name, Qt::ElideMiddle, 220),
                              icon(u"close"_s));
        chip->setIcon(icon(file.error ? u"warning"_s : u"file"_s));
        chip->setToolTip(file.error  ? file.error->message
                         : isReading ? tr("%1 is being read").arg(file.name)
                         : file.attachment->isImage()
                             ? file.name
                             : tr("%1 · about %2 tokens").arg(file.name, QLocale().toString(file.attachment->tokens)));
        chip->setAccessibleName(chip->toolTip());
        connect(chip, &Chip::removalAsked, this, [this, id = file.id] { Q_EMIT fileRemoved(id); });
        m_chipFlow->addWidget(chip);
    }
    m_chips->setVisible(m_hasFiles);
    showSending();
}

void Composer::setQueue(const std::vector<ChatDraft> &queue)
{
    while (QLayoutItem *item = m_queueColumn->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (size_t place = 0; place < queue.size(); ++place) {
        QString words = queue[place].text.simplified();
        if (words.isEmpty() && !queue[place].attachments.empty())
            words = queue[place].attachments.front().name;
        if (words.size() > shownOfQueued)
            words = words.left(shownOfQueued) + u'…';
        auto *button = new Button(u"queued%1"_s.arg(place), tr("Waits: %1").arg(words), Button::Quiet, Button::Small);
        button->setToolTip(tr("Sent when the answer is there. Click to take it back."));
        connect(button, &Button::clicked, this, [this, place] { Q_EMIT queuedChosen(place); });
        m_queueColumn->addWidget(button, 0, Qt::AlignLeft);
    }
    m_queue->setVisible(!queue.empty());
}

void Composer::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    showSending();
}

void Composer::showSending()
{
    const bool isEmpty = text().trimmed().isEmpty() && !m_hasFiles;
    const bool stops = m_isRunning && isEmpty;
    m_send->setText(stops ? tr("Stop") : m_isRunning ? tr("Send next") : tr("Send"));
    m_send->setIcon(stops ? icon(u"stop"_s) : QIcon());
    m_send->setKind(stops ? Button::Plain : Button::Primary);
    m_send->setToolTip(stops         ? tr("Stop the answer (Esc); what has come is kept")
                       : m_isRunning ? tr("Sent when the answer is there")
                                     : tr("Send (Enter)"));
    m_send->setEnabled(stops || (!isEmpty && !m_isReading));
}

void Composer::setContext(const chat::ContextUse &use)
{
    m_gauge->show(use);
}

void Composer::setCollections(const QStringList &all, const QStringList &chosen)
{
    m_collections = all;
    m_chosenCollections = chosen;
    m_collectionsButton->setVisible(!all.isEmpty() || !chosen.isEmpty());
    const QString names = chosen.join(u", ");
    m_collectionsButton->setText(chosen.isEmpty() ? tr("Collections")
                                                  : u"@ "_s + fontMetrics().elidedText(names, Qt::ElideRight, 180));
    m_collectionsButton->setToolTip(chosen.isEmpty() ? tr("Choose collections to be consulted before each answer")
                                                     : tr("Consulted before each answer: %1").arg(names));
}

void Composer::setPrompts(const std::vector<chat::Prompt> &prompts)
{
    m_promptNames.clear();
    for (const chat::Prompt &prompt : prompts)
        m_promptNames << u'/' + prompt.name;
}

void Composer::setEditing(bool isEditing)
{
    m_isEditing = isEditing;
    m_editing->setVisible(isEditing);
}

void Composer::openCollections()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QStringList names = m_collections + m_chosenCollections;
    names.removeDuplicates();
    for (const QString &name : std::as_const(names)) {
        QAction *action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(m_chosenCollections.contains(name));
        connect(action, &QAction::toggled, this,
                [this, name](bool isChosen) { Q_EMIT collectionToggled(name, isChosen); });
    }
    menu->popup(m_collectionsButton->mapToGlobal(QPoint(0, m_collectionsButton->height())));
}

/// As high as its text, up to some lines; from there on it scrolls.
void Composer::grow()
{
    const int lineHeight = m_edit->fontMetrics().lineSpacing();
    int lines = 0;
    for (QTextBlock block = m_edit->document()->begin(); block.isValid() && lines <= mostLines; block = block.next())
        lines += std::max(1, block.layout() ? block.layout()->lineCount() : 1);
    const int shown = std::clamp(lines, 1, mostLines);
    const auto margin = int(m_edit->document()->documentMargin());
    m_edit->setFixedHeight(shown * lineHeight + 2 * margin + 2);
    m_edit->setVerticalScrollBarPolicy(lines > mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

void Composer::offerCompletions()
{
    const QString word = openWord(*m_edit);
    QStringList all;
    if (word.startsWith(u'/'))
        all = m_promptNames;
    for (const QString &name : std::as_const(m_collections)) {
        if (word.startsWith(u'@'))
            all << u'@' + name;
    }
    m_completions->setStringList(all);
    m_completer->setCompletionPrefix(word.mid(1));
    if (word.isEmpty() || all.isEmpty() || m_completer->completionCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    QRect place = m_edit->cursorRect();
    place.setWidth(320);
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void Composer::complete(const QString &chosen)
{
    QTextCursor cursor = m_edit->textCursor();
    const QString word = openWord(*m_edit);
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(word.size()));
    cursor.removeSelectedText();
    if (chosen.startsWith(u'@'))
        Q_EMIT collectionToggled(chosen.mid(1), true);
    else
        Q_EMIT promptChosen(chosen.mid(1));
}

bool Composer::takeData(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    if (!paths.isEmpty()) {
        Q_EMIT filesGiven(paths);
        return true;
    }
    if (!data->hasImage() || data->hasText())
        return false;
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (!qvariant_cast<QImage>(data->imageData()).save(&buffer, "PNG"))
        return false;
    Q_EMIT pictureGiven(png);
    return true;
}

bool Composer::handleKey(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    QAbstractItemView *const popup = m_completer->popup();
    if (popup->isVisible() && (isEnter || event->key() == Qt::Key_Tab)) {
        const QString chosen = popup->currentIndex().data().toString();
        popup->hide();
        if (!chosen.isEmpty())
            complete(chosen);
        return true;
    }
    if (popup->isVisible() && event->key() == Qt::Key_Escape) {
        popup->hide();
        return true;
    }
    if (isEnter && !(event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier))) {
        if (m_send->isEnabled() && (!text().trimmed().isEmpty() || m_hasFiles))
            Q_EMIT sendAsked();
        return true;
    }
    if (event->key() == Qt::Key_Escape && m_isEditing) {
        Q_EMIT editingCancelled();
        return true;
    }
    if (event->key() == Qt::Key_Up && !event->modifiers() && text().isEmpty()) {
        Q_EMIT lastMessageWanted();
        return true;
    }
    return false;
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_completer->popup() && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool isTaken =
            key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab || key == Qt::Key_Escape;
        return isTaken ? handleKey(static_cast<QKeyEvent *>(event)) : QFrame::eventFilter(watched, event);
    }
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Paste)) {
            const QMimeData *data = QGuiApplication::clipboard()->mimeData();
            if (data && takeData(data))
                return true;
        }
        return handleKey(key);
    }
    if (watched == m_edit->viewport() && (event->type() == QEvent::DragEnter || event->type() == QEvent::Drop)) {
        auto *drop = static_cast<QDropEvent *>(event);
        if (event->type() == QEvent::DragEnter && (drop->mimeData()->hasUrls() || drop->mimeData()->hasImage())) {
            drop->acceptProposedAction();
            return true;
        }
        if (event->type() == QEvent::Drop && takeData(drop->mimeData())) {
            drop->acceptProposedAction();
            return true;
        }
    }
    if (watched == m_edit && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &Composer::grow, Qt::QueuedConnection);
    return QFrame::eventFilter(watched, event);
}

void Composer::focusInEvent(QFocusEvent *event)
{
    m_edit->setFocus(event->reason());
}

} // namespace quintet::ui
