// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmark.h"

#include "llm/gateway/gateway.h"
#include "llm/gateway/modelfactsstore.h"
#include "llm/gateway/ratebookstore.h"
#include "llm/gateway/responsecachestore.h"
#include "llm/server/httpbackend.h"
#include "support/scriptedserver.h"
#include "usage/ledgerstore.h"
#include "usage/spendingstore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHttp1Configuration>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <qcorosignal.h>

#include <algorithm>
#include <ctime>
#include <unistd.h>

namespace quintet::bench {

namespace {

using namespace Qt::StringLiterals;

constexpr int atOnce = 64;

double processSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// The server in a process of its own, so that its work is not counted.
class ServerProcess final {
public:
    explicit ServerProcess(int latency)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), {u"--serve"_s, QString::number(latency)});
        m_process.waitForReadyRead();
        m_url = QUrl(QString::fromUtf8(m_process.readLine()).trimmed());
    }
    ~ServerProcess()
    {
        m_process.closeWriteChannel();
        m_process.kill();
        m_process.waitForFinished();
    }
    QUrl url() const { return m_url; }

private:
    QProcess m_process;
    QUrl m_url;
};

/// All that the gateway stands on, on disk as in the program.
struct House {
    QTemporaryDir folder;
    SystemClock clock;
    std::unique_ptr<store::Database> database =
        std::move(*store::Database::open(folder.filePath(u"quintet.db"_s), store::mainSchema()));
    usage::LedgerStore ledger{*database};
    usage::SpendingStore spending{*database, clock};
    usage::Prices prices{folder.filePath(u"prices.json"_s)};
    llm::GatewaySettings settings{folder.filePath(u"quintet.ini"_s)};
    llm::ResponseCacheStore cache{*database, clock, settings};
    llm::RateBookStore rates{*database, clock};
    llm::ModelFactsStore facts{*database};
    net::HttpClient client;
    llm::Gateway gateway{{.backends = [this](llm::Endpoint endpoint) { return makeBackend(endpoint); },
                          .clock = clock,
                          .ledger = ledger,
                          .spending = spending,
                          .prices = prices,
                          .cache = cache,
                          .rates = rates,
                          .facts = facts,
                          .settings = settings}};

    Task<Result<std::shared_ptr<llm::Backend>>> makeBackend(llm::Endpoint endpoint)
    {
        co_return std::make_shared<llm::HttpBackend>(client, clock, endpoint, QString());
    }
};

struct Run {
    double cpuSeconds = 0;
    double seconds = 0;
    std::vector<double> latencies; ///< milliseconds
    int failed = 0;
};

/// Keeps 64 of `once` under way until `count` are done.
Run keepBusy(int count, const std::function<Task<bool>()> &once)
{
    Run run;
    int left = count;
    const double cpu = processSeconds();
    QElapsedTimer elapsed;
    elapsed.start();
    const auto work = [&]() -> Task<void> {
        while (left-- > 0) {
            QElapsedTimer one;
            one.start();
            if (!co_await once())
                ++run.failed;
            run.latencies.push_back(static_cast<double>(one.nsecsElapsed()) / 1e6);
        }
    };
    const auto all = [&]() -> Task<void> {
        std::vector<Task<void>> workers;
        for (int i = 0; i < atOnce; ++i)
            workers.push_back(work());
        for (Task<void> &worker : workers)
            co_await worker;
    };
    QCoro::waitFor(all());
    run.seconds = static_cast<double>(elapsed.nsecsElapsed()) / 1e9;
    run.cpuSeconds = processSeconds() - cpu;
    std::ranges::sort(run.latencies);
    return run;
}

Run throughGateway(const QUrl &url, int count)
{
    House house;
    llm::Endpoint endpoint{.name = u"bench"_s, .baseUrl = url};
    endpoint.rates.atOnce = atOnce;
    llm::Request request;
    request.pattern = u"batch"_s;
    request.model = u"m"_s;
    request.messages = {{llm::Role::User, u"Say something short."_s}};
    return keepBusy(count, [&]() -> Task<bool> {
        const auto completion = co_await llm::collect(house.gateway.ask(endpoint, request), {}, {});
        co_return completion.has_value();
    });
}

Run bare(const QUrl &url, int count)
{
    QNetworkAccessManager manager;
    const QByteArray body =
        R"({"model":"m","stream":true,"messages":[{"role":"user","content":"Say something short."}]})";
    return keepBusy(count, [&]() -> Task<bool> {
        QUrl door = url;
        door.setPath(url.path() + u"/chat/completions"_s);
        QNetworkRequest request(door);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        QHttp1Configuration http1;
        http1.setNumberOfConnectionsPerHost(255);
        request.setHttp1Configuration(http1);
        const std::unique_ptr<QNetworkReply> reply(manager.post(request, body));
        co_await qCoro(reply.get(), &QNetworkReply::finished);
        co_return !reply->readAll().isEmpty();
    });
}

double perRequest(const Run &run)
{
    return run.cpuSeconds * 1000 / static_cast<double>(run.latencies.size());
}

double p99(const Run &run)
{
    return run.latencies[run.latencies.size() * 99 / 100];
}

} // namespace

int serve(int latency)
{
    test::ScriptedServer server;
    server.on("/", [latency](const test::Received &) {
        test::Script script = test::Script::eventStream();
        if (latency > 0)
            script.wait(std::chrono::milliseconds(latency));
        return script
            .chunk(
                "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Short.\"},\"finish_reason\":"
                "\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":2}}\n\n"
                "data: [DONE]\n\n")
            .end();
    });
    std::printf("%s\n", server.url(u"/v1"_s).toEncoded().constData());
    std::fflush(stdout);
    // The end of standard input is the end of who started this.
    QSocketNotifier gone(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&gone, &QSocketNotifier::activated, &gone, [] { QCoreApplication::quit(); });
    return QCoreApplication::exec();
}

std::vector<Figure> gateway(const Options &options)
{
    const int count = options.quick ? 2'000 : 20'000;
    std::vector<Figure> figures;
    const auto add = [&figures](const QString &variant, const QString &figure, double value, const QString &unit,
                                std::optional<double> baseline = {}) {
        figures.push_back({u"gateway"_s, variant, figure, value, unit, baseline,
                           baseline ? u"bare QNetworkAccessManager"_s : QString()});
    };
    {
        const ServerProcess server(0);
        bare(server.url(), count / 10); // both find everything warm
        throughGateway(server.url(), count / 10);
        const Run plain = bare(server.url(), count);
        const Run whole = throughGateway(server.url(), count);
        add(u"64 at once, loopback, ledger on disk"_s, u"CPU"_s, perRequest(whole), u"ms/req"_s, perRequest(plain));
        add(u"64 at once, loopback, ledger on disk"_s, u"failed"_s, whole.failed, u"requests"_s);
    }
    const ServerProcess slow(50);
    const Run plain = bare(slow.url(), count / 2);
    const Run whole = throughGateway(slow.url(), count / 2);
    const auto rate = [](const Run &run) { return static_cast<double>(run.latencies.size()) / run.seconds; };
    add(u"64 at once, 50 ms of latency"_s, u"throughput"_s, rate(whole), u"req/s"_s, rate(plain));
    add(u"64 at once, 50 ms of latency"_s, u"p99"_s, p99(whole), u"ms"_s, p99(plain));
    return figures;
}

} // namespace quintet::bench
