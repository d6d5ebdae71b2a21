// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchmark.h"

#include "llm/gateway/gateway.h"
#include "llm/gateway/modelfactsstore.h"
#include "llm/gateway/ratebookstore.h"
#include "llm/gateway/responsecachestore.h"
#include "llm/server/httpbackend.h"
#include "usage/ledgerstore.h"
#include "usage/spendingstore.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace quintet::bench {

constexpr int atOnce = 64;

/// CPU seconds of this process so far, all threads.
double processSeconds();

/// The server in a process of its own, so that its work is not counted.
class ServerProcess final {
public:
    explicit ServerProcess(int latency)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--serve"), QString::number(latency)});
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
        std::move(*store::Database::open(folder.filePath(QStringLiteral("quintet.db")), store::mainSchema()));
    usage::LedgerStore ledger{*database};
    usage::SpendingStore spending{*database, clock};
    usage::Prices prices{folder.filePath(QStringLiteral("prices.json"))};
    llm::GatewaySettings settings{folder.filePath(QStringLiteral("quintet.ini"))};
    llm::ResponseCacheStore cache{*database, clock, settings};
    llm::RateBookStore rates{*database, clock};
    llm::ModelFactsStore facts{*database};
    net::HttpClient client;
    llm::HttpBackends backends{client, clock};
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
        co_return backends.at(endpoint, QString());
    }
};

/// What many requests took.
struct Run {
    double cpuSeconds = 0;
    double seconds = 0;
    std::vector<double> latencies; ///< milliseconds
    int failed = 0;
};

/// Keeps 64 of `once` under way until `count` are done.
Run keepBusy(int count, const std::function<Task<bool>()> &once);

/// The same by nothing but QNetworkAccessManager.
Run bare(const QUrl &url, int count);

} // namespace quintet::bench
