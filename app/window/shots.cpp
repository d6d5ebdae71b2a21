// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/shots.h"

#include "app/window/program.h"
#include "ui/knowledge/knowledgetab.h"
#include "ui/palette/commandpalette.h"
#include "ui/shell/startpage.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QTableView>
#include <QTimer>

namespace quintet {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Shots::Shots(Program &program, const QString &folder, const QString &page, const QString &samples)
    : m_program(program),
      m_folder(folder),
      m_samples(samples)
{
    for (const QString &key : page.isEmpty() ? pages() : QStringList{page}) {
        for (const bool dark : {false, true}) {
            for (const QSize size : {QSize(900, 600), QSize(1280, 800), QSize(1920, 1080)})
                m_pictures.push_back({key, dark, size});
        }
    }
    connect(&m_program, &Program::ready, this, &Shots::prepare);
}

void Shots::prepare()
{
    QDir().mkpath(m_folder);
    QStringList files;
    for (const QString &name : {u"annual-report.md"_s, u"minutes.md"_s}) {
        files << m_samples + u'/' + name;
        QFile::copy(":/samples/"_L1 + name, files.constLast());
    }
    ui::SummarizeSession &session = m_program.summarizing();
    m_program.window().start().ask(tr("classify these 2000 reviews by mood"));
    session.sources().addFiles(files);
    session.sources().show(1);
    // The summary starts when the document was read, the pictures when the summary is there.
    connect(&session.sources(), &ui::SourceShelf::changed, this, [&session] {
        if (session.shown().state == ui::Source::Ready && !session.shown().summary)
            session.summarize();
    });
    connect(&session, &ui::SummarizeSession::ended, this, &Shots::prepareChat);
}

/// A question about an attached report, answered by quoting it.
void Shots::prepareChat()
{
    m_program.summarizing().disconnect(this);
    ui::OpenChat &chat = m_program.chatting().current();
    chat.addFiles({m_samples + u"/annual-report.md"_s});
    chat.setDraftText(tr("How much did revenue grow, and what carried it?"));
    connect(&chat, &ui::OpenChat::filesChanged, this, [&chat] {
        if (!chat.isReadingFiles())
            chat.send();
    });
    connect(&chat, &ui::OpenChat::runningChanged, this, [this, &chat] {
        if (chat.isRunning())
            return;
        chat.disconnect(this);
        prepareBatch();
    });
}

/// A run over letters of several kinds, one of them no text.
void Shots::prepareBatch()
{
    const QString folder = m_samples + u"/letters"_s;
    QDir().mkpath(folder);
    const QStringList subjects{u"the heat pump in the northern depot"_s,
                               u"a bicycle that came without its chain"_s,
                               u"the invoice for the repair workshop"_s,
                               u"opening hours over the holidays"_s,
                               u"the new members' evening"_s,
                               u"energy prices and the tariff for next year"_s};
    for (int i = 0; i < 48; ++i) {
        QFile file(folder + u"/letter-%1.txt"_s.arg(417 + i, 4, 10, '0'_L1));
        if (!file.open(QIODevice::WriteOnly))
            continue;
        const QString subject = subjects[i % subjects.size()];
        file.write(i == 2 ? QByteArray("%PDF-1.7 and then nothing that a PDF has")
                          : u"Dear co-operative,\n\nI write about %1. Please tell me more of %1 before %2 March.\n"_s
                                .arg(subject)
                                .arg(i % 28 + 1)
                                .toUtf8());
    }
    ui::BatchSession &session = m_program.batch();
    session.setSource({folder});
    quintet::batch::RunSpec draft = session.draft();
    draft.task = quintet::batch::TaskKind::Keywords;
    draft.name = tr("Letters: keywords");
    session.setDraft(draft);
    session.start();
    connect(&session, &ui::BatchSession::ended, this, &Shots::prepareKnowledge);
}

/// A collection that has answered a question, with the document open at the place.
void Shots::prepareKnowledge()
{
    m_program.batch().disconnect(this);
    const QString folder = m_samples + u"/Handbook"_s;
    QDir().mkpath(folder);
    for (const QString &name : QDir(u":/samples/handbook"_s).entryList())
        QFile::copy(":/samples/handbook/"_L1 + name, folder + u'/' + name);
    ui::KnowledgeSession &session = m_program.knowing();
    session.create(u"Handbook"_s, {folder});
    connect(&session, &ui::KnowledgeSession::collectionsChanged, this, [this, &session] {
        const ui::ShownCollection *current = session.current();
        if (current && current->info.sums.indexed == 5 && !current->reading && !session.isRunning())
            session.submit(u"Who pays when a tool that I borrowed breaks?"_s);
    });
    connect(&session, &ui::KnowledgeSession::runningChanged, this, [this, &session] {
        if (session.isRunning())
            return;
        auto *tab = m_program.window().findChild<ui::KnowledgeTab *>();
        if (const auto place = session.placeOf(u"a1"_s, u"1"_s); place && tab)
            tab->showPlace(*place);
        disconnect(&session, nullptr, this, nullptr);
        prepareAgent();
    });
}

/// Two tasks that were replayed, and one that waits for leave to write its report.
void Shots::prepareAgent()
{
    const QString folder = m_samples + u"/Reports"_s;
    QDir().mkpath(folder);
    ui::AgentSession &session = m_program.agents();
    session.setWorkplace({.tools = {}, .database = u"sample"_s, .folder = folder, .collections = {}, .mcpFile = {}});
    const auto next = [this, &session,
                       tasks = QStringList{u"best-customers"_s, u"monthly-sales"_s, u"monthly-report"_s}]() mutable {
        if (!tasks.isEmpty())
            session.replayTask(tasks.takeFirst());
    };
    const auto shared = std::make_shared<std::function<void()>>(next);
    connect(&session, &ui::AgentSession::ended, this, [shared] { (*shared)(); });
    connect(&session, &ui::AgentSession::workingChanged, this, [this, &session] {
        if (session.waitingCount() == 0)
            return;
        disconnect(&session, nullptr, this, nullptr);
        takeNext();
    });
    (*shared)();
}

void Shots::show(const QString &page)
{
    ui::BatchSession &batch = m_program.batch();
    auto *palette = m_program.window().findChild<ui::CommandPalette *>();
    palette->close();
    m_program.window().showPage(page == u"palette" ? u"summarize"_s : page.section(u'-', 0, 0));
    if (page == u"palette") {
        palette->open();
        palette->findChild<QLineEdit *>(u"paletteLine"_s)->setText(tr("What do our statutes say about guests?"));
    }
    if (page == u"agent-task")
        m_program.agents().showTask(u"monthly-sales"_s);
    else if (page == u"agent-new")
        m_program.agents().startNew();
    else if (page == u"agent" && !m_program.agents().lists().runs.empty())
        m_program.agents().showRun(m_program.agents().lists().runs.front().id.value);
    if (page == u"batch-new") {
        batch.setUp();
    } else if (page == u"batch" && !batch.runs().empty()) {
        batch.show(batch.runs().front().id.value);
        QTimer::singleShot(60ms, this, [this] {
            if (auto *items = m_program.window().findChild<QTableView *>(u"items"_s))
                items->selectRow(1);
        });
    }
}

void Shots::takeNext()
{
    if (m_next == m_pictures.size()) {
        QApplication::quit();
        return;
    }
    const Picture picture = m_pictures[m_next++];
    ui::MainWindow &window = m_program.window();
    m_program.theme().setAppearance(picture.dark ? ui::Appearance::Dark : ui::Appearance::Light);
    show(picture.page);
    window.resize(picture.size);
    // Time for what is shown a moment later: text in slices, servers found.
    QTimer::singleShot(m_next == 1                           ? 900ms
                       : picture.page.startsWith(u"batch"_s) ? 700ms
                                                             : 150ms,
                       this, [this, picture] {
                           const QString name =
                               u"%1/%2%3-%4x%5.png"_s.arg(m_folder, picture.page, picture.dark ? u"-dark"_s : QString())
                                   .arg(picture.size.width())
                                   .arg(picture.size.height());
                           for (QWidget *widget : m_program.window().findChildren<QWidget *>())
                               widget->setAttribute(Qt::WA_UnderMouse, false); // the pointer is no part of the picture
                           if (!m_program.window().grab().save(name)) {
                               qCritical("cannot write %s", qPrintable(name));
                               QApplication::exit(1);
                               return;
                           }
                           takeNext();
                       });
}

} // namespace quintet
