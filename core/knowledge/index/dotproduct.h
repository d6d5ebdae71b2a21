// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace quintet::knowledge {

/// Sum of products of `count` numbers each.
using DotProduct = float (*)(const float *a, const float *b, size_t count);

/// The fastest that this processor has: AVX-512, AVX2 or what every one has. Chosen once.
DotProduct dotProduct();

/// One minus that, of `*size` (a size_t) numbers each: what a graph over unit vectors compares by.
using Distance = float (*)(const void *a, const void *b, const void *size);
Distance distance();

/// What it is called: "avx512", "avx2", "baseline".
const char *dotProductName();

/// The plain one, which the others are tested against.
float plainDotProduct(const float *a, const float *b, size_t count);

} // namespace quintet::knowledge
