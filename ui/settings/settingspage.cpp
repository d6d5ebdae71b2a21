// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingspage.h"

#include "ui/actions/action.h"
#include "ui/theme/label.h"
#include "ui/widgets/panes.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QTimer>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int columnWidth = 760;

bool takesWheel(const QWidget *control)
{
    return qobject_cast<const QAbstractSpinBox *>(control) || qobject_cast<const QComboBox *>(control);
}

/// Everything that can be read in a section, and what its controls are called.
QString wordsIn(const QWidget *section)
{
    QStringList words;
    for (const QWidget *widget : section->findChildren<QWidget *>()) {
        words << widget->accessibleName() << widget->toolTip();
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            words << label->text();
        else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            words << button->text();
        else if (const auto *box = qobject_cast<const QComboBox *>(widget))
            words << box->currentText();
    }
    return words.join(u'\n');
}

} // namespace

SettingsPage::SettingsPage() : m_search(new QLineEdit), m_column(makeColumn(28))
{
    setObjectName(u"settingsPage"_s);
    setAccessibleName(tr("Settings"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_search->setObjectName(u"settingsSearch"_s);
    m_search->setAccessibleName(tr("Search the settings"));
    m_search->setPlaceholderText(tr("Search the settings…"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(280);
    for (auto *clear : m_search->findChildren<QAbstractButton *>()) {
        clear->setObjectName(u"settingsSearchClear"_s);
        clear->setAccessibleName(tr("Clear the search"));
    }
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::showMatching);
    const QAction *find = makeAction(this, u"settings.search"_s, tr("Search the settings"), {QKeySequence::Find});
    connect(find, &QAction::triggered, m_search, [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    setFocusProxy(m_search);
    m_nothing = makeLabel(tr("No setting has these words."), TextStyle::Base, Tone::Second);
    m_nothing->setObjectName(u"settingsNothing"_s);
    m_nothing->hide();

    QBoxLayout *head = makeRow(16);
    head->addWidget(makeLabel(tr("Settings"), TextStyle::Display));
    head->addStretch(1);
    head->addWidget(m_search, 1);
    QBoxLayout *all = makeColumn(28);
    all->setContentsMargins(24, 28, 24, 24);
    all->addLayout(head);
    all->addWidget(m_nothing);
    all->addLayout(m_column);
    all->addStretch(1);
    QWidget *content = wrap(all);
    content->setMaximumWidth(columnWidth + 48);
    QBoxLayout *row = makeRow(0);
    row->addStretch(1);
    row->addWidget(content, 100);
    row->addStretch(1);
    setWidget(wrap(row));
}

void SettingsPage::addSection(const QString &key, const QString &title, QWidget *content, const QString &before)
{
    QBoxLayout *column = makeColumn(10);
    column->addWidget(makeLabel(title, TextStyle::Title));
    column->addWidget(content);
    QWidget *section = wrap(column);
    section->setObjectName(key + u"Section"_s);
    const auto place = std::ranges::find(m_sections, before + u"Section"_s, &QWidget::objectName);
    m_column->insertWidget(int(place - m_sections.begin()), section);
    m_sections.insert(place, section);
    const QAction *show = makeAction(this, u"settings."_s + key, tr("Settings: %1").arg(title));
    connect(show, &QAction::triggered, this, [this, key] { showSection(key); });
    for (QWidget *control : section->findChildren<QWidget *>()) {
        if (takesWheel(control)) {
            control->setFocusPolicy(Qt::StrongFocus);
            control->installEventFilter(this);
        }
    }
}

void SettingsPage::showSection(const QString &key)
{
    m_search->clear();
    for (QWidget *section : m_sections) {
        if (section->objectName() == key + u"Section"_s)
            // Once the page is laid out, which it is not when it shows for the first time.
            QTimer::singleShot(0, section, [this, section] { ensureWidgetVisible(section, 0, viewport()->height()); });
    }
}

void SettingsPage::search(const QString &words)
{
    m_search->setText(words);
}

void SettingsPage::showMatching(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    bool any = false;
    for (QWidget *section : m_sections) {
        const QString all = wordsIn(section);
        const bool matches =
            std::ranges::all_of(words, [&all](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
        section->setVisible(matches);
        any = any || matches;
    }
    m_nothing->setVisible(!any);
}

bool SettingsPage::eventFilter(QObject *watched, QEvent *event)
{
    auto *control = qobject_cast<QWidget *>(watched);
    if (event->type() != QEvent::Wheel || !control || !takesWheel(control) || control->hasFocus())
        return QScrollArea::eventFilter(watched, event);
    event->ignore();
    return true;
}

} // namespace quintet::ui
