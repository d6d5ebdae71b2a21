// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/previewpane.h"

#include "ui/theme/label.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostShown = 20'000; // characters of a prompt

} // namespace

PreviewPane::PreviewPane(BatchSession &session)
    : m_session(session),
      m_title(makeLabel({}, TextStyle::Heading)),
      m_facts(makeLabel({}, TextStyle::Facts, Tone::Second)),
      m_text(new QPlainTextEdit)
{
    setObjectName(u"previewPane"_s);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setMinimumWidth(220);
    m_title->setObjectName(u"previewTitle"_s);
    m_facts->setObjectName(u"previewFacts"_s);
    m_facts->setWordWrap(true);
    m_text->setObjectName(u"preview"_s);
    m_text->setAccessibleName(tr("The first item as it will be sent, or what came of a trial"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFrameShape(QFrame::NoFrame);
    QBoxLayout *column = makeColumn(8);
    column->setContentsMargins(18, 14, 14, 14);
    column->addWidget(m_title);
    column->addWidget(m_facts);
    column->addWidget(m_text, 1);
    setLayout(column);
    connect(&m_session, &BatchSession::estimateChanged, this, &PreviewPane::showEstimate);
    connect(&m_session, &BatchSession::tried, this, &PreviewPane::showTried);
    showEstimate();
}

void PreviewPane::showEstimate()
{
    m_title->setText(tr("The first item, as it will be sent"));
    const auto &estimate = m_session.estimate();
    const bool isThere = estimate && *estimate;
    m_text->setPlainText(isThere ? (*estimate)->firstPrompt.left(mostShown) : QString());
    QStringList facts;
    if (isThere) {
        for (const batch::Unreadable &each : (*estimate)->unreadable)
            facts << tr("Cannot be read: %1: %2").arg(each.name, each.reason);
        if (facts.size() > 4)
            facts = facts.first(4) << tr("… and %1 more").arg((*estimate)->unreadable.size() - 4);
    }
    m_facts->setText(m_session.isEstimating() ? tr("Reading some of the items …") : facts.join(u'\n'));
    m_facts->setVisible(!m_facts->text().isEmpty());
    const bool isEmpty = m_session.draft().source.paths.isEmpty() && m_session.draft().source.run.isEmpty();
    m_text->setPlaceholderText(isEmpty ? tr("Choose a folder, files or a table first.") : QString());
}

void PreviewPane::showTried(const Result<std::vector<batch::TriedItem>> &items)
{
    m_facts->clear();
    m_facts->hide();
    m_title->setText(tr("Tried on the first items"));
    if (!items) {
        m_text->setPlainText(items.error().message);
        return;
    }
    QString text;
    for (const batch::TriedItem &item : *items) {
        text += item.name + u"\n"_s;
        if (!item.result) {
            text += tr("Failed: %1").arg(item.result.error().message) + u"\n\n"_s;
            continue;
        }
        text += item.result->text + u"\n"_s;
        QStringList facts{
            tr("%1 s").arg(QLocale().toString(static_cast<double>(item.result->time.count()) / 1000, 'f', 1))};
        if (item.result->cost)
            facts << display(*item.result->cost);
        if (item.result->valid == false)
            facts << tr("does not fit the schema");
        text += u"("_s + facts.join(u", "_s) + u")\n\n"_s;
    }
    m_text->setPlainText(text.trimmed());
}

} // namespace quintet::ui
