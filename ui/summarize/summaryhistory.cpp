// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/summaryhistory.h"

#include "base/onpool.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QMimeData>
#include <QTextBrowser>
#include <QTextDocument>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostShown = 500;

} // namespace

SummaryHistory::SummaryHistory(EngineThread &engine, summarize::SummaryHistoryStore &store, QWidget *parent)
    : QDialog(parent),
      m_engine(engine),
      m_store(store)
{
    setObjectName(u"summaryHistory"_s);
    setWindowTitle(tr("Summaries"));
    resize(860, 520);
    m_search = new QLineEdit;
    m_search->setObjectName(u"summarySearch"_s);
    m_search->setAccessibleName(tr("Search the summaries"));
    m_search->setPlaceholderText(tr("Search…"));
    m_list = new QListWidget;
    m_list->setObjectName(u"summaryList"_s);
    m_list->setAccessibleName(tr("Summaries"));
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text = new QTextBrowser;
    m_text->setObjectName(u"summaryText"_s);
    m_text->setAccessibleName(tr("Summary"));
    m_text->setFont(fontFor(TextStyle::Reading));
    m_text->setOpenLinks(false);
    m_copy = new Button(u"historyCopy"_s, tr("Copy"), Button::Plain);
    m_open = new Button(u"historyOpen"_s, tr("Open the source"), Button::Plain);
    m_remove = new Button(u"historyRemove"_s, tr("Remove"), Button::Destructive);
    QBoxLayout *left = makeColumn();
    left->addWidget(m_search);
    left->addWidget(m_list, 1);
    QBoxLayout *foot = makeRow();
    foot->addWidget(m_remove);
    foot->addStretch(1);
    foot->addWidget(m_open);
    foot->addWidget(m_copy);
    m_undo = new ErrorStrip(u"historyUndo"_s, {}, ErrorStrip::Notice);
    QBoxLayout *right = makeColumn();
    right->addWidget(m_text, 1);
    right->addWidget(m_undo);
    right->addLayout(foot);
    QBoxLayout *row = makeRow(16);
    row->setContentsMargins(16, 16, 16, 16);
    row->addLayout(left, 2);
    row->addLayout(right, 3);
    setLayout(row);

    connect(m_search, &QLineEdit::textChanged, this, &SummaryHistory::refresh);
    connect(m_list, &QListWidget::currentRowChanged, this, &SummaryHistory::showCurrent);
    connect(m_remove, &Button::clicked, this, &SummaryHistory::removeCurrent);
    connect(m_undo, &ErrorStrip::actionChosen, this, [this] {
        m_undo->hide();
        m_store.put(m_removed).then(this, [this](const Result<void> &) { refresh(); });
    });
    connect(m_copy, &Button::clicked, this, [this] {
        auto *data = new QMimeData;
        data->setText(m_records[size_t(m_list->currentRow())].text);
        data->setHtml(m_text->document()->toHtml());
        QGuiApplication::clipboard()->setMimeData(data);
    });
    connect(m_open, &Button::clicked, this, [this] {
        Q_EMIT sourceAsked(m_records[size_t(m_list->currentRow())].origin);
        hide();
    });
    showCurrent();
}

void SummaryHistory::refresh()
{
    m_reading = EngineCall<Records>(
        m_engine, this,
        [&store = m_store, wanted = m_search->text()](CancelToken) -> Task<Result<Records>> {
            co_return co_await onPool([&store, wanted] {
                return store.find(wanted, mostShown).transform([](std::vector<summarize::SummaryRecord> records) {
                    return std::make_shared<std::vector<summarize::SummaryRecord>>(std::move(records));
                });
            });
        },
        [this](Result<Records> records) {
            if (records)
                showRecords(*records);
        });
}

void SummaryHistory::showRecords(const Records &records)
{
    const int before = m_list->currentRow();
    m_records = std::move(*records);
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const summarize::SummaryRecord &record : m_records) {
        auto *item = new QListWidgetItem(record.name + u'\n'
                                         + QLocale().toString(record.time.toLocalTime(), QLocale::ShortFormat)
                                         + u" · "_s + record.model);
        item->setToolTip(record.origin.isEmpty() ? record.name : record.origin);
        m_list->addItem(item);
    }
    m_list->setCurrentRow(std::clamp(before, m_records.empty() ? -1 : 0, int(m_records.size()) - 1));
    showCurrent();
}

void SummaryHistory::showCurrent()
{
    const int row = m_list->currentRow();
    const bool isOne = row >= 0 && row < int(m_records.size());
    for (Button *button : {m_copy, m_remove})
        button->setEnabled(isOne);
    m_open->setEnabled(isOne && !m_records[size_t(row)].origin.isEmpty());
    if (!isOne) {
        m_text->setPlainText(m_search->text().isEmpty() ? tr("Summaries that you make will stand here.")
                                                        : tr("Nothing was found."));
        return;
    }
    m_text->document()->setMarkdown(m_records[size_t(row)].text,
                                    QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
                                        | QTextDocument::MarkdownNoHTML);
}

void SummaryHistory::removeCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= int(m_records.size()))
        return;
    m_removed = m_records[size_t(row)];
    m_store.remove(m_removed.id);
    m_undo->showError(tr("Removed: %1").arg(m_removed.name), tr("Undo"));
    m_records.erase(m_records.begin() + row);
    delete m_list->takeItem(row);
    showCurrent();
}

} // namespace quintet::ui
