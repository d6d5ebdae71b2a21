// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/sourceshelf.h"

#include <QDir>
#include <QFileInfo>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostFilesOfAFolder = 200;

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

bool isLink(const QString &origin)
{
    return origin.startsWith("http://"_L1) || origin.startsWith("https://"_L1);
}

} // namespace

SourceShelf::SourceShelf(EngineThread &engine, document::Extractor &extractor, net::PageFetcher &pages, QObject *parent)
    : QObject(parent),
      m_engine(engine),
      m_extractor(extractor),
      m_pages(pages)
{
    Source written;
    written.id = typed;
    written.state = Source::Ready;
    m_sources.push_back(std::move(written));
    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(150ms);
    connect(&m_countTimer, &QTimer::timeout, this, &SourceShelf::countTyped);
}

SourceShelf::~SourceShelf() = default;

const Source *SourceShelf::find(int id) const
{
    const auto found = std::ranges::find(m_sources, id, &Source::id);
    return found == m_sources.end() ? nullptr : &*found;
}

Source *SourceShelf::source(int id)
{
    return const_cast<Source *>(find(id));
}

const Source &SourceShelf::shown() const
{
    return *find(m_shown);
}

void SourceShelf::countTyped()
{
    m_counting = EngineCall<qsizetype>(
        m_engine, this, [text = m_typedText](CancelToken) { return countWords(text); },
        [this](Result<qsizetype> words) { Q_EMIT typedWordsCounted(words.value_or(0)); });
}

void SourceShelf::setTypedText(const QString &text)
{
    // The quotes of a summary were taken from other words.
    if (Source *written = source(typed); written->summary && text != m_typedText)
        written->summary->marks.clear();
    m_typedText = text;
    m_countTimer.start();
    Q_EMIT typedTextChanged();
}

Source SourceShelf::newSource(const QString &name, const QString &origin)
{
    Source source;
    source.id = m_nextId++;
    source.name = name;
    source.origin = origin;
    return source;
}

void SourceShelf::addFiles(const QStringList &paths)
{
    for (const QString &path : filesOf(paths)) {
        const QFileInfo info(path);
        const auto known = std::ranges::find(m_sources, info.absoluteFilePath(), &Source::origin);
        if (known != m_sources.end())
            show(known->id);
        else
            readOrigin(newSource(info.fileName(), info.absoluteFilePath()));
    }
}

void SourceShelf::addLink(const QUrl &url)
{
    // What is kept in the draft holds no password; what is fetched now may.
    Source page =
        newSource(url.host() + (url.path().size() > 1 ? url.path() : QString()), url.toString(QUrl::RemoveUserInfo));
    read(std::move(page), [&pages = m_pages, &extractor = m_extractor, url](CancelToken token) {
        return readLink(pages, extractor, url, token);
    });
}

int SourceShelf::addText(const QString &text, const QString &name)
{
    Source pasted = newSource(name);
    const int id = pasted.id;
    read(std::move(pasted), [text](CancelToken) { return readText(text); });
    return id;
}

void SourceShelf::readAgain(int id, const QString &password)
{
    if (const Source *known = find(id); known && !known->origin.isEmpty())
        readOrigin(*known, true, password);
}

void SourceShelf::readOrigin(Source source, bool again, const QString &password)
{
    const QString origin = source.origin;
    if (isLink(origin)) {
        read(std::move(source), [&pages = m_pages, &extractor = m_extractor, origin](CancelToken token) {
            return readLink(pages, extractor, QUrl(origin), token);
        });
    } else {
        const document::Source file{.path = origin, .password = password, .again = again};
        read(std::move(source),
             [&extractor = m_extractor, file](CancelToken token) { return readFile(extractor, file, token); });
    }
}

void SourceShelf::read(Source source, Begin begin)
{
    const int id = source.id;
    source.state = Source::Reading;
    if (Source *known = this->source(id))
        *known = std::move(source);
    else
        m_sources.push_back(std::move(source));
    m_reading[id] = EngineCall<std::shared_ptr<const ReadDocument>>(
        m_engine, this, std::move(begin), [this, id](ReadResult result) { finishReading(id, std::move(result)); });
    Q_EMIT changed();
    show(id);
    Q_EMIT originsChanged();
}

void SourceShelf::finishReading(int id, ReadResult result)
{
    Source *read = source(id);
    if (!read)
        return;
    if (result) {
        read->state = Source::Ready;
        read->content = std::move(*result);
    } else {
        read->state = Source::Failed;
        read->error = result.error();
    }
    Q_EMIT changed();
    if (id == m_shown)
        Q_EMIT shownChanged();
    Q_EMIT wasRead(id);
}

void SourceShelf::remove(int id)
{
    const auto place = std::ranges::find(m_sources, id, &Source::id);
    if (id == typed || place == m_sources.end())
        return;
    m_reading.erase(id);
    const int before = std::prev(place)->id;
    m_removed = std::move(*place);
    m_sources.erase(place);
    if (m_shown == id) {
        m_shown = before;
        Q_EMIT shownChanged();
    }
    Q_EMIT changed();
    Q_EMIT removed(id, m_removed->name);
    Q_EMIT originsChanged();
}

void SourceShelf::bringBack()
{
    if (!m_removed)
        return;
    const int id = m_removed->id;
    const bool wasReading = m_removed->state == Source::Reading;
    m_sources.push_back(std::move(*m_removed));
    m_removed.reset();
    m_shown = id;
    if (wasReading)
        readAgain(id); // its reading was given up
    Q_EMIT changed();
    Q_EMIT shownChanged();
    Q_EMIT originsChanged();
}

void SourceShelf::show(int id)
{
    if (id == m_shown || !find(id))
        return;
    m_shown = id;
    Q_EMIT shownChanged();
}

void SourceShelf::setSummary(int id, MarkedSummary summary)
{
    if (Source *summarized = source(id))
        summarized->summary = std::move(summary);
}

QStringList SourceShelf::origins() const
{
    QStringList origins;
    for (const Source &source : m_sources) {
        if (!source.origin.isEmpty())
            origins << source.origin;
    }
    return origins;
}

void SourceShelf::restore(const QString &typedText, const QStringList &origins)
{
    if (m_typedText.isEmpty())
        m_typedText = typedText;
    const int shownBefore = m_shown;
    for (const QString &origin : origins) {
        if (isLink(origin))
            restoreLink(origin);
        else
            addFiles({origin});
    }
    if (shownBefore != typed)
        show(shownBefore);
    m_countTimer.start();
    Q_EMIT shownChanged();
}

void SourceShelf::restoreLink(const QString &origin)
{
    Source page = newSource(QUrl(origin).host(), origin);
    page.state = Source::Failed;
    page.error =
        Error(ErrorKind::Network, tr("This page was open last time. It is fetched again only when you say so."));
    m_sources.push_back(std::move(page));
    Q_EMIT changed();
}

} // namespace quintet::ui
