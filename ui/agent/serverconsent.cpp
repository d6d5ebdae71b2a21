// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/serverconsent.h"

#include "base/wake.h"

#include <QMutex>
#include <qcorosignal.h>

namespace quintet::ui {

namespace {

constexpr qsizetype mostLines = 500;

} // namespace

/// A question that waits; all but the text belongs to the engine thread.
struct ServerConsent::Pending {
    QString text;
    std::optional<bool> answer;
    Wake *wake = nullptr;
};

struct ServerConsent::Box {
    QMutex mutex;
    ServerConsent *owner = nullptr;
    std::vector<std::shared_ptr<Pending>> waiting; ///< also those that the owner has not heard of yet

    /// Has `work` done on the owner's thread; false if it is gone.
    bool post(std::function<void(ServerConsent &)> work)
    {
        const QMutexLocker lock(&mutex);
        if (!owner)
            return false;
        QMetaObject::invokeMethod(
            owner, [consent = owner, work = std::move(work)] { work(*consent); }, Qt::QueuedConnection);
        return true;
    }
};

ServerConsent::ServerConsent(EngineThread &engine) : m_engine(engine), m_box(std::make_shared<Box>())
{
    m_box->owner = this;
}

ServerConsent::~ServerConsent()
{
    const QMutexLocker lock(&m_box->mutex);
    m_box->owner = nullptr;
    for (const auto &pending : m_box->waiting)
        settle(pending, false);
}

Task<bool> ServerConsent::ask(std::shared_ptr<Box> box, QString text)
{
    Wake wake;
    const auto pending = std::make_shared<Pending>();
    pending->text = text;
    pending->wake = &wake;
    {
        const QMutexLocker lock(&box->mutex);
        box->waiting.push_back(pending);
    }
    if (!box->post([pending](ServerConsent &consent) { consent.add(pending); }))
        co_return false;
    while (!pending->answer)
        co_await qCoro(&wake, &Wake::woken);
    pending->wake = nullptr;
    const QMutexLocker lock(&box->mutex);
    std::erase(box->waiting, pending);
    co_return *pending->answer;
}

std::function<Task<bool>(QString)> ServerConsent::asker()
{
    return [box = m_box](const QString &text) { return ask(box, text); };
}

std::function<void(QString)> ServerConsent::log()
{
    return [box = m_box](const QString &line) {
        box->post([line](ServerConsent &consent) {
            consent.m_lines << line;
            if (consent.m_lines.size() > mostLines)
                consent.m_lines.removeFirst();
            Q_EMIT consent.said();
        });
    };
}

void ServerConsent::add(std::shared_ptr<Pending> pending)
{
    m_pending.push_back(std::move(pending));
    Q_EMIT questionChanged();
}

QString ServerConsent::question() const
{
    return m_pending.empty() ? QString() : m_pending.front()->text;
}

void ServerConsent::answer(bool agrees)
{
    if (m_pending.empty())
        return;
    settle(m_pending.front(), agrees);
    m_pending.pop_front();
    Q_EMIT questionChanged();
}

void ServerConsent::settle(const std::shared_ptr<Pending> &pending, bool agrees)
{
    m_engine.post([pending, agrees] {
        pending->answer = agrees;
        if (pending->wake)
            pending->wake->wakeLater();
    });
}

} // namespace quintet::ui
