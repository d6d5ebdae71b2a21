// SPDX-License-Identifier: GPL-3.0-or-later
#include "modelserver.h"

#include "support/scriptedserver.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHttp1Configuration>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSocketNotifier>
#include <qcorosignal.h>

#include <algorithm>
#include <ctime>
#include <unistd.h>

namespace quintet::bench {

using namespace Qt::StringLiterals;

double processSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// Keeps 64 of `once` under way until `count` are done.
Run keepBusy(int count, const std::function<Task<bool>()> &once)
{
    Run run;
    run.latencies.resize(static_cast<size_t>(count)); // so that memory that grows is the program's
    int left = count;
    size_t done = 0;
    const double cpu = processSeconds();
    QElapsedTimer elapsed;
    elapsed.start();
    const auto work = [&]() -> Task<void> {
        while (left-- > 0) {
            QElapsedTimer one;
            one.start();
            if (!co_await once())
                ++run.failed;
            run.latencies[done++] = static_cast<double>(one.nsecsElapsed()) / 1e6;
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

} // namespace quintet::bench
