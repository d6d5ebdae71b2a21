// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/knowledge/failurespane.h"

#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QFileInfo>
#include <QListWidget>

namespace quintet::ui {

using namespace Qt::StringLiterals;

FailuresPane::FailuresPane(KnowledgeSession &session) : m_session(session), m_list(new QListWidget)
{
    setObjectName(u"failuresPane"_s);
    m_list->setObjectName(u"failures"_s);
    m_list->setAccessibleName(tr("Files that could not be read"));
    m_list->setWordWrap(true);
    m_list->setFrameShape(QFrame::NoFrame);
    auto *title = makeLabel(tr("Could not be read"), TextStyle::Heading);
    auto *retry = new Button(u"retryFailures"_s, tr("Retry"), Button::Primary, Button::Small);
    auto *close = new Button(u"closeFailures"_s, QString(), Button::Quiet);
    close->setIcon(icon(u"close"_s));
    close->setAccessibleName(tr("Close the list"));
    connect(retry, &Button::clicked, this, [this] {
        if (const ShownCollection *current = m_session.current())
            m_session.retry(current->info.id);
    });
    connect(close, &Button::clicked, this, &FailuresPane::closeAsked);
    QBoxLayout *row = makeRow();
    row->setContentsMargins(16, 10, 8, 10);
    row->addWidget(title, 1);
    row->addWidget(retry);
    row->addWidget(close);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makePane(u"failuresHeader"_s, row, QPalette::Window));
    column->addWidget(makeHairline());
    column->addWidget(m_list, 1);
    setLayout(column);
    connect(&m_session, &KnowledgeSession::collectionsChanged, this, [this] {
        if (isVisible())
            refresh();
    });
}

void FailuresPane::refresh()
{
    const ShownCollection *current = m_session.current();
    if (!current)
        return;
    m_reading = EngineCall<std::vector<knowledge::DocumentRow>>(
        m_session.services().engine, this,
        [&library = m_session.services().library, id = current->info.id](CancelToken) {
            return failedDocuments(library, id);
        },
        [this](Result<std::vector<knowledge::DocumentRow>> rows) {
            if (rows)
                list(*rows);
        });
}

void FailuresPane::list(const std::vector<knowledge::DocumentRow> &rows)
{
    m_list->clear();
    for (const knowledge::DocumentRow &row : rows) {
        auto *item = new QListWidgetItem(QFileInfo(row.path).fileName() + u'\n' + row.reason, m_list);
        item->setToolTip(row.path);
    }
    if (rows.empty())
        m_list->addItem(tr("Everything could be read."));
}

} // namespace quintet::ui
