// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/serving.h"
#include "modelserver.h"

#include <QHttp1Configuration>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSocketNotifier>
#include <QTcpSocket>
#include <QTest>
#include <qcorosignal.h>

#include <sys/resource.h>

namespace quintet::bench {

namespace {

using namespace Qt::StringLiterals;

const QByteArray token = "a-token-for-the-bench-0123456789";
constexpr int streams = 1'000;

/// POSTs the same body again and again, 64 at a time.
Run postMany(const QUrl &url, const QByteArray &body, int count)
{
    QNetworkAccessManager manager;
    return keepBusy(count, [&]() -> Task<bool> {
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        request.setRawHeader("Authorization", "Bearer " + token);
        QHttp1Configuration http1;
        http1.setNumberOfConnectionsPerHost(255);
        request.setHttp1Configuration(http1);
        const std::unique_ptr<QNetworkReply> reply(manager.post(request, body));
        co_await qCoro(reply.get(), &QNetworkReply::finished);
        co_return reply->error() == QNetworkReply::NoError && !reply->readAll().isEmpty();
    });
}

void allowManyConnections()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// `quintet serve`, in a process of its own.
class ApiProcess final {
public:
    explicit ApiProcess(const QUrl &upstream) : m_process(new QProcess)
    {
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process->start(QCoreApplication::applicationFilePath(), {u"--be-api"_s, upstream.toString()});
        m_process->waitForReadyRead(30'000);
        m_port = m_process->readLine().trimmed().toUShort();
    }

    ~ApiProcess()
    {
        m_process->closeWriteChannel();
        m_process->waitForFinished();
    }

    QUrl url(const QString &path) const { return QUrl(u"http://127.0.0.1:%1%2"_s.arg(m_port).arg(path)); }
    quint16 port() const { return m_port; }
    double megabytes() const { return residentMegabytes(m_process->processId()); }

    /// Requests that stand in its ledger.
    qint64 ledgerRows() const
    {
        QNetworkAccessManager manager;
        QNetworkRequest request(url(u"/api/usage"_s));
        request.setRawHeader("Authorization", "Bearer " + token);
        const std::unique_ptr<QNetworkReply> reply(manager.get(request));
        QCoro::waitFor(qCoro(reply.get(), &QNetworkReply::finished));
        return QJsonDocument::fromJson(reply->readAll())[u"total"][u"requests"].toInteger();
    }

private:
    std::unique_ptr<QProcess> m_process;
    quint16 m_port = 0;
};

/// Opens many streams at once, and tells the server's memory while all are open.
double megabytesWithStreams(const ApiProcess &api, const QByteArray &body)
{
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < streams; ++i) {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), api.port());
        socket->write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                      + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        sockets.push_back(std::move(socket));
    }
    QTest::qWait(3'000);
    return api.megabytes();
}

} // namespace

int beApiServer(const QString &upstream)
{
    allowManyConnections();
    QTemporaryDir folder;
    const auto services = std::move(*Services::open(*preparePaths(folder.path())));
    // The address stays the same, so the endpoint is found again with its limits.
    const auto put = services->endpoints().put({.name = u"bench"_s,
                                                .baseUrl = QUrl(upstream),
                                                .model = u"m"_s,
                                                .keyVariable = u"QUINTET_NO_KEY"_s,
                                                .rates = {.atOnce = atOnce}});
    serve::ServeSettings settings{.port = 0, .endpoint = {.endpoint = u"bench"_s}, .token = token};
    serve::Serving serving(*services, folder.path(), settings);
    if (!put || !serving.start())
        return 1;
    std::printf("%d\n", serving.port());
    std::fflush(stdout);
    QSocketNotifier gone(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&gone, &QSocketNotifier::activated, &gone, [] { QCoreApplication::quit(); });
    const int status = QCoreApplication::exec();
    QCoro::waitFor(serving.stop());
    return status;
}

std::vector<Figure> serveBench(const Options &options)
{
    allowManyConnections();
    const int count = options.isLong ? 1'000'000 : options.quick ? 2'000 : 20'000;
    std::vector<Figure> figures;
    const auto add = [&figures](const QString &variant, const QString &figure, double value, const QString &unit,
                                std::optional<double> baseline = {}, const QString &name = u"the upstream"_s) {
        figures.push_back({u"serve"_s, variant, figure, value, unit, baseline, baseline ? name : QString()});
    };
    const auto rate = [](const Run &run) { return static_cast<double>(run.latencies.size()) / run.seconds; };
    const auto p99 = [](const Run &run) { return run.latencies[run.latencies.size() * 99 / 100]; };

    const ServerProcess upstream(0);
    const ApiProcess api(upstream.url());
    const QByteArray chat = R"({"model":"m","messages":[{"role":"user","content":"Say something short."}]})";
    const QByteArray text = R"({"text":"One sentence stands here. Another one follows it. A third one ends it."})";
    QUrl direct = upstream.url();
    direct.setPath(direct.path() + u"/chat/completions"_s);
    postMany(direct, chat, count / 10); // all find everything warm
    postMany(api.url(u"/v1/chat/completions"_s), chat, count / 10);
    postMany(api.url(u"/api/summarize"_s), text, count / 10);
    const double before = api.megabytes();
    const Run plain = postMany(direct, chat, count);
    const Run passed = postMany(api.url(u"/v1/chat/completions"_s), chat, count);
    const Run cached = postMany(api.url(u"/api/summarize"_s), text, count);
    const int asked = 2 * (count / 10 + count);
    add(u"chat passed through, 64 at once"_s, u"throughput"_s, rate(passed), u"req/s"_s, rate(plain));
    add(u"chat passed through, 64 at once"_s, u"p99"_s, p99(passed), u"ms"_s, p99(plain));
    add(u"cached summary, 64 at once"_s, u"throughput"_s, rate(cached), u"req/s"_s, rate(plain));
    add(u"cached summary, 64 at once"_s, u"p99"_s, p99(cached), u"ms"_s, p99(plain));
    add(u"all"_s, u"failed"_s, plain.failed + passed.failed + cached.failed, u"requests"_s);
    add(u"all"_s, u"memory"_s, api.megabytes(), u"MB"_s, before, u"before them"_s);
    add(u"all"_s, u"ledger"_s, static_cast<double>(api.ledgerRows()), u"rows"_s, asked, u"requests"_s);

    const ServerProcess slow(20'000);
    const ApiProcess holding(slow.url());
    const double empty = holding.megabytes();
    add(u"1,000 open requests"_s, u"memory"_s,
        megabytesWithStreams(holding, R"({"model":"m","stream":true,"messages":[{"role":"user","content":"Hi."}]})"),
        u"MB"_s, empty, u"none open"_s);
    return figures;
}

} // namespace quintet::bench
