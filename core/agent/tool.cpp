// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/tool.h"

namespace quintet::agent {

QString nameOf(Effect effect)
{
    switch (effect) {
    case Effect::Reads: return QStringLiteral("reads");
    case Effect::Writes: return QStringLiteral("writes");
    case Effect::Sends: return QStringLiteral("sends");
    }
    Q_UNREACHABLE_RETURN({});
}

Task<Result<std::optional<FileChange>>> Tool::preview(QJsonObject, CancelToken)
{
    co_return std::nullopt;
}

} // namespace quintet::agent
