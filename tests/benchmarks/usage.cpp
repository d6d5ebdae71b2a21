// SPDX-License-Identifier: GPL-3.0-or-later
// A ledger of a million events, and every report that the page of usage asks for.
#include "benchmark.h"
#include "usage/ledgerstore.h"
#include "usage/report/usagereportstore.h"
#include "usage/spendingstore.h"
#include "usage/usagesumstore.h"

#include "base/id.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <random>

namespace quintet::bench {

using namespace Qt::StringLiterals;

namespace {

struct Period {
    QString name;
    QDateTime start;
    usage::Grain grain;
};

/// Events as a busy service would make them, in the order of their time, up to now.
class Events final {
public:
    Events(int count, int days) : m_count(count), m_length(qint64(days) * 24 * 3600 * 1000)
    {
        for (int i = 0; i < 400; ++i)
            m_runs << makeId();
    }

    usage::UsageEvent at(int i)
    {
        const auto below = [this](int limit) { return std::uniform_int_distribution(0, limit - 1)(m_random); };
        // As in the planner: summarize and chat the most, agents the least.
        static const std::array<QString, 20> patterns{u"summarize"_s, u"summarize"_s, u"summarize"_s, u"summarize"_s,
                                                      u"summarize"_s, u"summarize"_s, u"summarize"_s, u"summarize"_s,
                                                      u"summarize"_s, u"chat"_s,      u"chat"_s,      u"chat"_s,
                                                      u"chat"_s,      u"chat"_s,      u"chat"_s,      u"batch"_s,
                                                      u"batch"_s,     u"batch"_s,     u"knowledge"_s, u"agent"_s};
        usage::UsageEvent event;
        event.time = m_end.addMSecs(-m_length + m_length * i / m_count);
        event.pattern = patterns[size_t(below(int(patterns.size())))];
        event.model = u"model-%1"_s.arg(below(3));
        event.endpoint = event.model == u"model-0" ? u"cloud"_s : u"local"_s;
        if (event.pattern == u"batch" || event.pattern == u"agent")
            event.run = m_runs[qint64(i) * (m_runs.size() - 4) / m_count + below(4)];
        event.tokens = {.prompt = 200 + below(2000), .completion = 20 + below(500)};
        event.cached = below(6) == 0;
        if (event.cached)
            event.saved = usage::Money{below(2'000'000)};
        if (event.endpoint == u"cloud")
            event.cost = usage::Money{event.cached ? 0 : below(2'000'000)};
        event.totalTime = std::chrono::milliseconds(qint64(m_answerTime(m_random)));
        event.firstTokenTime = event.totalTime / 4;
        event.attempts = 1;
        event.outcome = below(50) == 0 ? u"network"_s : u"done"_s;
        return event;
    }

private:
    int m_count;
    qint64 m_length;
    QDateTime m_end = QDateTime::currentDateTimeUtc();
    QStringList m_runs;
    std::mt19937 m_random{1};
    std::lognormal_distribution<double> m_answerTime{7.5, 0.8};
};

double milliseconds(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

double median(int runs, const std::function<void()> &work)
{
    std::vector<double> times;
    for (int i = 0; i < runs; ++i)
        times.push_back(milliseconds(work));
    std::ranges::sort(times);
    return times[times.size() / 2];
}

void settle(store::Database &database)
{
    database.writer().write([](store::Connection &) { return Result<void>(); }).waitForFinished();
}

void fill(store::Database &database, Events events, int count)
{
    usage::LedgerStore ledger(database);
    for (int i = 0; i < count; ++i) {
        ledger.record(events.at(i));
        if (i % 5000 == 4999)
            settle(database); // what waits to be written is kept in memory
    }
    settle(database);
}

/// Adds all to the sums, and tells how long the longest transaction took.
double rollUp(store::Database &database)
{
    double longest = 0;
    for (bool more = true; more;) {
        longest = std::max(longest, milliseconds([&] {
                               database.writer()
                                   .write([&more](store::Connection &connection) -> Result<void> {
                                       const auto stepped = usage::UsageRollupStore::step(connection);
                                       more = stepped.value_or(false);
                                       return stepped.transform([](bool) { });
                                   })
                                   .waitForFinished();
                           }));
    }
    return longest;
}

} // namespace

std::vector<Figure> usageBench(const Options &options)
{
    const int count = options.quick ? 50'000 : 1'000'000;
    std::vector<Figure> figures;
    for (const int days : {120, 1}) { // a season of a busy office, and a day of a large service
        QTemporaryDir folder;
        auto opened = store::Database::open(folder.filePath(u"quintet.db"_s), store::mainSchema());
        if (!opened)
            qFatal("%s", qPrintable(opened.error().message));
        store::Database &database = **opened;
        const QString among = u" of %1 in %n d"_s.arg(count).replace(u"%n"_s, QString::number(days));
        const double written = milliseconds([&] { fill(database, Events(count, days), count); });
        // From nothing, as after an update of the program.
        database.writer()
            .write([](store::Connection &connection) {
                return connection.executeScript(
                    "DELETE FROM usage_sum; DELETE FROM usage_run_sum; DELETE FROM usage_rolled");
            })
            .waitForFinished();
        double longest = 0;
        const double rolled = milliseconds([&] { longest = rollUp(database); });
        auto connection = database.reader();
        const double scan = median(5, [&] {
            const auto counted = connection->value(u"SELECT count(*) FROM usage_event"_s);
            if (!counted || counted->toInt() != count)
                qFatal("the ledger lacks events");
        });
        const auto add = [&](const QString &variant, const QString &figure, double value, const QString &unit,
                             bool besideScan = false) {
            figures.push_back({u"usage"_s, variant + among, figure, value, unit,
                               besideScan ? std::optional(scan) : std::nullopt,
                               besideScan ? u"count(*)"_s : QString()});
        };
        add(u"record"_s, u"each"_s, written * 1000 / count, u"us"_s);
        add(u"add up all anew"_s, u"each"_s, rolled * 1000 / count, u"us"_s);
        add(u"add up all anew"_s, u"longest"_s, longest, u"ms"_s);
        const QDate today = QDate::currentDate();
        const std::array periods{Period{u"24 h"_s, QDateTime::currentDateTime().addDays(-1), usage::Grain::QuarterHour},
                                 Period{u"7 days"_s, today.addDays(-6).startOfDay(), usage::Grain::Day},
                                 Period{u"30 days"_s, today.addDays(-29).startOfDay(), usage::Grain::Day},
                                 Period{u"90 days"_s, today.addDays(-89).startOfDay(), usage::Grain::Day},
                                 Period{u"all"_s, QDateTime::fromSecsSinceEpoch(0), usage::Grain::Day}};
        const usage::UsageReportStore reports(database);
        using enum usage::SplitBy;
        for (const Period &period : periods) {
            for (const usage::SplitBy split : {Pattern, Model, Endpoint, Day, Run}) {
                const double time = median(5, [&] {
                    const auto report = reports.read(period.start, period.grain, split == Run);
                    std::ignore = report->rows(split);
                });
                add(period.name + u" by "_s + usage::nameOf(split), u"median"_s, time, u"ms"_s, true);
            }
            const double time = median(5, [&] {
                const auto report = reports.read(period.start, period.grain, true);
                for (const usage::SplitBy split : {Pattern, Model, Endpoint, Day, Run})
                    std::ignore = report->rows(split);
                for (const usage::SplitBy split : {Pattern, Model, Endpoint})
                    std::ignore = report->costs(split, usage::BarLength::Day, 5, QDateTime::currentDateTime());
            });
            add(period.name + u", the whole page"_s, u"median"_s, time, u"ms"_s, true);
        }
        const double month = median(5, [&] {
            std::ignore = usage::sums::totalSince(
                *connection, QDate(today.year(), today.month(), 1).startOfDay().toMSecsSinceEpoch());
        });
        add(u"what a budget asks"_s, u"median"_s, month, u"ms"_s, true);
    }
    return figures;
}

} // namespace quintet::bench
