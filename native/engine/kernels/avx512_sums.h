// To be included by files compiled for AVX-512, only: the code is internal to each, so that the linker merges none of
// it.
#ifndef FACET_ENGINE_KERNELS_AVX512_SUMS_H_
#define FACET_ENGINE_KERNELS_AVX512_SUMS_H_

#include <immintrin.h>
#include <stddef.h>

namespace facet {
namespace {

// Sixteen sums of sixteen lanes each, all in one order.
__m512 SumEach(const __m512* r) {
  __m512 quads[4];
  for (size_t i = 0; i < 4; ++i) {
    const __m512* q = r + 4 * i;
    const __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(q[0], q[1]), _mm512_unpackhi_ps(q[0], q[1]));
    const __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(q[2], q[3]), _mm512_unpackhi_ps(q[2], q[3]));
    const __m512d low = _mm512_unpacklo_pd(_mm512_castps_pd(ab), _mm512_castps_pd(cd));
    const __m512d high = _mm512_unpackhi_pd(_mm512_castps_pd(ab), _mm512_castps_pd(cd));
    quads[i] = _mm512_add_ps(_mm512_castpd_ps(low), _mm512_castpd_ps(high));
  }
  const __m512 ab =
      _mm512_add_ps(_mm512_shuffle_f32x4(quads[0], quads[1], 0x44), _mm512_shuffle_f32x4(quads[0], quads[1], 0xEE));
  const __m512 cd =
      _mm512_add_ps(_mm512_shuffle_f32x4(quads[2], quads[3], 0x44), _mm512_shuffle_f32x4(quads[2], quads[3], 0xEE));
  return _mm512_add_ps(_mm512_shuffle_f32x4(ab, cd, 0x88), _mm512_shuffle_f32x4(ab, cd, 0xDD));
}

}  // namespace
}  // namespace facet

#endif  // FACET_ENGINE_KERNELS_AVX512_SUMS_H_
