// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/message.h"
#include "chat/settings.h"

#include <QJsonObject>

namespace quintet::chat {

// Messages and settings as JSON, whole: what is read back equals what was written. What is not understood is left out.

QJsonObject toJson(const Message &message);
Message messageFrom(const QJsonObject &object);

QJsonObject toJson(const Settings &settings);
Settings settingsFrom(const QJsonObject &object);

QJsonObject toJson(const Attachment &attachment);
Attachment attachmentFrom(const QJsonObject &object);

} // namespace quintet::chat
