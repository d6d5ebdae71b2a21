// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/worker/workerextractor.h"

#include "document/extraction/runonpool.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QThread>

namespace quintet::document {

namespace {

constexpr int documentsOfAWorker = 500; ///< then it makes room for a fresh one
constexpr int openers = 4;
constexpr int mostRecognised = 300; ///< pages

QString tr(const char *sentence)
{
    return QCoreApplication::translate("document", sentence);
}

/// What was set aside before: it is not even opened.
Error setAside(const QString &name, const QString &reason)
{
    return Error(ErrorKind::BadInput,
                 tr("“%1” was set aside, since %2. Try again, or open it in its own program and save it anew.")
                     .arg(name, reason));
}

Error justSetAside(const QString &name, const QString &reason)
{
    return Error(
        ErrorKind::BadInput,
        tr("“%1” could not be read: %2. It was set aside; try again, or open it in its own program and save it "
           "anew.")
            .arg(name, reason));
}

} // namespace

OtherPrograms OtherPrograms::found(const QString &settingsFile)
{
    OtherPrograms others{.tesseract = QStandardPaths::findExecutable(QStringLiteral("tesseract")), .loaders = {}};
    QSettings settings(settingsFile, QSettings::IniFormat);
    settings.beginGroup(QStringLiteral("loaders"));
    for (const QString &ending : settings.childKeys())
        others.loaders.insert(ending.toLower(), settings.value(ending).toString());
    return others;
}

WorkerExtractor::WorkerExtractor(QString program, QString quarantineFolder, WorkerLimits limits, OtherPrograms others)
    : m_program(std::move(program)),
      m_quarantine(std::move(quarantineFolder)),
      m_limits(limits),
      m_loaders(std::move(others.loaders)),
      m_recognition(m_program, std::move(others.tesseract)),
      m_most(std::max(1, QThread::idealThreadCount()))
{
    m_pool.setMaxThreadCount(openers);
    m_pool.setObjectName(QStringLiteral("extractor"));
}

WorkerExtractor::~WorkerExtractor()
{
    m_idle.clear();
    m_pool.clear();
    m_pool.waitForDone();
}

Task<Result<Document>> WorkerExtractor::extract(Source source, CancelToken token)
{
    const auto open = [source, quarantine = m_quarantine](CancelToken) {
        return openInput(source).and_then([&](Input input) -> Result<Input> {
            const auto reason = source.again ? std::nullopt : quarantine.reasonFor(source.path, input);
            if (reason)
                return std::unexpected(setAside(input.name, *reason));
            return input;
        });
    };
    auto opened = co_await runOnPool<Input>(m_pool, open, token);
    if (!opened)
        co_return std::unexpected(opened.error());
    const auto input = std::make_shared<Input>(std::move(*opened));
    Result<Document> document;
    const QString command = m_loaders.value(QFileInfo(input->name).suffix().toLower());
    if (!command.isEmpty()) {
        document = co_await loaded(input, command, token);
    } else {
        WorkerProcess::Answer answer = co_await ask(input, token);
        if (answer.error && pagesToRecognise(*answer.error) && m_recognition.isAvailable())
            document = co_await recognised(input, *answer.error, token);
        else
            co_return co_await finished(std::move(source), input, std::move(answer), token);
    }
    if (document && !source.path.isEmpty())
        document->path = QFileInfo(source.path).absoluteFilePath();
    co_return document;
}

Task<WorkerProcess::Answer> WorkerExtractor::ask(std::shared_ptr<Input> input, CancelToken token)
{
    Worker worker = co_await takeWorker(token);
    if (!worker)
        co_return WorkerProcess::Answer{.error = cancelledError()};
    WorkerProcess::Answer answer = co_await worker->read(*input, token);
    giveBack(std::move(worker));
    co_return answer;
}

/// The user's own program reads the file, and what it writes is read as text.
Task<Result<Document>> WorkerExtractor::loaded(std::shared_ptr<Input> input, QString command, CancelToken token)
{
    const auto output =
        co_await runConfined({m_program, QProcess::splitCommand(command)}, input->file.number(), input->name, token);
    if (!output)
        co_return std::unexpected(output.error());
    auto document = co_await extract({.bytes = *output, .name = QStringLiteral("loaded.txt"), .again = true}, token);
    if (document)
        document->date = input->changed;
    co_return document;
}

/// `error` stands where nothing was recognised.
Task<Result<Document>> WorkerExtractor::recognised(std::shared_ptr<Input> input, Error error, CancelToken token)
{
    const int count = pagesToRecognise(error).value_or(0);
    QStringList pages;
    if (count == 0) {
        const auto text = co_await m_recognition.textOf(input->file.number(), input->name, token);
        pages << text.value_or(QString());
    }
    for (int page = 0; page < std::min(count, mostRecognised) && !token.stop_requested(); ++page)
        pages << (co_await textOfPage(input, page, token)).value_or(QString());
    if (token.stop_requested())
        co_return std::unexpected(cancelledError());
    if (std::ranges::all_of(pages, &QString::isEmpty))
        co_return std::unexpected(error);
    Document document = documentOfPages(pages, count == 0 ? QStringLiteral("image") : QStringLiteral("pdf"));
    document.date = input->changed;
    co_return document;
}

Task<Result<QString>> WorkerExtractor::textOfPage(std::shared_ptr<Input> input, int page, CancelToken token)
{
    input->page = page;
    const WorkerProcess::Answer answer = co_await ask(input, token);
    const auto picture = openInput({.bytes = answer.picture, .name = input->name});
    if (!picture)
        co_return std::unexpected(picture.error());
    co_return co_await m_recognition.textOf(picture->file.number(), input->name, token);
}

/// Null where the token was cancelled first.
Task<WorkerExtractor::Worker> WorkerExtractor::takeWorker(CancelToken token)
{
    while (m_idle.empty() && m_workers >= m_most && !token.stop_requested()) {
        Wake wake;
        m_waiting.push_back(&wake);
        const OnCancel onCancel(token, &wake, [&wake] { Q_EMIT wake.woken(); });
        co_await qCoro(&wake, &Wake::woken);
        std::erase(m_waiting, &wake);
    }
    if (token.stop_requested()) {
        // Whoever woke this one meant it for anybody.
        if (!m_waiting.empty() && !m_idle.empty())
            m_waiting.front()->wakeLater();
        co_return nullptr;
    }
    if (m_idle.empty()) {
        ++m_workers;
        co_return std::make_unique<WorkerProcess>(m_program, m_limits);
    }
    Worker worker = std::move(m_idle.back());
    m_idle.pop_back();
    if (!worker->isUsable())
        worker = std::make_unique<WorkerProcess>(m_program, m_limits);
    co_return worker;
}

void WorkerExtractor::giveBack(Worker worker)
{
    // Not destroyed here: this runs inside of what the worker told.
    if (worker->isUsable() && worker->documentsRead() < documentsOfAWorker) {
        m_idle.push_back(std::move(worker));
    } else {
        --m_workers;
        worker.release()->deleteLater();
    }
    if (!m_waiting.empty())
        m_waiting.front()->wakeLater();
}

Task<Result<Document>> WorkerExtractor::finished(Source source, std::shared_ptr<Input> input,
                                                 WorkerProcess::Answer answer, CancelToken token)
{
    if (answer.error)
        co_return std::unexpected(*answer.error);
    const auto finish = [source, input, answer = std::move(answer),
                         quarantine = m_quarantine](CancelToken) -> Result<Document> {
        auto document = answer.end.isEmpty() ? documentFrom(answer.facts, answer.text) : std::nullopt;
        if (!document) {
            const QString reason = answer.end.isEmpty() ? tr("its reader lost its way over it") : answer.end;
            quarantine.add(source.path, *input, reason);
            return std::unexpected(justSetAside(input->name, reason));
        }
        if (source.again)
            quarantine.remove(source.path);
        if (!source.path.isEmpty())
            document->path = QFileInfo(source.path).absoluteFilePath();
        return std::move(*document);
    };
    co_return co_await runOnPool<Document>(m_pool, finish, token);
}

QString extractWorkerProgram()
{
    const QString own = QCoreApplication::applicationDirPath();
    for (const QString &folder : {own, own + QStringLiteral("/../bin")}) {
        if (QFileInfo(folder + QStringLiteral("/quintet")).isExecutable())
            return folder + QStringLiteral("/quintet");
    }
    return QStandardPaths::findExecutable(QStringLiteral("quintet"));
}

} // namespace quintet::document
