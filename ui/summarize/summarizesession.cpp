// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/summarizesession.h"

#include "base/id.h"

#include "text/words.h"

#include <QDir>
#include <QFileInfo>
#include <QFutureWatcher>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostFilesOfAFolder = 200;

QString draftPath(const Paths &paths)
{
    return paths.dataFolder + "/drafts/summarize.json"_L1;
}

/// Files as they are; of folders, the files in them.
QStringList filesOf(const QStringList &paths)
{
    QStringList files;
    for (const QString &path : paths) {
        if (!QFileInfo(path).isDir()) {
            files << path;
            continue;
        }
        const auto inside = QDir(path).entryInfoList(QDir::Files | QDir::Readable, QDir::Name);
        for (const QFileInfo &file : inside.first(std::min<qsizetype>(inside.size(), mostFilesOfAFolder)))
            files << file.absoluteFilePath();
    }
    return files;
}

} // namespace

SummarizeSession::SummarizeSession(SummarizeServices services, QObject *parent)
    : QObject(parent),
      m_services(std::move(services)),
      m_registry(m_services.paths.settingsFile),
      m_gatherer([this](std::vector<QString> pieces) {
          QString text;
          for (const QString &piece : pieces)
              text += piece;
          m_partial += text;
          if (isShownRunning())
              Q_EMIT summaryGrew(text);
      }),
      m_sections([this](const std::vector<std::pair<int, int>> &sections) {
          if (m_running)
              Q_EMIT sectionRead(sections.back().first, sections.back().second);
      }),
      m_waits([this](const std::vector<QString> &waits) {
          if (m_running)
              Q_EMIT waited(waits.back());
      })
{
    m_sources.push_back(
        {.id = typed, .state = Source::Ready, .name = {}, .origin = {}, .content = {}, .error = {}, .summary = {}});
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(500ms);
    connect(&m_draftTimer, &QTimer::timeout, this, [this] {
        m_services.engine.post(
            [path = draftPath(m_services.paths), draft = draft()] { std::ignore = saveDraft(path, draft); });
    });
    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(150ms);
    connect(&m_countTimer, &QTimer::timeout, this, [this] {
        m_counting = EngineCall<qsizetype>(
            m_services.engine, this, [text = m_typedText](CancelToken) { return countWords(text); },
            [this](Result<qsizetype> words) { Q_EMIT typedWordsCounted(words.value_or(0)); });
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
            Q_EMIT foundChanged();
        });
}

Source *SummarizeSession::find(int id)
{
    const auto found = std::ranges::find(m_sources, id, &Source::id);
    return found == m_sources.end() ? nullptr : &*found;
}

const Source &SummarizeSession::shown() const
{
    return *std::ranges::find(m_sources, m_shown, &Source::id);
}

void SummarizeSession::setTypedText(const QString &text)
{
    // The quotes of a summary were taken from other words.
    if (Source *source = find(typed); source->summary && text != m_typedText)
        source->summary->marks.clear();
    m_typedText = text;
    m_countTimer.start();
    changeDraft();
}

void SummarizeSession::addFiles(const QStringList &paths)
{
    for (const QString &path : filesOf(paths)) {
        const QFileInfo info(path);
        const auto known = std::ranges::find(m_sources, info.absoluteFilePath(), &Source::origin);
        if (known != m_sources.end()) {
            show(known->id);
            continue;
        }
        Source source;
        source.id = m_nextId++;
        source.name = info.fileName();
        source.origin = info.absoluteFilePath();
        readOrigin(std::move(source));
    }
}

void SummarizeSession::addLink(const QUrl &url)
{
    Source source;
    source.id = m_nextId++;
    source.name = url.host() + (url.path().size() > 1 ? url.path() : QString());
    source.origin = url.toString(QUrl::RemoveUserInfo); // kept in the draft, where no password belongs
    read(std::move(source), [&pages = m_services.pages, &extractor = m_services.extractor, url](CancelToken token) {
        return readLink(pages, extractor, url, token);
    });
}

/// A link of the draft: it stands there, but nothing is fetched before the user asks.
void SummarizeSession::restoreLink(const QString &origin)
{
    Source source;
    source.id = m_nextId++;
    source.name = QUrl(origin).host();
    source.origin = origin;
    source.state = Source::Failed;
    source.error =
        Error(ErrorKind::Network, tr("This page was open last time. It is fetched again only when you say so."));
    m_sources.push_back(std::move(source));
    Q_EMIT sourcesChanged();
}

void SummarizeSession::addText(const QString &text, const QString &name)
{
    Source source;
    source.id = m_nextId++;
    source.name = name;
    read(std::move(source), [text](CancelToken) { return readText(text); });
}

void SummarizeSession::readAgain(int id, const QString &password)
{
    if (const Source *source = find(id); source && !source->origin.isEmpty())
        readOrigin(*source, true, password);
}

void SummarizeSession::readOrigin(Source source, bool again, const QString &password)
{
    const QString origin = source.origin;
    auto &extractor = m_services.extractor;
    if (origin.startsWith("http://"_L1) || origin.startsWith("https://"_L1)) {
        read(std::move(source), [&pages = m_services.pages, &extractor, origin](CancelToken token) {
            return readLink(pages, extractor, QUrl(origin), token);
        });
    } else {
        const document::Source file{.path = origin, .password = password, .again = again};
        read(std::move(source), [&extractor, file](CancelToken token) { return readFile(extractor, file, token); });
    }
}

void SummarizeSession::read(Source source, Begin begin)
{
    const int id = source.id;
    source.state = Source::Reading;
    if (Source *known = find(id))
        *known = std::move(source);
    else
        m_sources.push_back(std::move(source));
    m_reading[id] = EngineCall<std::shared_ptr<const ReadDocument>>(
        m_services.engine, this, std::move(begin),
        [this, id](ReadResult result) { finishReading(id, std::move(result)); });
    Q_EMIT sourcesChanged();
    show(id);
    changeDraft();
}

void SummarizeSession::finishReading(int id, ReadResult result)
{
    Source *source = find(id);
    if (!source)
        return;
    if (result) {
        source->state = Source::Ready;
        source->content = std::move(*result);
    } else {
        source->state = Source::Failed;
        source->error = result.error();
    }
    Q_EMIT sourcesChanged();
    if (id == m_shown)
        Q_EMIT shownChanged();
    if (id == std::exchange(m_together, id == m_together ? typed : m_together) && id == m_shown)
        summarize();
}

void SummarizeSession::remove(int id)
{
    if (id == typed)
        return;
    m_reading.erase(id);
    if (m_running == id)
        stop();
    const auto place = std::ranges::find(m_sources, id, &Source::id);
    if (place == m_sources.end())
        return;
    const int before = std::prev(place)->id;
    m_removed = std::move(*place);
    m_sources.erase(place);
    if (m_shown == id) {
        m_shown = before;
        Q_EMIT shownChanged();
    }
    Q_EMIT sourcesChanged();
    Q_EMIT removed(m_removed->name);
    changeDraft();
}

void SummarizeSession::bringBack()
{
    if (!m_removed)
        return;
    Source source = std::move(*m_removed);
    m_removed.reset();
    const int id = source.id;
    const bool wasReading = source.state == Source::Reading;
    m_sources.push_back(std::move(source));
    m_shown = id;
    if (wasReading)
        readAgain(id); // its reading was given up
    Q_EMIT sourcesChanged();
    Q_EMIT shownChanged();
    changeDraft();
}

void SummarizeSession::show(int id)
{
    if (id == m_shown || !find(id))
        return;
    m_shown = id;
    Q_EMIT shownChanged();
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
    document.text = m_typedText;
    document.format = u"text"_s;
    return document;
}

void SummarizeSession::summarize()
{
    const Source &source = shown();
    if (isRunning() || source.state != Source::Ready)
        return;
    m_running = source.id;
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
    m_summarizing = EngineCall<MarkedSummary>(m_services.engine, this, begin,
                                              [this, id = source.id, text = m_typedText](auto result) {
                                                  if (result && id == typed && text != m_typedText)
                                                      result->marks.clear();
                                                  finishSummary(id, std::move(result));
                                              });
}

void SummarizeSession::finishSummary(int id, Result<MarkedSummary> result)
{
    m_gatherer.flush();
    m_running.reset();
    Source *source = find(id);
    if (source && result) {
        source->summary = std::move(*result);
    } else if (source && !m_partial.trimmed().isEmpty()) {
        // What arrived was paid for, and is kept.
        MarkedSummary partial;
        partial.summary.text = m_partial.trimmed();
        partial.summary.completion.endpoint = endpoint().name;
        partial.summary.completion.model = endpoint().model;
        partial.words = text::countWords(partial.summary.text);
        partial.isPartial = true;
        source->summary = std::move(partial);
    }
    if (source && source->summary)
        remember(*source);
    if (!result && result.error().kind != ErrorKind::Cancelled)
        Q_EMIT failed(result.error());
    Q_EMIT ended();
}

void SummarizeSession::remember(const Source &source)
{
    const summarize::Summary &summary = source.summary->summary;
    const bool isBuiltin = summary.completion.endpoint == llm::builtinEndpoint().name;
    const QString name = source.id == typed ? m_typedText.simplified().left(60) : source.name;
    auto *const written = new QFutureWatcher<Result<void>>(this);
    connect(written, &QFutureWatcherBase::finished, this, [this, written] {
        written->deleteLater();
        Q_EMIT remembered();
    });
    written->setFuture(m_services.history.put({.id = makeId(),
                                               .time = QDateTime::currentDateTimeUtc(),
                                               .name = name,
                                               .origin = source.origin,
                                               .model = isBuiltin ? tr("Built-in") : summary.completion.model,
                                               .text = summary.text,
                                               .facts = {}}));
}

bool SummarizeSession::canSummarizeTogether() const
{
    return std::ranges::count_if(m_sources,
                                 [](const Source &source) { return source.state == Source::Ready && source.content; })
           > 1;
}

void SummarizeSession::summarizeTogether()
{
    if (isRunning() || !canSummarizeTogether())
        return;
    QString text = m_typedText.trimmed();
    int count = text.isEmpty() ? 0 : 1;
    for (const Source &source : m_sources) {
        if (source.state != Source::Ready || !source.content)
            continue;
        text += u"\n\n# %1\n\n"_s.arg(source.name) + source.content->document.text;
        ++count;
    }
    m_together = m_nextId;
    addText(text, tr("%Ln text(s) together", nullptr, static_cast<int>(count)));
}

void SummarizeSession::stop()
{
    m_summarizing.cancel();
}

void SummarizeSession::changeDraft()
{
    m_draftTimer.start();
}

Draft SummarizeSession::draft() const
{
    Draft draft{m_typedText,
                {},
                m_style == ownWords ? u"own"_s : nameOf(static_cast<summarize::Style>(m_style)),
                m_words,
                m_instruction,
                m_language,
                m_endpointName,
                m_model};
    for (const Source &source : m_sources) {
        if (!source.origin.isEmpty())
            draft.origins << source.origin;
    }
    return draft;
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
    if (m_typedText.isEmpty())
        m_typedText = draft.text;
    const int shownBefore = m_shown;
    for (const QString &origin : draft.origins) {
        if (origin.startsWith("http"_L1))
            restoreLink(origin);
        else
            addFiles({origin});
    }
    if (shownBefore != typed)
        show(shownBefore);
    m_countTimer.start();
    refreshEndpoints();
    Q_EMIT shownChanged();
}

void SummarizeSession::saveDraftNow()
{
    m_draftTimer.stop();
    m_services.engine.runAndWait(
        [path = draftPath(m_services.paths), draft = draft()] { std::ignore = saveDraft(path, draft); });
}

} // namespace quintet::ui
