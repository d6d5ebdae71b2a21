// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QObject>
#include <QSet>

#include <memory>
#include <vector>

namespace quintet::llm {

/// Which vectors are being asked for, by their cache keys: whoever wants the same ones waits until they are in the
/// cache, so that nothing is paid for twice. Lives on the engine thread.
class VectorsUnderWay final : public QObject {
    Q_OBJECT

public:
    /// Somebody asks for `keys` as long as this lives.
    class Mark final {
    public:
        Mark(std::shared_ptr<VectorsUnderWay> all, std::vector<QByteArray> keys);
        ~Mark();
        Q_DISABLE_COPY_MOVE(Mark)

    private:
        std::shared_ptr<VectorsUnderWay> m_all;
        std::vector<QByteArray> m_keys;
    };

    bool holdsAny(const std::vector<QByteArray> &keys) const;

    /// Until nobody asks for any of `keys` any more, or `token` is cancelled.
    static Task<void> wait(std::shared_ptr<VectorsUnderWay> all, std::vector<QByteArray> keys, CancelToken token);

Q_SIGNALS:
    void freed();

private:
    QSet<QByteArray> m_keys;
};

} // namespace quintet::llm
