// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/gateway/vectorsunderway.h"

#include "base/wake.h"

#include <qcorosignal.h>

#include <algorithm>

namespace quintet::llm {

VectorsUnderWay::Mark::Mark(std::shared_ptr<VectorsUnderWay> all, std::vector<QByteArray> keys)
    : m_all(std::move(all)),
      m_keys(std::move(keys))
{
    for (const QByteArray &key : m_keys)
        m_all->m_keys.insert(key);
}

VectorsUnderWay::Mark::~Mark()
{
    for (const QByteArray &key : m_keys)
        m_all->m_keys.remove(key);
    Q_EMIT m_all->freed();
}

bool VectorsUnderWay::holdsAny(const std::vector<QByteArray> &keys) const
{
    return std::ranges::any_of(keys, [this](const QByteArray &key) { return m_keys.contains(key); });
}

Task<void> VectorsUnderWay::wait(std::shared_ptr<VectorsUnderWay> all, std::vector<QByteArray> keys, CancelToken token)
{
    while (all->holdsAny(keys) && !token.stop_requested()) {
        Wake wake;
        connect(all.get(), &VectorsUnderWay::freed, &wake, &Wake::wakeLater);
        const OnCancel onCancel(token, &wake, [&wake] { wake.wakeLater(); });
        co_await qCoro(&wake, &Wake::woken);
    }
}

} // namespace quintet::llm
