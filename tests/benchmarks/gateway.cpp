// SPDX-License-Identifier: GPL-3.0-or-later
#include "modelserver.h"

#include <algorithm>

namespace quintet::bench {

namespace {

using namespace Qt::StringLiterals;

struct Grown {
    double early = 0; ///< megabytes when a tenth was done
    double late = 0;
};

Run throughGateway(const QUrl &url, int count, Grown *grown = nullptr)
{
    House house;
    int done = 0;
    llm::Endpoint endpoint{.name = u"bench"_s, .baseUrl = url};
    endpoint.rates.atOnce = atOnce;
    llm::Request request;
    request.pattern = u"batch"_s;
    request.model = u"m"_s;
    request.messages = {{llm::Role::User, u"Say something short."_s}};
    return keepBusy(count, [&]() -> Task<bool> {
        const auto completion = co_await llm::collect(house.gateway.ask(endpoint, request), {}, {});
        if (grown && ++done == count / 10)
            grown->early = residentMegabytes();
        if (grown && done == count)
            grown->late = residentMegabytes();
        co_return completion.has_value();
    });
}

double perRequest(const Run &run)
{
    return run.cpuSeconds * 1e6 / static_cast<double>(run.latencies.size());
}

double p99(const Run &run)
{
    return run.latencies[run.latencies.size() * 99 / 100];
}

double requestsPerSecond(const Run &run)
{
    return static_cast<double>(run.latencies.size()) / run.seconds;
}

/// Both ways in turn, some rounds each, so that what else the machine does meets both alike.
struct Rounds {
    Rounds(const QUrl &url, int count)
    {
        for (int i = 0; i < 5; ++i) {
            plain.push_back(bare(url, count / 5));
            whole.push_back(throughGateway(url, count / 5));
        }
    }

    static double median(const std::vector<Run> &runs, double (*figure)(const Run &))
    {
        std::vector<double> values;
        for (const Run &run : runs)
            values.push_back(figure(run));
        std::ranges::sort(values);
        return values[values.size() / 2];
    }

    std::vector<Run> plain;
    std::vector<Run> whole;
};

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
    const auto addBoth = [&add](const QString &variant, const QString &figure, const QString &unit,
                                const Rounds &rounds, double (*of)(const Run &)) {
        add(variant, figure, Rounds::median(rounds.whole, of), unit, Rounds::median(rounds.plain, of));
    };
    const ServerProcess server(0);
    bare(server.url(), count / 10); // both find everything warm
    throughGateway(server.url(), count / 10);
    const QString loopback = u"64 at once, loopback, ledger on disk"_s;
    const Rounds quick(server.url(), count);
    addBoth(loopback, u"CPU"_s, u"us/req"_s, quick, perRequest);
    double failed = 0;
    for (const Run &run : quick.whole)
        failed += run.failed;
    add(loopback, u"failed"_s, failed, u"requests"_s);
    if (options.isLong) {
        Grown grown;
        const Run million = throughGateway(server.url(), 1'000'000, &grown);
        add(u"1,000,000 requests"_s, u"memory added from 10 % to the end"_s, grown.late - grown.early, u"MB"_s);
        add(u"1,000,000 requests"_s, u"failed"_s, million.failed, u"requests"_s);
    }
    const ServerProcess slow(50);
    const QString latent = u"64 at once, 50 ms of latency"_s;
    const Rounds patient(slow.url(), count / 2);
    addBoth(latent, u"throughput"_s, u"req/s"_s, patient, requestsPerSecond);
    addBoth(latent, u"p99"_s, u"ms"_s, patient, p99);
    return figures;
}

} // namespace quintet::bench
