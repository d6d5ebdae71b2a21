// SPDX-License-Identifier: GPL-3.0-or-later
// Streaming into a long conversation, beside a QTextBrowser that is given the whole answer with each frame.
#include "ui/transcript/transcript.h"

#include "benchmark.h"
#include "transcript/recording.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTextBrowser>

#include <algorithm>
#include <ctime>

namespace quintet::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype frameText = 64; // characters of 16 tokens: a sixtieth of a second at 1,000 tokens a second
constexpr int largestSample = 60;   // frames of the alternative

double cpuMilliseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double percentile(std::vector<double> values, double share)
{
    std::ranges::sort(values);
    return values.empty() ? 0 : values[std::min(values.size() - 1, size_t(double(values.size()) * share))];
}

/// What this thread spends until all is painted that `work` asks for.
template<typename Work>
double frameTime(Work work)
{
    const double start = cpuMilliseconds();
    work();
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents();
    return cpuMilliseconds() - start;
}

std::vector<double> streamFrames(ui::Transcript &transcript, const QString &text)
{
    std::vector<double> frames;
    for (qsizetype i = 0; i < text.size(); i += frameText) {
        const qint64 before = transcript.work().updates;
        transcript.appendText(u"open"_s, text.sliced(i, std::min(frameText, text.size() - i)));
        double spent = 0;
        while (transcript.work().updates == before)
            spent += frameTime([] { QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); });
        frames.push_back(spent + frameTime([] { }));
    }
    return frames;
}

/// The same into a QTextBrowser; only some frames, as each costs so much.
std::vector<double> browserFrames(const QString &text)
{
    QTextBrowser browser;
    browser.resize(954, 720);
    browser.show();
    std::vector<double> frames;
    const qsizetype step = std::max(frameText, text.size() / largestSample);
    for (qsizetype i = step; i <= text.size(); i += step)
        frames.push_back(frameTime([&] { browser.document()->setMarkdown(text.first(i)); }));
    return frames;
}

QString codeOf(qsizetype size)
{
    QString text = u"```cpp\n"_s;
    for (int i = 0; text.size() < size; ++i)
        text += u"    const int value%1 = compute(%1, \"text %1\"); // the %1th of them\n"_s.arg(i);
    return text + u"```\n"_s;
}

QString tableOf(int rows)
{
    QString text = u"| name | first | second |\n|---|--:|---|\n"_s;
    for (int i = 0; i < rows; ++i)
        text += u"| row %1 | %2 | some words in the third column |\n"_s.arg(i).arg(i * 37);
    return text;
}

} // namespace

std::vector<Figure> transcript(const Options &options)
{
    QApplication::setFont(QFont(u"Noto Sans"_s));
    const ui::Theme theme;
    ui::Transcript transcript;
    transcript.resize(954, 720);
    transcript.show();
    const int messages = options.quick ? 1000 : 10'000;
    std::vector<Figure> figures;
    const auto add = [&](const QString &variant, const QString &figure, double value, const QString &unit = u"ms"_s,
                         std::optional<double> baseline = std::nullopt) {
        figures.push_back({u"transcript"_s, variant, figure, value, unit, baseline,
                           baseline ? u"QTextBrowser, all anew"_s : QString()});
    };

    std::vector<ui::Message> conversation = test::longConversation(messages);
    const QString opened = u"open %1 messages"_s.arg(messages);
    add(opened, u"total"_s, frameTime([&] { transcript.setMessages(std::move(conversation)); }));

    const qsizetype size = options.quick ? 8000 : 64'000;
    const std::pair<QString, QString> streams[] = {
        {u"64 KB of mixed Markdown"_s, test::mixedMarkdown(size)},
        {u"one code block of 60 KB"_s, codeOf(size)},
        {u"one paragraph of 16 KB"_s, u"some *words* and `code` to read "_s.repeated(size / 128)},
        {u"one table of 500 rows"_s, tableOf(options.quick ? 60 : 500)}};
    const double memoryBefore = residentMegabytes();
    for (const auto &[name, text] : streams) {
        transcript.append({.id = u"open"_s, .isOpen = true});
        transcript.scrollToEnd();
        const std::vector<double> frames = streamFrames(transcript, text);
        const double last = frameTime([&] { transcript.finish(u"open"_s); });
        const std::vector<double> others = browserFrames(text);
        add(name, u"p50"_s, percentile(frames, 0.5), u"ms"_s, percentile(others, 0.5));
        add(name, u"p99"_s, percentile(frames, 0.99), u"ms"_s, percentile(others, 0.99));
        add(name, u"max"_s, std::ranges::max(frames));
        add(name, u"finish"_s, last);
        transcript.removeFrom(u"open"_s);
    }
    add(u"all of it"_s, u"memory"_s, residentMegabytes(), u"MB"_s);
    add(u"all of it"_s, u"grown by"_s, residentMegabytes() - memoryBefore, u"MB"_s);

    transcript.append({.id = u"open"_s, .parts = {ui::TextPart{test::mixedMarkdown(size)}}});
    std::vector<double> resizes;
    for (int i = 0; i < 100; ++i)
        resizes.push_back(frameTime([&] { transcript.resize(700 + (i * 37) % 400, 720); }));
    add(u"100 resizes"_s, u"p99"_s, percentile(resizes, 0.99));
    add(u"100 resizes"_s, u"max"_s, std::ranges::max(resizes));
    std::vector<double> scrolls;
    for (int i = 0; i < 100; ++i)
        scrolls.push_back(frameTime([&] { transcript.scrollToMessage(u"m%1"_s.arg((i * 7919) % messages)); }));
    add(u"100 jumps"_s, u"p99"_s, percentile(scrolls, 0.99));
    return figures;
}

} // namespace quintet::bench
