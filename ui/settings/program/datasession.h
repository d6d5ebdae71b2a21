// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backup/restoring.h"
#include "base/enginecall.h"
#include "store/secrets.h"

namespace quintet::ui {

/// What the data card works with; the functions are called on the engine thread.
struct DataServices {
    EngineThread &engine;
    Paths paths;
    std::function<Task<Result<backup::Keys>>()> readKeys;
    std::function<Task<Result<store::Secrets::Place>>(backup::Keys)> keepKeys;
    std::function<Task<Result<void>>()> forgetKeys;
};

/// Backs everything up, unpacks a backup, and gets all data ready to be removed. What has to be done while nothing is
/// open is left to whoever hears restartAsked() and eraseAsked(). Lives on the GUI thread.
class DataSession final : public QObject {
    Q_OBJECT

public:
    explicit DataSession(DataServices services, QObject *parent = nullptr);

    const Paths &paths() const { return m_services.paths; }
    bool isRunning() const { return m_isRunning; }

    /// With an empty `password` without the keys.
    void backUp(const QString &file, const QString &password);

    /// Unpacks `file`, so that a start can put it in place; takes its keys over where `password` opens them.
    void prepareRestoring(const QString &file, const QString &password);
    void forgetRestoring();
    void restart();

    /// Forgets the keys, then asks for the rest to be erased.
    void erase();
    void cancel();

Q_SIGNALS:
    void runningChanged();
    void progressed(int percent);
    void backedUp(const QString &file, const quintet::backup::Summary &summary);
    void restorePrepared(const quintet::backup::Summary &summary, bool keysTaken);
    void failed(const quintet::Error &error); ///< not for what was cancelled
    void restartAsked();
    void eraseAsked();

private:
    backup::OnBytes onBytes();
    void setRunning(bool running);
    void fail(const Error &error);

    DataServices m_services;
    bool m_isRunning = false;
    EngineCall<backup::Summary> m_backingUp;
    EngineCall<backup::Content> m_restoring;
    EngineCall<bool> m_erasing;
    EngineCall<bool> m_forgetting;
};

} // namespace quintet::ui
