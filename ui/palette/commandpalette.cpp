// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/commandpalette.h"

#include "ui/actions/action.h"
#include "ui/actions/fuzzymatch.h"
#include "ui/palette/palettedelegate.h"
#include "ui/palette/palettemodel.h"
#include "ui/theme/colors.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QMimeData>
#include <QPainter>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int widest = 640;
constexpr int fromTop = 64;
constexpr int mostListed = 440;
constexpr qsizetype enoughForAWish = 3;
constexpr int hereLift = 6;    ///< what the page that is shown is
constexpr int usedLately = 24; ///< what the last used is lifted by

QString titleFor(pattern::Pattern pattern)
{
    switch (pattern) {
    case pattern::Pattern::Summarize: return CommandPalette::tr("Summarize this");
    case pattern::Pattern::Chat: return CommandPalette::tr("Chat about this");
    case pattern::Pattern::Batch: return CommandPalette::tr("Run a batch on this");
    case pattern::Pattern::Knowledge: return CommandPalette::tr("Ask or add to a collection");
    case pattern::Pattern::Agent: return CommandPalette::tr("Give this to an agent");
    }
    return {};
}

/// That of its tab; the logo for what is the window's.
QIcon iconOf(const QAction &action)
{
    const QString page = action.objectName().section(u'.', 0, 0);
    return icon(page == u"window" ? u"logo"_s : page);
}

/// Where it belongs; of what is switched, also how it stands.
QString stateOf(const QAction &action, const QString &category)
{
    if (!action.isCheckable())
        return category;
    return action.isChecked() ? CommandPalette::tr("%1 · on").arg(category)
                              : CommandPalette::tr("%1 · off").arg(category);
}

} // namespace

CommandPalette::CommandPalette(QWidget *window, AdviceSession &advice, const QString &settingsFile)
    : QWidget(window),
      m_window(window),
      m_advice(advice),
      m_recent(settingsFile),
      m_line(new QLineEdit),
      m_things(makeLabel({}, TextStyle::Small)),
      m_list(new QListView),
      m_nothing(makeLabel(tr("Nothing is called so."), TextStyle::Base, Tone::Second)),
      m_model(new PaletteModel(this))
{
    setObjectName(u"commandPalette"_s);
    setAccessibleName(tr("Commands"));
    setAcceptDrops(true);
    m_line->setObjectName(u"paletteLine"_s);
    m_line->setAccessibleName(tr("Find a command, or say what you want"));
    m_line->setPlaceholderText(tr("Find a command, or type, paste or drop anything"));
    m_line->setMinimumHeight(38);
    m_line->installEventFilter(this);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // the keyboard stays in the line and moves through the rows from there
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nothing->setContentsMargins(16, 4, 16, 8);
    auto *remove = new Button(u"paletteForget"_s, tr("Remove"), Button::Quiet, Button::Small);
    QBoxLayout *things = makeRow();
    things->setContentsMargins(16, 0, 10, 4);
    things->addWidget(m_things, 1);
    things->addWidget(remove);
    m_thingsRow = wrap(things);
    QBoxLayout *top = makeColumn(0);
    top->setContentsMargins(10, 10, 10, 6);
    top->addWidget(m_line);
    QBoxLayout *column = makeColumn(0);
    column->setContentsMargins(0, 0, 0, 6);
    column->addLayout(top);
    column->addWidget(m_thingsRow);
    column->addWidget(m_list, 1);
    column->addWidget(m_nothing);
    m_box = makeCard(u"paletteBox"_s);
    m_box->setLayout(column);
    m_box->setParent(this);
    connect(m_line, &QLineEdit::textChanged, this, &CommandPalette::refresh);
    connect(&m_advice, &AdviceSession::advised, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(remove, &Button::clicked, this, [this] {
        m_given = {};
        m_line->setFocus();
        refresh();
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { run(index.row()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &CommandPalette::tellChosen);
    window->installEventFilter(this);
    hide();
}

void CommandPalette::open(const Given &given)
{
    if (!isVisible())
        m_before = m_window->focusWidget();
    m_given = given;
    m_line->clear();
    setGeometry(m_window->rect());
    show();
    raise();
    m_line->setFocus(Qt::ShortcutFocusReason);
    refresh();
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    hide();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    else
        m_window->setFocus();
}

Given CommandPalette::given() const
{
    Given all = m_given;
    const Given typed = givenFrom(m_line->text());
    all.links << typed.links;
    if (!typed.text.trimmed().isEmpty())
        all.text = all.text.isEmpty() ? typed.text : typed.text + u"\n\n"_s + all.text;
    return all;
}

std::vector<PaletteEntry> CommandPalette::actionEntries(const QString &typed)
{
    std::vector<std::pair<int, PaletteEntry>> found;
    for (QAction *action : actionsIn(m_window)) {
        if (!isAvailable(action) || action->property("isPalette").toBool())
            continue;
        const QString category = categoryOf(action);
        const auto byName = fuzzyMatch(typed, action->text());
        const auto byBoth = fuzzyMatch(typed, category + u' ' + action->text());
        if (!byName && !byBoth)
            continue;
        const int recent = m_recent.placeOf(action->objectName());
        // While nothing is typed, what was used stands first and all else in its order.
        const int lift = recent < 0 ? 0 : typed.isEmpty() ? 1'000 - recent : usedLately - recent;
        const bool isHere = pageOf(action) != m_window && pageOf(action)->isVisible();
        const int score = typed.isEmpty()
                              ? int(isHere)
                              : std::max(byName.value_or(0), byBoth.value_or(0) - 4) + (isHere ? hereLift : 0);
        found.emplace_back(score + lift, PaletteEntry{.key = action->objectName(),
                                                      .title = action->text(),
                                                      .detail = {},
                                                      .category = stateOf(*action, category),
                                                      .shortcut = action->shortcut().toString(QKeySequence::NativeText),
                                                      .icon = iconOf(*action),
                                                      .run = [this, action = QPointer<QAction>(action)] {
                                                          if (action)
                                                              Q_EMIT actionChosen(action);
                                                      }});
    }
    std::ranges::stable_sort(found, std::greater(), &std::pair<int, PaletteEntry>::first);
    std::vector<PaletteEntry> entries;
    for (auto &[score, entry] : found)
        entries.push_back(std::move(entry));
    return entries;
}

/// The tabs that would take what is there, the one that fits first and with its reason.
std::vector<PaletteEntry> CommandPalette::wishEntries()
{
    std::vector<PaletteEntry> entries;
    const QString expected = m_advice.expectation();
    for (const auto &[traits, why] : m_advice.choices()) {
        const bool isFirst = entries.empty();
        QStringList about;
        if (isFirst)
            about << tr("Recommended") << expected;
        about.removeAll(QString());
        entries.push_back({.key = {},
                           .title = titleFor(traits.pattern),
                           .detail = why,
                           .category = about.join(u" · "_s),
                           .shortcut = {},
                           .icon = icon(traits.key),
                           .isRecommended = isFirst,
                           .run = [this, key = traits.key, given = given()] { Q_EMIT wishChosen(key, given); }});
    }
    return entries;
}

void CommandPalette::refresh()
{
    const QString typed = m_line->text().trimmed();
    const Given all = given();
    const bool hasGiven = m_given.hasThings() || !m_given.text.isEmpty();
    const bool isWish = hasGiven || !all.links.isEmpty() || typed.size() >= enoughForAWish;
    if (isWish && m_advice.given() != all) {
        const QSignalBlocker blocker(m_advice);
        m_advice.consider(all);
    }
    std::vector<PaletteEntry> entries;
    if (!hasGiven) {
        entries = actionEntries(typed);
        if (m_places && !typed.isEmpty()) {
            for (PaletteEntry &place : m_places(typed))
                entries.push_back(std::move(place));
        }
    }
    if (isWish) {
        for (PaletteEntry &wish : wishEntries())
            entries.push_back(std::move(wish));
    }
    QStringList things;
    if (const QString what = describe(m_given); !what.isEmpty())
        things << what;
    if (!m_given.text.isEmpty())
        things << tr("Text of %1 characters").arg(QLocale().toString(m_given.text.size()));
    m_things->setText(things.join(u" · "_s));
    m_thingsRow->setVisible(!things.isEmpty());
    m_model->setEntries(std::move(entries));
    m_nothing->setVisible(m_model->rowCount() == 0);
    m_list->setVisible(m_model->rowCount() > 0);
    m_list->setCurrentIndex(m_model->index(0));
    m_list->scrollToTop();
    place();
}

void CommandPalette::place()
{
    int rows = 0;
    for (int row = 0; row < m_model->rowCount() && rows < mostListed; ++row)
        rows += m_list->sizeHintForRow(row);
    const int around = 38 + 16 + 8 + (m_thingsRow->isVisibleTo(this) ? m_thingsRow->sizeHint().height() : 0)
                       + (m_nothing->isVisibleTo(this) ? m_nothing->sizeHint().height() : 0);
    const int width = std::min(widest, this->width() - 48);
    const int top = std::min(fromTop, height() / 10);
    const int height = std::min(std::min(rows, mostListed) + around, this->height() - 2 * top);
    m_box->setGeometry((this->width() - width) / 2, top, width, height);
    update();
}

void CommandPalette::run(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const PaletteEntry entry = m_model->entry(row);
    if (!entry.key.isEmpty())
        m_recent.use(entry.key);
    close();
    entry.run();
}

/// Whoever cannot see the rows hears which is chosen, while the keyboard is in the line.
void CommandPalette::tellChosen()
{
    m_line->setAccessibleDescription(m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
}

bool CommandPalette::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    const int rows = m_model->rowCount();
    const auto go = [this, rows](int to) {
        if (rows > 0)
            m_list->setCurrentIndex(m_model->index((to + rows) % rows));
        return true;
    };
    const int current = m_list->currentIndex().row();
    switch (key) {
    case Qt::Key_Escape: close(); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: run(current); return true;
    case Qt::Key_Down:
    case Qt::Key_Tab: return go(current + 1);
    case Qt::Key_Up:
    case Qt::Key_Backtab: return go(current - 1);
    case Qt::Key_PageDown: return go(std::min(current + 8, rows - 1));
    case Qt::Key_PageUp: return go(std::max(current - 8, 0));
    default: return key == Qt::Key_V && modifiers == Qt::ControlModifier && takePasted();
    }
}

/// What does not fit into a line: files, pictures, a text of several lines.
bool CommandPalette::takePasted()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    const Given pasted = data ? givenFrom(*data) : Given();
    if (pasted.paths.isEmpty() && pasted.pictures.isEmpty() && !pasted.text.contains(u'\n'))
        return false;
    take(pasted);
    return true;
}

void CommandPalette::take(const Given &given)
{
    m_given.paths << given.paths;
    m_given.links << given.links;
    m_given.pictures << given.pictures;
    if (!given.text.isEmpty())
        m_given.text = given.text;
    refresh();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && event->type() == QEvent::Resize)
        setGeometry(m_window->rect());
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        return handleKey(key->key(), key->modifiers());
    }
    // Escape is a shortcut of many pages; here it is the palette's.
    if (watched == m_line && event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
        event->accept();
    return QWidget::eventFilter(watched, event);
}

void CommandPalette::mousePressEvent(QMouseEvent *event)
{
    if (!m_box->geometry().contains(event->position().toPoint()))
        close();
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    // A soft shadow, as it floats.
    QColor shade(Qt::black);
    shade.setAlphaF(0.012F);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int i = 20; i > 0; i -= 2) {
        painter.setBrush(shade);
        painter.drawRoundedRect(m_box->geometry().adjusted(-i, -i + 4, i, i + 6), 10 + i, 10 + i);
    }
}

void CommandPalette::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void CommandPalette::dragEnterEvent(QDragEnterEvent *event)
{
    if (mayHold(*event->mimeData()))
        event->acceptProposedAction();
}

void CommandPalette::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    take(givenFrom(*event->mimeData()));
}

} // namespace quintet::ui
