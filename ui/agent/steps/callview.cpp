// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/steps/callview.h"

#include "agent/run/linediff.h"
#include "agent/run/permissions.h"
#include "ui/agent/steps/approvalcard.h"
#include "ui/agent/steps/codebox.h"
#include "ui/agent/steps/gridtable.h"
#include "ui/agent/steps/gridview.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QLocale>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using agent::CallState;

namespace {

constexpr qsizetype briefResult = 60;      // characters that fit behind the arrow
constexpr qsizetype longestShown = 20'000; // of a result; the export has all

/// Facts of the call behind its title: the tool, what it touches, rows, time.
QString factsOf(const agent::Call &call, bool isBrief)
{
    QStringList facts{call.wish.name};
    const bool hasCode = !call.arguments[u"sql"].toString().isEmpty();
    if (isBrief)
        facts = {agent::subjectOf(call.arguments).simplified()};
    else if (!hasCode && !call.arguments.isEmpty())
        facts << agent::subjectOf(call.arguments).simplified();
    if (hasCode)
        facts << CallView::tr("read-only");
    if (call.result && call.result->grid)
        facts << rowsWord(*call.result->grid);
    if (call.isOver() && call.time.count() > 0 && !isBrief) {
        facts << (call.time.count() < 10'000 ? CallView::tr("%1 ms").arg(call.time.count())
                                             : CallView::tr("%1 s").arg(call.time.count() / 1000));
    }
    return facts.join(u" · "_s);
}

QString stateWord(const agent::Call &call)
{
    switch (call.state) {
    case CallState::Running: return CallView::tr("running…");
    case CallState::Failed: return CallView::tr("failed");
    case CallState::Malformed: return CallView::tr("not understood");
    case CallState::Denied: return CallView::tr("not allowed");
    case CallState::Interrupted: return CallView::tr("interrupted");
    case CallState::Asked:
    case CallState::Waiting:
    case CallState::Done: return {};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

CallView::CallView(const agent::Call &call, const QString &heading, const StepSetting &setting)
    : m_call(call),
      m_setting(setting)
{
    setObjectName(u"call-%1"_s.arg(call.id));
    QBoxLayout *column = makeColumn(6);
    if (call.state == CallState::Waiting) {
        auto *card = new ApprovalCard(call, setting.isInFolder, setting.highlighter);
        connect(card, &ApprovalCard::answered, this,
                [this](const agent::Approval &approval) { Q_EMIT answered(m_call.id, approval); });
        column->addWidget(card);
    } else {
        addHead(column, heading);
        addRequest(column);
        addOutcome(column);
    }
    setLayout(column);
}

/// A result that stands behind the title.
bool CallView::isBrief() const
{
    const bool isLine = m_call.state == CallState::Done && m_call.result && !m_call.result->grid
                        && !m_call.result->change && m_call.result->text.section(u'\n', 0, 0).size() <= briefResult;
    return isLine && m_call.result->text.trimmed().count(u'\n') <= 1 && m_call.arguments.value(u"sql").isUndefined();
}

void CallView::addHead(QBoxLayout *column, const QString &heading)
{
    QBoxLayout *row = makeRow(6);
    const QString title = !heading.isEmpty() ? heading : m_call.title.isEmpty() ? m_call.wish.name : m_call.title;
    row->addWidget(makeLabel(title, TextStyle::Heading));
    auto *facts = new ElidedLabel(factsOf(m_call, isBrief()));
    facts->setObjectName(u"callFacts"_s);
    facts->setFont(fontFor(TextStyle::Small));
    setTone(facts, Tone::Second);
    if (isBrief()) {
        facts->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
        row->addWidget(facts);
        QLabel *result = makeLabel(u"→ "_s + m_call.result->text.section(u'\n', 0, 0), TextStyle::Heading);
        result->setObjectName(u"callResult"_s);
        result->setTextInteractionFlags(Qt::TextSelectableByMouse);
        row->addWidget(result);
        row->addStretch(1);
    } else {
        row->addWidget(facts, 1);
    }
    if (const QString word = stateWord(m_call); !word.isEmpty()) {
        const bool isBad = m_call.state == CallState::Failed || m_call.state == CallState::Malformed;
        row->addWidget(makeLabel(word, TextStyle::Small, isBad ? Tone::Bad : Tone::Second));
    }
    column->addLayout(row);
}

void CallView::addRequest(QBoxLayout *column)
{
    if (const QString sql = m_call.arguments.value(u"sql").toString(); !sql.isEmpty())
        column->addWidget(new CodeBox(u"callSql"_s, sql, u"sql"_s, m_setting.highlighter));
}

void CallView::addOutcome(QBoxLayout *column)
{
    if (m_call.state == CallState::Done && m_call.result) {
        if (m_call.result->change) {
            const agent::FileChange &change = *m_call.result->change;
            column->addWidget(
                new CodeBox(u"callChange"_s, agent::lineDiff(change.before, change.after), m_setting.highlighter));
            if (!change.version.isEmpty() && m_call.effect == agent::Effect::Writes) {
                auto *undo = new Button(u"undoChange"_s, tr("Undo this change"), Button::Quiet, Button::Small);
                connect(undo, &Button::clicked, this, [this, version = change.version] { Q_EMIT undoAsked(version); });
                column->addWidget(undo, 0, Qt::AlignLeft);
            }
        } else if (m_call.result->grid && !m_call.result->grid->columns.isEmpty()) {
            column->addWidget(new GridView(*m_call.result->grid));
        } else if (!isBrief() && !m_call.result->text.trimmed().isEmpty()) {
            column->addWidget(
                new CodeBox(u"callText"_s, m_call.result->text.left(longestShown), {}, m_setting.highlighter));
        }
        return;
    }
    if (m_call.failure.isEmpty())
        return;
    const bool isBad = m_call.state == CallState::Failed || m_call.state == CallState::Malformed;
    QLabel *failure = makeLabel(m_call.failure, TextStyle::Small, isBad ? Tone::Bad : Tone::Second);
    failure->setObjectName(u"callFailure"_s);
    failure->setWordWrap(true);
    failure->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(failure);
}

} // namespace quintet::ui
