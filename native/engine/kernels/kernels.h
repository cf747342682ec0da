// The arithmetic of a transformer on one thread: a table of functions per instruction set, chosen once at run time.
//
// Every sum over a row runs in the same order whether one token is computed or many, so prefill in one chunk, in two,
// or token by token gives the same bits. Different tables may differ in the last bits; `scalar` is the definition. What
// is no number (NaN) stays none: damaged weights must not end in a plausible logit.
#ifndef FACET_ENGINE_KERNELS_KERNELS_H_
#define FACET_ENGINE_KERNELS_KERNELS_H_

#include <cstddef>
#include <cstdint>

#include "engine/kernels/attention_kernels.h"

namespace facet {

// How the values of a matrix lie in memory: as in the file, row by row, or repacked (engine/kernels/panel.h).
enum class WeightForm : uint32_t { kF32 = 1, kBF16 = 2, kSFP = 3, kQ8 = 100, kQ5 = 101, kQ2 = 102, kR4 = 103 };

// How exactly bf16 arithmetic holds activations: as the nearest bf16, or as that plus the bf16 nearest to what it
// misses (16 bits of mantissa, as good as f32 here). f32 arithmetic ignores it.
enum class Precision { kFast, kExact };

// A weight matrix as kernels read it: rows = output features, each `row_bytes` apart.
struct Matrix {
  WeightForm form = WeightForm::kF32;
  const uint8_t* data = nullptr;
  size_t row_bytes = 0;
  uint32_t rows = 0;
  uint32_t cols = 0;
  float scale = 1.0f;
  Precision precision = Precision::kExact;  // of the activations it is multiplied with

  const uint8_t* Row(size_t row) const { return data + row * row_bytes; }
};

// Products with weights. Activations are packed once per product, weights unpacked once per block of rows and chunk.
struct MatrixKernels {
  // Bytes of one token's `n` activations, packed: a multiple of 64.
  size_t (*packed_bytes)(size_t n, Precision precision);
  void (*pack)(const float* x, size_t n, Precision precision, uint8_t* packed);

  // out[r - begin] = scale * (row r of w) . x, for r in [begin, end).   x: packed, (cols)
  void (*matvec)(const Matrix& w, const uint8_t* x, Precision precision, size_t begin, size_t end, float* out);

  // Bytes of one unpacked row: a multiple of 64.
  size_t (*unpacked_bytes)(size_t cols);
  // Rows [begin, end) of w.
  void (*unpack)(const Matrix& w, size_t begin, size_t end, uint8_t* out);

  // out[t * out_stride + r] = scale * (row r of w) . x[t].   w: (rows, cols) unpacked, x: (tokens, cols) packed
  void (*matmul)(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* x, Precision precision,
                 size_t tokens, float* out, size_t out_stride);
};

struct Kernels {
  const char* name;
  // Products by form. f32 arithmetic reads every form of a file; bf16 products summed in f32 are twice as fast where
  // the processor has them, for weights that bf16 holds exactly. nullptr where there are none.
  const MatrixKernels* f32;
  const MatrixKernels* bf16;
  const MatrixKernels* sfp;
  const MatrixKernels* q8;

  // nullptr when this table cannot read the form.
  const MatrixKernels* For(WeightForm form) const {
    if (form == WeightForm::kQ8) return q8;
    if (form == WeightForm::kQ5) return q5;
    if (form == WeightForm::kQ2) return q2;
    if (form == WeightForm::kR4) return r4;
    const MatrixKernels* special = form == WeightForm::kBF16 ? bf16 : form == WeightForm::kSFP ? sfp : nullptr;
    return special != nullptr ? special : f32;
  }

  // out = row r of w, without its scale.   out: (cols)
  void (*decode_row)(const Matrix& w, size_t row, float* out);

  // out = x / sqrt(mean(x^2) + 1e-6) * weight, `weight` already holding 1 + w.   x, weight, out: (n); out may be x.
  void (*rms_norm)(const float* x, const float* weight, size_t n, float* out);

  // gate = gelu_tanh(gate) * up   (n)
  void (*gelu_mul)(float* gate, const float* up, size_t n);

  // y += x   (n)
  void (*add)(const float* x, float* y, size_t n);

  // x = cap * tanh(x / cap)   (n)
  void (*soft_cap)(float* x, size_t n, float cap);

  // log(sum(exp(x)))   (n)
  float (*log_sum_exp)(const float* x, size_t n);

  const AttentionKernels* attention_f32;
  const AttentionKernels* attention_bf16;

  // Integer products: they round activations to 8 bits in blocks, whatever the precision. All or none. Of r4 only
  // packed_bytes, pack and matvec.
  const MatrixKernels* q5 = nullptr;
  const MatrixKernels* q2 = nullptr;
  const MatrixKernels* r4 = nullptr;
  // Whether they are so fast that searching the head with them saves time.
  bool screen_pays = false;

  const AttentionKernels& Attention(KvType type) const {
    return type == KvType::kF32 ? *attention_f32 : *attention_bf16;
  }
};

// The table for this processor; GEMMA_KERNELS in the environment forces one that it can run.
const Kernels& ChooseKernels();

// What GEMMA_KERNELS asks for, where the build or the processor has no such table; nullptr when all is well.
const char* UnknownForcedKernels();

// Number `index` of the tables that this build and processor have, best first; nullptr past the last.
const Kernels* KernelsAt(size_t index);

// By name, or nullptr when the build or the processor has no such table.
const Kernels* FindKernels(const char* name);

const Kernels& ScalarKernels();
#if defined(__x86_64__)
const Kernels& Avx2Kernels();
const Kernels& Avx512Kernels();
const Kernels& Avx512Bf16Kernels();
#elif defined(__aarch64__)
const Kernels& NeonKernels();
#endif

}  // namespace facet

#endif  // FACET_ENGINE_KERNELS_KERNELS_H_
