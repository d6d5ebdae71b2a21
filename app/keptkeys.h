// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"
#include "backup/sealing.h"

namespace quintet {

/// Every key and password that Quintet put into the keychain: of endpoints, of databases, of the web search; not those
/// that are named in the environment. Storage if the keychain is locked. On the engine thread.
Task<Result<backup::Keys>> readKeptKeys(Services &services);

/// Puts `keys` into the keychain. Memory where there is none: they go when the program ends.
Task<Result<store::Secrets::Place>> keepKeys(Services &services, backup::Keys keys);

/// Removes all that readKeptKeys() would find.
Task<Result<void>> forgetKeptKeys(Services &services);

} // namespace quintet
