// SPDX-License-Identifier: GPL-3.0-or-later
#include "modelserver.h"

namespace quintet::bench {

namespace {

using namespace Qt::StringLiterals;

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

double perRequest(const Run &run)
{
    return run.cpuSeconds * 1000 / static_cast<double>(run.latencies.size());
}

double p99(const Run &run)
{
    return run.latencies[run.latencies.size() * 99 / 100];
}

} // namespace

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
