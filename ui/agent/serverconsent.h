// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginethread.h"
#include "base/task.h"

#include <QObject>
#include <QStringList>

#include <deque>

namespace quintet::ui {

/// Servers of tools and the user: nothing of a server's is started before the user has seen the command and agreed;
/// what servers say is kept to be read. Lives on the GUI thread; what it hands out is called on the engine thread.
class ServerConsent final : public QObject {
    Q_OBJECT

public:
    explicit ServerConsent(EngineThread &engine);

    /// Says no to whatever still waits.
    ~ServerConsent() override;

    /// Asks the user a question, and gives the answer.
    std::function<Task<bool>(QString)> asker();

    /// Keeps a line of what servers say.
    std::function<void(QString)> log();

    /// What is asked now, or empty.
    QString question() const;
    void answer(bool agrees);

    /// The last lines that servers said.
    const QStringList &lines() const { return m_lines; }

Q_SIGNALS:
    void questionChanged();
    void said();

private:
    struct Pending;
    struct Box;

    static Task<bool> ask(std::shared_ptr<Box> box, QString text);
    void add(std::shared_ptr<Pending> pending);
    void settle(const std::shared_ptr<Pending> &pending, bool agrees);

    EngineThread &m_engine;
    std::shared_ptr<Box> m_box; ///< how the engine thread finds this object while it lives
    std::deque<std::shared_ptr<Pending>> m_pending;
    QStringList m_lines;
};

} // namespace quintet::ui
