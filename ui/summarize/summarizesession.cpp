// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/summarizesession.h"

#include "base/id.h"

#include "text/words.h"

#include <QFutureWatcher>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString draftPath(const Paths &paths)
{
    return paths.dataFolder + "/drafts/summarize.json"_L1;
}

} // namespace

SummarizeSession::SummarizeSession(SummarizeServices services, QObject *parent)
    : QObject(parent),
      m_services(std::move(services)),
      m_registry(m_services.paths.settingsFile),
      m_sources(m_services.engine, m_services.extractor, m_services.pages),
      m_gatherer([this](std::vector<QString> pieces) {
          QString text;
          for (const QString &piece : pieces)
              text += piece;
          m_partial += text;
          if (isShownRunning())
              Q_EMIT summaryGrew(text);
      }),
      m_sections([this](const std::vector<std::pair<int, int>> &sections) {
          if (isShownRunning())
              Q_EMIT sectionRead(sections.back().first, sections.back().second);
      }),
      m_waits([this](const std::vector<QString> &waits) {
          if (isShownRunning())
              Q_EMIT waited(waits.back());
      })
{
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(500ms);
    connect(&m_draftTimer, &QTimer::timeout, this, [this] {
        m_services.engine.post(
            [path = draftPath(m_services.paths), draft = draft()] { std::ignore = saveDraft(path, draft); });
    });
    connect(&m_sources, &SourceShelf::originsChanged, this, &SummarizeSession::changeDraft);
    connect(&m_sources, &SourceShelf::typedTextChanged, this, &SummarizeSession::changeDraft);
    connect(&m_sources, &SourceShelf::removed, this, [this](int id) {
        if (m_running == id)
            m_summarizing.cancel(); // and the next one has its turn
    });
    connect(&m_sources, &SourceShelf::wasRead, this, [this](int id) {
        if (id == std::exchange(m_together, id == m_together ? SourceShelf::typed : m_together) && id == shown().id)
            summarize();
    });
    m_loadingDraft = EngineCall<Draft>(
        m_services.engine, this,
        [path = draftPath(m_services.paths)](CancelToken) -> Task<Result<Draft>> { co_return loadDraft(path); },
        [this](Result<Draft> draft) { restore(std::move(*draft)); });
    discover();
}

SummarizeSession::~SummarizeSession() = default;

void SummarizeSession::discover()
{
    m_discovering = EngineCall<std::vector<llm::FoundServer>>(
        m_services.engine, this,
        [&catalog = m_services.catalog](CancelToken token) -> Task<Result<std::vector<llm::FoundServer>>> {
            const std::vector<llm::FoundServer> found = co_await catalog.discover(400ms, token);
            co_return found;
        },
        [this](Result<std::vector<llm::FoundServer>> found) {
            m_found = std::move(found).value_or(std::vector<llm::FoundServer>());
            std::erase_if(m_found, &llm::FoundServer::needsKey); // which are set up in Settings
            Q_EMIT foundChanged();
        });
}

void SummarizeSession::setStyle(int style)
{
    m_style = style;
    changeDraft();
    Q_EMIT wishChanged();
}

void SummarizeSession::setWords(int words)
{
    m_words = words;
    changeDraft();
}

void SummarizeSession::setInstruction(const QString &instruction)
{
    m_instruction = instruction;
    changeDraft();
}

void SummarizeSession::setLanguage(const QString &language)
{
    m_language = language;
    changeDraft();
}

summarize::SummaryWish SummarizeSession::wish() const
{
    summarize::SummaryWish wish;
    wish.endpoint = endpoint();
    wish.words = m_words;
    if (m_style == ownWords)
        wish.instruction = m_instruction;
    else
        wish.style = static_cast<summarize::Style>(m_style);
    // What the built-in engine cannot do is not shown as chosen either.
    if (wish.endpoint.kind != llm::EndpointKind::Builtin)
        wish.language = m_language;
    return wish;
}

llm::Endpoint SummarizeSession::endpoint() const
{
    // A name that has been removed since gives way to the default, and that to the built-in engine.
    if (auto chosen = m_registry.resolve({.endpoint = m_endpointName, .baseUrl = {}, .model = m_model}, u"summarize"_s))
        return *chosen;
    return m_registry.resolve({}).value_or(llm::builtinEndpoint());
}

bool SummarizeSession::isLocal(const QString &name) const
{
    return llm::isLocal(m_registry.find(name).value_or(endpoint()));
}

void SummarizeSession::setEndpoint(const QString &name, const QString &model)
{
    m_endpointName = name;
    m_model = model;
    changeDraft();
    refreshEndpoints();
}

void SummarizeSession::refreshEndpoints()
{
    Q_EMIT endpointChanged();
    Q_EMIT wishChanged();
}

void SummarizeSession::useFound(const llm::FoundServer &server)
{
    const llm::Endpoint endpoint = llm::endpointFor(server, m_registry);
    if (auto put = m_registry.put(endpoint); !put)
        Q_EMIT failed(put.error());
    else
        setEndpoint(endpoint.name);
}

document::Document SummarizeSession::typedDocument() const
{
    document::Document document;
    document.text = m_sources.typedText();
    document.format = u"text"_s;
    return document;
}

void SummarizeSession::summarize()
{
    if (!isRunning() && shown().state == Source::Ready)
        run(shown());
}

void SummarizeSession::summarizeEach()
{
    if (isRunning())
        return;
    m_next.clear();
    for (const Source &source : m_sources.all()) {
        const bool isWritten = source.id == SourceShelf::typed && !m_sources.typedText().trimmed().isEmpty();
        if (isWritten || (source.state == Source::Ready && source.content))
            m_next.push_back(source.id);
    }
    runNext();
}

void SummarizeSession::runNext()
{
    while (!m_next.empty() && !isRunning()) {
        const Source *source = m_sources.find(m_next.front());
        m_next.erase(m_next.begin());
        if (source && source->state == Source::Ready)
            run(*source);
    }
}

void SummarizeSession::run(const Source &source)
{
    m_running = source.id;
    m_record = makeId();
    m_partial.clear();
    Q_EMIT started();
    const document::Document document = source.content ? source.content->document : typedDocument();
    const summarize::Watcher watcher{
        .onText = [send = m_gatherer.sender()](const QString &text) { send(text); },
        .onWaiting = [send = m_waits.sender()](const llm::Waiting &waiting) { send(sentenceFor(waiting)); },
        .onSection = [send = m_sections.sender()](int done, int count) { send({done, count}); }};
    const auto begin = [&summarizer = m_services.summarizer, document, wish = wish(), watcher](CancelToken token) {
        return summarizeText(summarizer, document, wish, watcher, token);
    };
    m_summarizing = EngineCall<MarkedSummary>(
        m_services.engine, this, begin, [this, id = source.id, text = m_sources.typedText()](auto result) {
            if (result && id == SourceShelf::typed && text != m_sources.typedText())
                result->marks.clear();
            finishSummary(id, std::move(result));
        });
}

/// What arrived was paid for, and is kept.
MarkedSummary SummarizeSession::partialSummary() const
{
    MarkedSummary partial;
    partial.summary.text = m_partial.trimmed();
    partial.summary.completion.endpoint = endpoint().name;
    partial.summary.completion.model = endpoint().model;
    partial.words = text::countWords(partial.summary.text);
    partial.isPartial = true;
    return partial;
}

void SummarizeSession::finishSummary(int id, Result<MarkedSummary> result)
{
    m_gatherer.flush();
    m_sections.flush();
    m_waits.flush();
    m_running.reset();
    const bool hasSummary = result || !m_partial.trimmed().isEmpty();
    if (hasSummary)
        m_sources.setSummary(id, result ? std::move(*result) : partialSummary());
    if (const Source *source = m_sources.find(id); source && hasSummary)
        remember(*source, *source->summary);
    if (!result && result.error().kind != ErrorKind::Cancelled && summarize::isFatal(result.error()))
        m_next.clear();
    if (!result && result.error().kind != ErrorKind::Cancelled)
        Q_EMIT failed(result.error());
    Q_EMIT ended();
    runNext();
}

void SummarizeSession::remember(const Source &source, const MarkedSummary &marked)
{
    const summarize::Summary &summary = marked.summary;
    const bool isBuiltin = summary.completion.endpoint == llm::builtinEndpoint().name;
    const QString model = summary.completion.model.isEmpty() ? summary.completion.endpoint : summary.completion.model;
    const QString name = source.id == SourceShelf::typed ? m_sources.typedText().simplified().left(60) : source.name;
    auto *const written = new QFutureWatcher<Result<void>>(this);
    connect(written, &QFutureWatcherBase::finished, this, [this, written] {
        written->deleteLater();
        Q_EMIT remembered();
    });
    written->setFuture(m_services.history.put({.id = m_record,
                                               .time = QDateTime::currentDateTimeUtc(),
                                               .name = name,
                                               .origin = source.origin,
                                               .model = isBuiltin          ? tr("Built-in")
                                                        : marked.isPartial ? tr("%1, incomplete").arg(model)
                                                                           : model,
                                               .text = summary.text,
                                               .facts = {}}));
}

bool SummarizeSession::hasSeveralSources() const
{
    return std::ranges::count_if(m_sources.all(),
                                 [](const Source &source) { return source.state == Source::Ready && source.content; })
           > 1;
}

void SummarizeSession::summarizeTogether()
{
    if (isRunning() || !hasSeveralSources())
        return;
    QString text = m_sources.typedText().trimmed();
    int count = text.isEmpty() ? 0 : 1;
    for (const Source &source : m_sources.all()) {
        if (source.state != Source::Ready || !source.content)
            continue;
        text += u"\n\n# %1\n\n"_s.arg(source.name) + source.content->document.text;
        ++count;
    }
    m_together = m_sources.addText(text, tr("%Ln text(s) together", nullptr, static_cast<int>(count)));
}

void SummarizeSession::stop()
{
    m_next.clear();
    m_summarizing.cancel();
}

void SummarizeSession::changeDraft()
{
    m_draftTimer.start();
}

Draft SummarizeSession::draft() const
{
    return {m_sources.typedText(),
            m_sources.origins(),
            m_style == ownWords ? u"own"_s : nameOf(static_cast<summarize::Style>(m_style)),
            m_words,
            m_instruction,
            m_language,
            m_endpointName,
            m_model};
}

void SummarizeSession::restore(Draft draft)
{
    // What was written, wished or opened in the first moments of this start is newer than the draft.
    if (m_instruction.isEmpty()) {
        m_style = draft.style == u"own"
                      ? ownWords
                      : static_cast<int>(summarize::styleNamed(draft.style).value_or(summarize::Style::Brief));
        m_instruction = draft.instruction;
    }
    m_words = draft.words;
    m_language = draft.language;
    m_endpointName = draft.endpoint;
    m_model = draft.model;
    refreshEndpoints();
    m_sources.restore(draft.text, draft.origins);
}

void SummarizeSession::saveDraftNow()
{
    m_draftTimer.stop();
    m_gatherer.flush();
    // The answer under way breaks off here; what came of it is in the history.
    if (const Source *source = m_running ? m_sources.find(*m_running) : nullptr; source && !m_partial.isEmpty())
        remember(*source, partialSummary());
    m_services.engine.runAndWait(
        [path = draftPath(m_services.paths), draft = draft()] { std::ignore = saveDraft(path, draft); });
}

} // namespace quintet::ui
