// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/sourcechips.h"

#include "ui/summarize/summarizesession.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flowlayout.h"

#include <QMenu>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t mostChips = 5;

}

SourceChips::SourceChips(SummarizeSession &session) : m_session(session), m_row(new FlowLayout(6))
{
    m_row->setContentsMargins(20, 10, 20, 2);
    setLayout(m_row);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_soon.setSingleShot(true);
    m_soon.setInterval(50); // many documents are read in a moment
    connect(&m_soon, &QTimer::timeout, this, &SourceChips::showSources);
    const auto showSoon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&m_session.sources(), &SourceShelf::changed, this, showSoon);
    connect(&m_session.sources(), &SourceShelf::shownChanged, this, showSoon);
    connect(&m_session, &SummarizeSession::started, this, showSoon);
    connect(&m_session, &SummarizeSession::ended, this, showSoon);
    showSources();
}

/// Nothing is written yet.
bool SourceChips::isEmpty(const Source &source) const
{
    return source.id == SourceShelf::typed && m_session.sources().typedText().isEmpty();
}

/// Those of the sources that chips are made for: the first few, and the shown one in any case.
std::vector<const Source *> SourceChips::sourcesWithChips() const
{
    std::vector<const Source *> found;
    const Source &shown = m_session.shown();
    for (const Source &source : m_session.sources().all()) {
        if (source.id == shown.id || (!isEmpty(source) && found.size() < mostChips))
            found.push_back(&source);
    }
    return found;
}

void SourceChips::showSources()
{
    while (QLayoutItem *item = m_row->takeAt(0)) {
        item->widget()->deleteLater();
        item->widget()->hide();
        delete item;
    }
    const auto &sources = m_session.sources().all();
    setVisible(sources.size() > 1);
    if (sources.size() <= 1)
        return;
    const std::vector<const Source *> withChips = sourcesWithChips();
    for (const Source *source : withChips)
        addChip(*source);
    const bool isTypedHidden = isEmpty(sources.front()) && m_session.shown().id != SourceShelf::typed;
    if (withChips.size() + (isTypedHidden ? 1 : 0) < sources.size())
        addButton(u"allSources"_s, tr("All %L1…").arg(sources.size() - 1), &SourceChips::openAllSources)
            ->setAccessibleName(tr("Show one of all documents"));
    Button *more = addButton(u"addSource"_s, tr("Add…"), &SourceChips::addAsked);
    more->setIcon(icon(u"plus"_s));
    more->setAccessibleName(tr("Add documents"));
    if (m_session.hasSeveralSources()) {
        addButton(u"summarizeEach"_s, tr("Summarize each"), &SourceChips::summarizeEach)
            ->setToolTip(tr("One summary of each of these texts"));
        addButton(u"summarizeTogether"_s, tr("Summarize together"), &SourceChips::summarizeTogether)
            ->setToolTip(tr("One summary of all these texts"));
    }
    for (int i = 0; i < m_row->count(); ++i)
        m_row->itemAt(i)->widget()->show();
}

QString SourceChips::stateOf(const Source &source) const
{
    const QString name = source.id == SourceShelf::typed ? tr("Your text") : source.name;
    const auto pages = source.content ? source.content->labels.size() : 0;
    if (source.state == Source::Reading)
        return tr("%1 · reading…").arg(name);
    if (source.state == Source::Failed)
        return tr("%1 · not read").arg(name);
    if (source.id == m_session.running())
        return tr("%1 · being summarized…").arg(name);
    if (pages > 1)
        return tr("%1 · %Ln page(s)", nullptr, static_cast<int>(pages)).arg(name);
    return name;
}

void SourceChips::addChip(const Source &source)
{
    const bool isTyped = source.id == SourceShelf::typed;
    auto *chip = new Chip(u"chip%1"_s.arg(source.id), stateOf(source), isTyped ? QIcon() : icon(u"close"_s));
    chip->setChecked(source.id == m_session.shown().id);
    m_row->addWidget(chip);
    // Queued, since showing another source makes these chips anew.
    connect(
        chip, &Chip::clicked, &m_session,
        [this, id = source.id] {
            m_session.sources().show(id);
            showSources();
        },
        Qt::QueuedConnection);
    connect(
        chip, &Chip::removalAsked, &m_session, [this, id = source.id] { m_session.sources().remove(id); },
        Qt::QueuedConnection);
}

Button *SourceChips::addButton(const QString &name, const QString &text, void (SourceChips::*press)())
{
    auto *button = new Button(name, text, Button::Quiet, Button::Small);
    connect(button, &Button::clicked, this, press, Qt::QueuedConnection);
    m_row->addWidget(button);
    return button;
}

void SourceChips::summarizeEach()
{
    m_session.summarizeEach();
}

void SourceChips::summarizeTogether()
{
    m_session.summarizeTogether();
}

void SourceChips::openAllSources()
{
    QMenu menu;
    for (const Source &source : m_session.sources().all()) {
        if (isEmpty(source))
            continue;
        QAction *action = menu.addAction(stateOf(source).replace(u'&', u"&&"_s), this,
                                         [this, id = source.id] { m_session.sources().show(id); });
        action->setCheckable(true);
        action->setChecked(source.id == m_session.shown().id);
    }
    menu.exec(mapToGlobal(QPoint(20, height())));
}

} // namespace quintet::ui
