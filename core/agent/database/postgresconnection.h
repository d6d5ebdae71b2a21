// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/database/datasource.h"

#include <memory>

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;

namespace quintet::agent {

/// One connection to PostgreSQL inside of one transaction that can only read and is never committed. Everything goes
/// through libpq's extended protocol, which takes one statement at a time. For one thread.
class PostgresConnection final {
public:
    /// Connects and begins. Fails with Unauthorized or Network where that does not work, with Refused where the account
    /// may do more than databases are about (superusers, and who may run programs or use files on the server) unless
    /// `takesPowerful`, with Cancelled on the token.
    static Result<PostgresConnection> open(const QString &url, const QString &password, bool takesPowerful,
                                           std::chrono::milliseconds time, CancelToken token);

    /// Runs one statement that gives rows. `isForeign`: it was not written here, so that it is first held against the
    /// functions that may have effects. Fails as DataSource::query().
    Result<Grid> query(const Query &query, bool isForeign);

private:
    struct Finish {
        void operator()(PGconn *connection) const;
    };
    struct Clear {
        void operator()(PGresult *result) const;
    };
    using Answer = std::unique_ptr<PGresult, Clear>;

    PostgresConnection(PGconn *connection, std::chrono::milliseconds time, CancelToken token);
    Result<void> connect();
    Result<void> begin(bool takesPowerful);
    Result<void> checkFunctions(const QString &sql);
    Result<void> prepare(const Query &query);
    Result<Grid> rows(const Query &query);

    /// Waits until the socket is ready; fails once the time is up or the token is cancelled.
    Result<void> wait(short events);
    /// The next result of what was sent; null at its end.
    Result<Answer> next();
    /// All that follows is dropped; the last result before.
    Result<Answer> last();
    std::unexpected<Error> error(const PGresult *result) const;
    void cancel();

    std::unique_ptr<PGconn, Finish> m_connection;
    std::chrono::steady_clock::time_point m_deadline;
    std::chrono::milliseconds m_time;
    CancelToken m_token;
};

} // namespace quintet::agent
