// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/advice/wishbox.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QPlainTextEdit>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int fewestLines = 2;
constexpr int mostLines = 8;
constexpr int padding = 6;

/// Whether `data` holds what does not fit into an editor.
bool holdsThings(const QMimeData *data)
{
    return data && (data->hasUrls() || (data->hasImage() && !data->hasText()));
}

} // namespace

WishBox::WishBox(const QString &name) : m_edit(new QPlainTextEdit), m_chips(new QWidget), m_flow(new FlowLayout(6))
{
    setObjectName(name + u"Box"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    setAcceptDrops(true);
    m_edit->setObjectName(name);
    m_edit->setAccessibleName(tr("What do you want to do?"));
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->setFont(fontFor(TextStyle::Reading));
    m_edit->setTabChangesFocus(true);
    m_edit->document()->setDocumentMargin(padding);
    m_edit->viewport()->setAutoFillBackground(false);
    m_edit->installEventFilter(this);
    m_edit->viewport()->installEventFilter(this);
    m_chips->setLayout(m_flow);
    m_flow->setContentsMargins(0, 0, 0, 0);
    QBoxLayout *column = makeColumn(6);
    column->setContentsMargins(8, 6, 8, 8);
    column->addWidget(m_edit);
    column->addWidget(m_chips);
    column->addWidget(makeFoot());
    setLayout(column);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        grow();
        m_given.text = m_edit->toPlainText();
        if (!m_isSetting)
            Q_EMIT changed();
    });
    showChips();
    grow();
}

QWidget *WishBox::makeFoot()
{
    auto *files = new Button(objectName() + u"Files"_s, tr("Add files…"), Button::Quiet, Button::Small);
    auto *folder = new Button(objectName() + u"Folder"_s, tr("Add a folder…"), Button::Quiet, Button::Small);
    files->setIcon(icon(u"plus"_s));
    connect(files, &Button::clicked, this, [this] {
        Given more;
        more.paths = QFileDialog::getOpenFileNames(this, tr("Add files"));
        add(more);
    });
    connect(folder, &Button::clicked, this, [this] {
        const QString path = QFileDialog::getExistingDirectory(this, tr("Add a folder"));
        if (!path.isEmpty())
            add({{}, {path}, {}, {}});
    });
    QBoxLayout *row = makeRow(2);
    row->addWidget(files);
    row->addWidget(folder);
    row->addStretch(1);
    return wrap(row);
}

void WishBox::setGiven(const Given &given)
{
    m_isSetting = true;
    m_given = given;
    m_edit->setPlainText(given.text);
    m_isSetting = false;
    showChips();
    Q_EMIT changed();
}

void WishBox::add(const Given &given)
{
    if (given.isEmpty())
        return;
    m_given.paths << given.paths;
    m_given.paths.removeDuplicates();
    m_given.links << given.links;
    m_given.pictures << given.pictures;
    m_isSetting = true;
    if (!given.text.isEmpty())
        m_edit->insertPlainText(given.text);
    m_isSetting = false;
    showChips();
    Q_EMIT changed();
}

void WishBox::addChip(const QString &text, std::function<void(Given &)> remove)
{
    auto *chip = new Chip(u"given%1"_s.arg(m_flow->count()), text, icon(u"close"_s));
    m_flow->addWidget(chip);
    // Queued, since the chips are made anew.
    connect(
        chip, &Chip::removalAsked, this,
        [this, remove = std::move(remove)] {
            remove(m_given);
            showChips();
            m_edit->setFocus();
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

void WishBox::showChips()
{
    while (QLayoutItem *item = m_flow->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const QString &path : m_given.paths)
        addChip(QFileInfo(path).fileName() + (QFileInfo(path).isDir() ? u"/"_s : QString()),
                [path](Given &given) { given.paths.removeAll(path); });
    for (const QUrl &link : m_given.links)
        addChip(link.host() + link.path(), [link](Given &given) { given.links.removeAll(link); });
    for (qsizetype i = 0; i < m_given.pictures.size(); ++i)
        addChip(tr("Picture %1").arg(i + 1), [i](Given &given) { given.pictures.removeAt(i); });
    m_chips->setVisible(m_given.hasThings());
}

void WishBox::grow()
{
    const int lines = std::clamp(m_edit->document()->blockCount(), fewestLines, mostLines);
    m_edit->setFixedHeight(lines * QFontMetrics(m_edit->font()).lineSpacing() + 2 * padding + 4);
}

bool WishBox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const QMimeData *data = QGuiApplication::clipboard()->mimeData();
        if (key->matches(QKeySequence::Paste) && holdsThings(data)) {
            add(givenFrom(*data));
            return true;
        }
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && !(key->modifiers() & Qt::ShiftModifier)) {
            Q_EMIT goAsked();
            return true;
        }
    }
    const auto type = event->type();
    if (watched == m_edit->viewport()
        && (type == QEvent::DragEnter || type == QEvent::DragMove || type == QEvent::Drop)) {
        auto *drop = static_cast<QDropEvent *>(event);
        if (holdsThings(drop->mimeData())) {
            drop->acceptProposedAction();
            if (type == QEvent::Drop)
                add(givenFrom(*drop->mimeData()));
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void WishBox::dragEnterEvent(QDragEnterEvent *event)
{
    if (mayHold(*event->mimeData()))
        event->acceptProposedAction();
}

void WishBox::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    add(givenFrom(*event->mimeData()));
}

void WishBox::focusInEvent(QFocusEvent *event)
{
    m_edit->setFocus(event->reason());
}

} // namespace quintet::ui
