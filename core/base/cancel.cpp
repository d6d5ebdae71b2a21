// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/cancel.h"

#include <QCoreApplication>
#include <QObject>

namespace quintet {

Error cancelledError()
{
    return Error(ErrorKind::Cancelled, QCoreApplication::translate("quintet", "Stopped."));
}

OnCancel::OnCancel(CancelToken token, QObject *context, std::function<void()> action)
    : m_action(std::make_shared<std::function<void()>>(std::move(action)))
{
    m_callback.emplace(std::move(token), [context, weak = std::weak_ptr(m_action)] {
        QMetaObject::invokeMethod(
            context,
            [weak] {
                if (const auto action = weak.lock())
                    (*action)();
            },
            Qt::QueuedConnection);
    });
}

} // namespace quintet
