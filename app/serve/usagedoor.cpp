// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/usagedoor.h"

#include "app/resultjson.h"
#include "base/onpool.h"
#include "usage/report/usagereportstore.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace quintet::serve {

namespace {

using namespace Qt::StringLiterals;

constexpr int usualDays = 30;

QString tr(const char *text)
{
    return QCoreApplication::translate("serve", text);
}

/// Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/).
class Metrics final {
public:
    void begin(const QByteArray &name, const QByteArray &type, const QByteArray &help)
    {
        m_name = name;
        m_text += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }

    void add(const QList<std::pair<QByteArray, QString>> &labels, double value)
    {
        QByteArrayList parts;
        for (const auto &[label, text] : labels) {
            QByteArray escaped = text.toUtf8();
            escaped.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            parts << label + "=\"" + escaped + '"';
        }
        m_text += m_name + (parts.isEmpty() ? QByteArray() : '{' + parts.join(',') + '}') + ' '
                  + QByteArray::number(value, 'g', 15) + '\n';
    }

    const QByteArray &text() const { return m_text; }

private:
    QByteArray m_name;
    QByteArray m_text;
};

} // namespace

void UsageDoor::addTo(Routes &routes)
{
    routes.add({.method = Method::Get,
                .path = u"/api/usage"_s,
                .summary =
                    u"What was asked, how long it took and what it cost; ?days= and ?by=pattern, model, endpoint, "
                    u"day or run"_s,
                .handler = [this](auto exchange) { return usage(std::move(exchange)); }});
    routes.add({.method = Method::Get,
                .path = u"/api/health"_s,
                .summary = u"Whether the server is there"_s,
                .handler = [](std::shared_ptr<Exchange> exchange) -> Task<void> {
                    exchange->answer(
                        QJsonObject{{u"status"_s, u"ok"_s}, {u"version"_s, QCoreApplication::applicationVersion()}});
                    co_return;
                }});
    routes.add({.method = Method::Get,
                .path = u"/metrics"_s,
                .summary = u"Figures for Prometheus"_s,
                .handler = [this](auto exchange) { return metrics(std::move(exchange)); }});
}

Task<void> UsageDoor::usage(std::shared_ptr<Exchange> exchange)
{
    const QString by = exchange->query(u"by"_s).isEmpty() ? u"pattern"_s : exchange->query(u"by"_s);
    const auto split = usage::splitNamed(by);
    if (!split)
        co_return exchange->fail(
            Error(ErrorKind::BadInput, tr("?by= takes pattern, model, endpoint, day or run, not %1.").arg(by)));
    const int asked = exchange->query(u"days"_s).toInt();
    const QDateTime start = QDate::currentDate().addDays(1 - (asked > 0 ? asked : usualDays)).startOfDay();
    const store::Database &database = m_asking.services().database();
    m_asking.services().ledger().rollUp();
    const auto report = co_await onPool([&database, split = *split, start] {
        return usage::UsageReportStore(database).read(start, usage::Grain::Day, split == usage::SplitBy::Run);
    });
    if (!report)
        co_return exchange->fail(report.error());
    QJsonArray list;
    for (const usage::UsageRow &row : report->rows(*split))
        list.append(resultJson(row, by));
    QJsonObject total = resultJson(report->total(), by);
    total.remove(by);
    exchange->answer(QJsonObject{{u"rows"_s, list}, {u"total"_s, total}});
}

Task<void> UsageDoor::metrics(std::shared_ptr<Exchange> exchange)
{
    const store::Database &database = m_asking.services().database();
    m_asking.services().ledger().rollUp();
    const auto rows = co_await onPool([&database] {
        return usage::UsageReportStore(database).rows(usage::SplitBy::Pattern, QDateTime::fromSecsSinceEpoch(0));
    });
    if (!rows)
        co_return exchange->fail(rows.error());
    Metrics metrics;
    const auto each = [&](const QByteArray &name, const QByteArray &help, auto value) {
        metrics.begin(name, "counter", help);
        for (const usage::UsageRow &row : *rows)
            metrics.add({{"pattern", row.key}}, double(value(row)));
    };
    each("quintet_requests_total", "Requests to models, cached ones too.",
         [](const auto &row) { return row.requests; });
    each("quintet_requests_cached_total", "Requests answered from the cache.",
         [](const auto &row) { return row.cached; });
    each("quintet_requests_failed_total", "Requests without an answer.", [](const auto &row) { return row.failed; });
    each("quintet_prompt_tokens_total", "Tokens sent.", [](const auto &row) { return row.promptTokens; });
    each("quintet_completion_tokens_total", "Tokens received.", [](const auto &row) { return row.completionTokens; });
    each("quintet_cost_dollars_total", "Cost of requests whose price is known.",
         [](const auto &row) { return row.cost.dollars(); });
    metrics.begin("quintet_http_requests_total", "counter", "Requests to this server since it began.");
    for (const auto &[answered, count] : m_server->answered())
        metrics.add({{"route", answered.route}, {"status", QString::number(answered.status)}}, double(count));
    metrics.begin("quintet_http_under_way", "gauge", "Requests to this server under way.");
    metrics.add({}, double(m_server->underWay()));
    metrics.begin("quintet_http_connections", "gauge", "Connections to this server.");
    metrics.add({}, double(m_server->connections()));
    exchange->answer(metrics.text(), "text/plain; version=0.0.4");
}

} // namespace quintet::serve
