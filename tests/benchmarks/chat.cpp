// SPDX-License-Identifier: GPL-3.0-or-later
// Many conversations in the database: listed, searched, opened. And a long answer on its way into conversation, store
// and transcript.
#include "benchmark.h"
#include "chat/store/chatsearchstore.h"
#include "ui/theme/theme.h"
#include "ui/transcript/transcript.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <ctime>

namespace quintet::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int chunksPerSecond = 1000;
constexpr int chunksPerFrame = 16;
constexpr int words = 5000; // different ones

QString wordOf(int number)
{
    return u"w%1"_s.arg(number % words);
}

chat::Conversation conversation(int number)
{
    chat::Conversation made(chat::ConversationId::make());
    chat::MessageId before;
    for (int i = 0; i < 4; ++i) {
        chat::Message message;
        message.id = chat::MessageId::make();
        message.parent = std::exchange(before, message.id);
        message.role = i % 2 == 0 ? llm::Role::User : llm::Role::Assistant;
        message.time = QDateTime::currentDateTimeUtc();
        // One word that all share, one of a conversation in fifty, many that are rare.
        message.text = u"the common"_s + (number % 50 == 0 ? u" seldom"_s : QString());
        for (int word = 0; word < 40; ++word)
            message.text += u' ' + wordOf(number * 7 + i * 131 + word * 37);
        made.apply(chat::MessageAdded{message});
    }
    made.apply(chat::TitleSet{u"Conversation %1 about %2"_s.arg(number).arg(wordOf(number))});
    return made;
}

std::vector<chat::ConversationId> fill(chat::ConversationStore &store, int count)
{
    std::vector<chat::ConversationId> ids;
    QFuture<Result<void>> last;
    for (int i = 0; i < count; ++i) {
        const chat::Conversation made = conversation(i);
        ids.push_back(made.id());
        last = store.writeWhole(made, {.folder = i % 10 == 0 ? u"Work"_s : QString()},
                                QDateTime::currentDateTimeUtc().addSecs(-i));
        if (i % 500 == 499)
            last.waitForFinished();
    }
    last.waitForFinished();
    return ids;
}

/// Milliseconds that `work` takes: the median of some runs.
double medianMilliseconds(const std::function<void(int)> &work)
{
    std::vector<double> times;
    for (int i = 0; i < 21; ++i) {
        QElapsedTimer timer;
        timer.start();
        work(i);
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

double processSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

/// CPU seconds of the whole process for an answer of `chunks`, taken as the window and the engine take it: folded on
/// both sides, kept each second, painted each frame.
double streamSeconds(chat::ConversationStore &store, int chunks)
{
    const ui::Theme theme;
    ui::Transcript transcript;
    transcript.resize(954, 720);
    transcript.show();
    chat::Conversation shown(chat::ConversationId::make());
    chat::Message answer;
    answer.id = chat::MessageId::make();
    answer.role = llm::Role::Assistant;
    answer.state = chat::MessageState::Running;
    answer.time = QDateTime::currentDateTimeUtc();
    shown.apply(chat::MessageAdded{answer});
    store.write(shown, chat::MessageAdded{answer}).waitForFinished();
    transcript.append({.id = u"open"_s, .isOpen = true});
    const double start = processSeconds();
    for (int i = 0; i < chunks; ++i) {
        const llm::TextDelta delta{i % 200 == 199 ? u".\n\n"_s : wordOf(i) + u' '};
        chat::apply(answer, delta);
        shown.apply(chat::AnswerGrew{answer.id, delta});
        transcript.appendText(u"open"_s, delta.text);
        if (i % chunksPerFrame == chunksPerFrame - 1) {
            const qint64 before = transcript.work().updates;
            while (transcript.work().updates == before)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        if (i % chunksPerSecond == chunksPerSecond - 1)
            store.writeProgress(answer);
    }
    transcript.finish(u"open"_s);
    answer.state = chat::MessageState::Whole;
    shown.apply(chat::AnswerEnded{answer});
    store.write(shown, chat::AnswerEnded{answer}).waitForFinished();
    return processSeconds() - start;
}

} // namespace

bool makeConversations(const QString &databasePath, int count)
{
    auto database = store::Database::open(databasePath, store::mainSchema());
    if (!database)
        return false;
    chat::ConversationStore store(**database);
    return int(fill(store, count).size()) == count;
}

std::vector<Figure> chat(const Options &options)
{
    const int count = options.quick ? 2000 : 100'000;
    const int chunks = options.quick ? 5000 : 200'000;
    QTemporaryDir folder;
    auto database = store::Database::open(folder.filePath(u"quintet.db"_s), store::mainSchema());
    if (!database)
        qFatal("%s", qPrintable(database.error().message));
    chat::ConversationStore store(**database);
    const chat::ChatSearchStore search(**database);
    const std::vector<chat::ConversationId> ids = fill(store, count);
    std::vector<Figure> figures;
    const auto add = [&](const QString &variant, const QString &figure, double value, const QString &unit) {
        figures.push_back({u"chat"_s, variant, figure, value, unit, {}, {}});
    };
    const QString among = u" among %1"_s.arg(count);
    const auto find = [&search](const QString &typed) {
        return [&search, typed](int) { std::ignore = search.search(chat::parseSearch(typed), 50); };
    };
    add(u"list 100"_s + among, u"median"_s, medianMilliseconds([&](int) { std::ignore = store.list({}, 0, 100); }),
        u"ms"_s);
    add(u"list 100 of a folder"_s + among, u"median"_s,
        medianMilliseconds([&](int) { std::ignore = store.list({.folder = u"Work"_s}, 0, 100); }), u"ms"_s);
    add(u"search a word of all"_s + among, u"median"_s, medianMilliseconds(find(u"common"_s)), u"ms"_s);
    add(u"search a word of a few"_s + among, u"median"_s, medianMilliseconds(find(u"seldom"_s)), u"ms"_s);
    add(u"search three words"_s + among, u"median"_s, medianMilliseconds(find(u"common w17 w54"_s)), u"ms"_s);
    add(u"search what is nowhere"_s + among, u"median"_s, medianMilliseconds(find(u"zanzibar"_s)), u"ms"_s);
    add(u"open"_s + among, u"median"_s,
        medianMilliseconds([&](int i) { std::ignore = store.load(ids[size_t(i * 7919) % ids.size()]); }), u"ms"_s);
    const double seconds = streamSeconds(store, chunks);
    add(u"an answer of %1 chunks"_s.arg(chunks), u"CPU"_s, seconds, u"s"_s);
    add(u"the same at %1 a second"_s.arg(chunksPerSecond), u"cores"_s, seconds * chunksPerSecond / chunks, u"cores"_s);
    return figures;
}

} // namespace quintet::bench
