// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch/work/runner.h"
#include "document/extractor.h"
#include "llm/server/catalog.h"
#include "modelserver.h"
#include "store/secrets.h"

#include <QElapsedTimer>
#include <QFile>

#include <algorithm>

namespace quintet::bench {

namespace {

using namespace Qt::StringLiterals;

/// Rows need no reading.
struct NoExtractor final : document::Extractor {
    Task<Result<document::Document>> extract(document::Source, CancelToken) override
    {
        co_return failure(ErrorKind::BadInput, u"no file"_s);
    }
};

/// And prompts no summarizer.
struct NoTexts final : quintet::batch::TextTask {
    Task<Result<llm::Completion>> summarize(document::Document, QString, quintet::batch::Asking, CancelToken) override
    {
        co_return failure(ErrorKind::NeedsModel, u"no summarizer"_s);
    }
    Task<Result<llm::Completion>> condense(QString, qint64, QString, quintet::batch::Asking, CancelToken) override
    {
        co_return failure(ErrorKind::NeedsModel, u"no summarizer"_s);
    }
};

struct BatchHouse : House {
    store::MemorySecrets secrets;
    llm::Catalog catalog{client, secrets, facts};
    NoExtractor extractor;
    NoTexts texts;

    quintet::batch::BatchParts parts()
    {
        return {*database,
                clock,
                gateway,
                catalog,
                extractor,
                texts,
                client,
                ledger,
                prices,
                spending,
                [](const llm::Endpoint &endpoint) { return endpoint; }};
    }

    /// A run over `count` rows, which are listed but not begun.
    quintet::batch::Run makeRun(const QUrl &url, int count)
    {
        const QString path = folder.filePath(u"rows.jsonl"_s);
        QFile rows(path);
        if (!rows.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        for (int i = 0; i < count; ++i)
            rows.write("{\"text\":\"Say something short about " + QByteArray::number(i) + ".\"}\n");
        rows.close();
        quintet::batch::RunSpec spec;
        spec.source = {
            .kind = quintet::batch::SourceKind::Lines, .paths = {path}, .include = {}, .exclude = {}, .run = {}};
        spec.prompt = u"{{row.text}}"_s;
        spec.useCache = false;
        spec.endpoint = {.name = u"bench"_s, .baseUrl = url, .model = u"m"_s};
        spec.endpoint.rates.atOnce = atOnce;
        quintet::batch::RunStore runs(*database, clock);
        quintet::batch::ItemStore items(*database, clock);
        quintet::batch::FileStore files(*database);
        const auto run = QCoro::waitFor(runs.create(spec));
        quintet::batch::Preparation preparation(runs, items, files);
        const auto listed = QCoro::waitFor(preparation.list(*run, {}));
        if (!listed || !QCoro::waitFor(runs.setState(*run, quintet::batch::RunState::Paused)))
            qFatal("cannot list");
        quintet::batch::Run ready = *runs.find(run->id.value);
        ready.spec = spec; // with the rates, which are no part of what is kept
        return ready;
    }
};

struct Worked {
    double cpuSeconds = 0;
    double seconds = 0;
    double firstSeconds = 0; ///< until the first item had ended
    double memoryEarly = 0;  ///< megabytes when a tenth was done
    double memoryLate = 0;
    qint64 done = 0;
};

/// Works a run to its end; with `justFirst`, until an item was answered.
Worked work(BatchHouse &house, const quintet::batch::Run &run, bool justFirst = false)
{
    auto parts = house.parts();
    // The limits of the endpoint are its owner's settings; here they are the bench's.
    parts.endpoint = [endpoint = run.spec.endpoint](const llm::Endpoint &) { return endpoint; };
    quintet::batch::Runner runner(parts, run);
    Worked worked;
    CancelSource source;
    QElapsedTimer elapsed;
    QObject::connect(&runner, &quintet::batch::Runner::progressed, &runner, [&] {
        const qint64 answered = runner.answered();
        if (answered >= 1 && worked.firstSeconds == 0) {
            worked.firstSeconds = static_cast<double>(elapsed.nsecsElapsed()) / 1e9;
            if (justFirst)
                source.request_stop();
        }
        if (worked.memoryEarly == 0 && answered >= run.total / 10)
            worked.memoryEarly = residentMegabytes();
    });
    const double cpu = processSeconds();
    elapsed.start();
    const auto ended = QCoro::waitFor(runner.work(source.get_token()));
    worked.seconds = static_cast<double>(elapsed.nsecsElapsed()) / 1e9;
    worked.cpuSeconds = processSeconds() - cpu;
    worked.memoryLate = residentMegabytes();
    worked.done = ended ? ended->done : 0;
    return worked;
}

/// How long the requests of a run took, in milliseconds, the shortest first.
std::vector<double> latencies(BatchHouse &house, const quintet::batch::Run &run)
{
    std::vector<double> all;
    quintet::batch::ItemStore items(*house.database, house.clock);
    const auto read = items.forEach(run, [&all](const quintet::batch::ItemRecord &record) -> Result<void> {
        all.push_back(static_cast<double>(record.item.time.value_or(std::chrono::milliseconds(0)).count()));
        return {};
    });
    if (!read || all.empty())
        qFatal("no items");
    std::ranges::sort(all);
    return all;
}

double perRequest(double cpuSeconds, qint64 count)
{
    return cpuSeconds * 1000 / static_cast<double>(std::max<qint64>(1, count));
}

} // namespace

std::vector<Figure> batch(const Options &options)
{
    const int count = options.isLong ? 1'000'000 : options.quick ? 2'000 : 20'000;
    const int many = options.isLong ? 1'000'000 : options.quick ? 50'000 : 300'000;
    std::vector<Figure> figures;
    const auto add = [&figures](const QString &variant, const QString &figure, double value, const QString &unit,
                                std::optional<double> baseline = {}) {
        figures.push_back({u"batch"_s, variant, figure, value, unit, baseline,
                           baseline ? u"bare QNetworkAccessManager"_s : QString()});
    };
    {
        const ServerProcess server(0);
        const int plainCount = std::min(count, 20'000);
        bare(server.url(), plainCount / 10); // finds everything warm
        const Run plain = bare(server.url(), plainCount);
        BatchHouse house;
        const auto run = house.makeRun(server.url(), count);
        const Worked worked = work(house, run);
        const QString variant = u"64 in flight, every result synced"_s;
        add(variant, u"CPU"_s, perRequest(worked.cpuSeconds, count), u"ms/req"_s,
            perRequest(plain.cpuSeconds, plainCount));
        add(variant, u"throughput"_s, count / worked.seconds, u"req/s"_s, plainCount / plain.seconds);
        add(variant, u"not done"_s, static_cast<double>(count - worked.done), u"items"_s);
        add(variant, u"memory added from 10 % to the end"_s, worked.memoryLate - worked.memoryEarly, u"MB"_s);
    }
    {
        const ServerProcess slow(50);
        const int slowCount = std::min(count, 10'000);
        const Run plain = bare(slow.url(), slowCount);
        BatchHouse house;
        const auto run = house.makeRun(slow.url(), slowCount);
        const Worked worked = work(house, run);
        const auto times = latencies(house, run);
        add(u"64 in flight, 50 ms of latency"_s, u"throughput"_s, slowCount / worked.seconds, u"req/s"_s,
            static_cast<double>(plain.latencies.size()) / plain.seconds);
        add(u"64 in flight, 50 ms of latency"_s, u"p99"_s, times[times.size() * 99 / 100], u"ms"_s,
            plain.latencies[plain.latencies.size() * 99 / 100]);
    }
    const ServerProcess server(0);
    BatchHouse house;
    const auto run = house.makeRun(server.url(), many);
    const Worked resumed = work(house, run, true);
    add(u"a run of %1 items, resumed"_s.arg(many), u"first answer"_s, resumed.firstSeconds * 1000, u"ms"_s);
    return figures;
}

} // namespace quintet::bench
