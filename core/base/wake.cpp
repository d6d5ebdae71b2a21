// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/wake.h"

#include "moc_wake.cpp"
