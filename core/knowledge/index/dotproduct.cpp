// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/index/dotproduct.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace quintet::knowledge {

namespace {

/// Four sums side by side, which any compiler turns into what its target has for it.
float baselineDotProduct(const float *a, const float *b, size_t count)
{
    float sums[8] = {};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        for (size_t lane = 0; lane < 8; ++lane)
            sums[lane] += a[i + lane] * b[i + lane];
    }
    float sum = (sums[0] + sums[4]) + (sums[1] + sums[5]) + (sums[2] + sums[6]) + (sums[3] + sums[7]);
    for (; i < count; ++i)
        sum += a[i] * b[i];
    return sum;
}

/// A distance made of a dot product, compiled for the same processor so that it is one call.
#define QUINTET_DISTANCE(name, product, ...)                                                                           \
    __VA_ARGS__ float name(const void *a, const void *b, const void *size)                                             \
    {                                                                                                                  \
        return 1.0F                                                                                                    \
               - product(static_cast<const float *>(a), static_cast<const float *>(b),                                 \
                         *static_cast<const size_t *>(size));                                                          \
    }

QUINTET_DISTANCE(baselineDistance, baselineDotProduct)

#if defined(__x86_64__)

__attribute__((target("avx2,fma"))) float avx2DotProduct(const float *a, const float *b, size_t count)
{
    __m256 first = _mm256_setzero_ps();
    __m256 second = _mm256_setzero_ps();
    __m256 third = _mm256_setzero_ps();
    __m256 fourth = _mm256_setzero_ps();
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        first = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), first);
        second = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8), second);
        third = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 16), _mm256_loadu_ps(b + i + 16), third);
        fourth = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 24), _mm256_loadu_ps(b + i + 24), fourth);
    }
    for (; i + 8 <= count; i += 8)
        first = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), first);
    const __m256 all = _mm256_add_ps(_mm256_add_ps(first, second), _mm256_add_ps(third, fourth));
    __m128 half = _mm_add_ps(_mm256_castps256_ps128(all), _mm256_extractf128_ps(all, 1));
    half = _mm_add_ps(half, _mm_movehl_ps(half, half));
    half = _mm_add_ss(half, _mm_movehdup_ps(half));
    float sum = _mm_cvtss_f32(half);
    for (; i < count; ++i)
        sum += a[i] * b[i];
    return sum;
}

__attribute__((target("avx512f"))) float avx512DotProduct(const float *a, const float *b, size_t count)
{
    __m512 first = _mm512_setzero_ps();
    __m512 second = _mm512_setzero_ps();
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        first = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i), first);
        second = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 16), _mm512_loadu_ps(b + i + 16), second);
    }
    for (; i < count; i += 16) {
        const auto mask = __mmask16(count - i >= 16 ? 0xffff : (1U << (count - i)) - 1);
        first = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(mask, a + i), _mm512_maskz_loadu_ps(mask, b + i), first);
    }
    return _mm512_reduce_add_ps(_mm512_add_ps(first, second));
}

QUINTET_DISTANCE(avx2Distance, avx2DotProduct, __attribute__((target("avx2,fma"))))
QUINTET_DISTANCE(avx512Distance, avx512DotProduct, __attribute__((target("avx512f"))))

#endif

struct Choice {
    DotProduct function;
    Distance distance;
    const char *name;
};

Choice chosen()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f"))
        return {avx512DotProduct, avx512Distance, "avx512"};
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return {avx2DotProduct, avx2Distance, "avx2"};
#endif
    return {baselineDotProduct, baselineDistance, "baseline"};
}

const Choice g_choice = chosen();

} // namespace

DotProduct dotProduct()
{
    return g_choice.function;
}

Distance distance()
{
    return g_choice.distance;
}

const char *dotProductName()
{
    return g_choice.name;
}

float plainDotProduct(const float *a, const float *b, size_t count)
{
    float sum = 0;
    for (size_t i = 0; i < count; ++i)
        sum += a[i] * b[i];
    return sum;
}

} // namespace quintet::knowledge
