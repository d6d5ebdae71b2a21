// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "llm/server/catalog.h"
#include "net/httpclient.h"

#include <QJsonObject>

namespace quintet::batch {

/// A batch job as the provider tells of it.
struct BatchJob {
    QString id;
    QString state; ///< "validating", "failed", "in_progress", "finalizing", "completed", "expired", "cancelling",
                   ///< "cancelled"
    QString outputFile;
    QString errorFile;
    QString problem; ///< why it failed
    QDateTime expires;

    /// Nothing will change any more.
    bool isOver() const;
    bool operator==(const BatchJob &) const = default;
};

/// OpenAI's Batch API (https://platform.openai.com/docs/api-reference/batch). Every call leaves the computer once;
/// whether to call again is the caller's to say. Lives on the engine thread.
class ProviderApi final {
public:
    ProviderApi(net::HttpClient &client, llm::Catalog &catalog, const Clock &clock, const llm::Endpoint &endpoint)
        : m_client(client),
          m_catalog(catalog),
          m_clock(clock),
          m_endpoint(endpoint)
    {
    }

    /// Hands a file of requests over; its id.
    Task<Result<QString>> upload(QByteArray content, QString name, CancelToken token);

    /// Begins a job on an uploaded file. `tag` finds it again.
    Task<Result<BatchJob>> create(QString fileId, QString tag, CancelToken token);

    /// The job that was begun with that tag; nothing if there is none among the newest hundred.
    Task<Result<std::optional<BatchJob>>> find(QString tag, CancelToken token);

    Task<Result<BatchJob>> job(QString id, CancelToken token);
    Task<Result<BatchJob>> cancel(QString id, CancelToken token);
    Task<Result<QByteArray>> download(QString fileId, CancelToken token);

private:
    Task<Result<QByteArray>> call(QByteArray method, QString path, QByteArray contentType, QByteArray body,
                                  CancelToken token);

    net::HttpClient &m_client;
    llm::Catalog &m_catalog;
    const Clock &m_clock;
    llm::Endpoint m_endpoint;
};

} // namespace quintet::batch
