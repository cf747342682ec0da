// Products in f32 over the abstract vector V of vector_kernels.h, after which it is included (same rules). Packed
// activations and unpacked weights are plain f32, padded with zeros to whole vectors of 64 bytes.

size_t PaddedF32Bytes(size_t n) { return (n * sizeof(float) + 63) / 64 * 64; }
size_t PackedF32Bytes(size_t n, Precision) { return PaddedF32Bytes(n); }

void PadF32(size_t n, float* out) {
  for (size_t i = n; i < PaddedF32Bytes(n) / sizeof(float); ++i) out[i] = 0.0f;
}

void PackF32(const float* x, size_t n, Precision, uint8_t* packed) {
  float* out = reinterpret_cast<float*>(packed);
  for (size_t i = 0; i < n; ++i) out[i] = x[i];
  PadF32(n, out);
}

void UnpackF32(const Matrix& w, size_t begin, size_t end, uint8_t* unpacked) {
  for (size_t r = begin; r < end; ++r, unpacked += PaddedF32Bytes(w.cols)) {
    float* out = reinterpret_cast<float*>(unpacked);
    DecodeRow(w, r, out);
    PadF32(w.cols, out);
  }
}

// kRows rows at once, each with one accumulator: the order of every sum is that of MatMulF32.
template <typename W, size_t kRows>
void MatVecRows(const Matrix& w, const float* x, size_t row, float* out) {
  const uint8_t* rows[kRows];
  Reg sums[kLanes];
  for (size_t r = 0; r < kRows; ++r) rows[r] = w.Row(row + r);
  for (size_t r = 0; r < kLanes; ++r) sums[r] = V::Zero();
  // The rows that come next are asked for into the L2 cache: many more lines can be under way to it than to the L1.
  const size_t ahead = kRows * w.row_bytes;
  size_t c = 0;
  for (; c + kLanes <= w.cols; c += kLanes) {
    const Reg xc = V::Load(x + c);
    for (size_t r = 0; r < kRows; ++r) {
      if (kRows > 1) __builtin_prefetch(rows[r] + ahead + W::kBytes * c, 0, 2);
      sums[r] = V::Fma(W::Load(rows[r], c), xc, sums[r]);
    }
  }
  if (c < w.cols) {
    const Reg xc = V::Load(x + c);
    for (size_t r = 0; r < kRows; ++r) sums[r] = V::Fma(W::LoadPart(rows[r], c, w.cols - c), xc, sums[r]);
  }
  const Reg all = V::Mul(V::SumEach(sums), V::Set1(w.scale));
  if (kRows == kLanes) {
    V::Store(all, out);
  } else {
    V::StorePart(all, out, kRows);
  }
}

template <typename W>
void MatVecTyped(const Matrix& w, const float* x, size_t begin, size_t end, float* out) {
  size_t r = begin;
  for (; r + kLanes <= end; r += kLanes) MatVecRows<W, kLanes>(w, x, r, out + (r - begin));
  for (; r < end; ++r) MatVecRows<W, 1>(w, x, r, out + (r - begin));
}

void MatVecF32(const Matrix& w, const uint8_t* packed, Precision, size_t begin, size_t end, float* out) {
  const float* x = reinterpret_cast<const float*>(packed);
  switch (w.form) {
    case WeightForm::kF32:
      return MatVecTyped<V::F32W>(w, x, begin, end, out);
    case WeightForm::kBF16:
      return MatVecTyped<V::BF16W>(w, x, begin, end, out);
    default:
      return MatVecTyped<V::SFPW>(w, x, begin, end, out);
  }
}

// A tile of kRows x kTokens <= kLanes sums in registers.   w: (kRows, stride), x: (kTokens, stride)
template <size_t kRows, size_t kTokens>
void MatMulTileF32(const float* w, size_t stride, float scale, const float* x, float* out, size_t out_stride) {
  Reg sums[kLanes];
  for (size_t i = 0; i < kLanes; ++i) sums[i] = V::Zero();
  for (size_t c = 0; c < stride; c += kLanes) {
    Reg wc[kRows];
    for (size_t r = 0; r < kRows; ++r) wc[r] = V::Load(w + r * stride + c);
    for (size_t t = 0; t < kTokens; ++t) {
      const Reg xc = V::Load(x + t * stride + c);
      for (size_t r = 0; r < kRows; ++r) sums[t * kRows + r] = V::Fma(wc[r], xc, sums[t * kRows + r]);
    }
  }
  float all[kLanes];
  V::Store(V::Mul(V::SumEach(sums), V::Set1(scale)), all);
  for (size_t t = 0; t < kTokens; ++t) {
    for (size_t r = 0; r < kRows; ++r) out[t * out_stride + r] = all[t * kRows + r];
  }
}

template <size_t kTokens>
void MatMulTokensF32(const float* w, size_t rows, size_t stride, float scale, const float* x, float* out,
                     size_t out_stride) {
  size_t r = 0;
  for (; r + V::kRowTile <= rows; r += V::kRowTile) {
    MatMulTileF32<V::kRowTile, kTokens>(w + r * stride, stride, scale, x, out + r, out_stride);
  }
  for (; r < rows; ++r) MatMulTileF32<1, kTokens>(w + r * stride, stride, scale, x, out + r, out_stride);
}

void MatMulF32(const uint8_t* weights, size_t rows, size_t cols, float scale, const uint8_t* packed, Precision,
               size_t tokens, float* out, size_t out_stride) {
  const float* w = reinterpret_cast<const float*>(weights);
  const float* x = reinterpret_cast<const float*>(packed);
  const size_t stride = PaddedF32Bytes(cols) / sizeof(float);
  // Tokens outside, so that a tile of x stays in the nearest cache while the block of rows passes by.
  size_t t = 0;
  for (; t + V::kTokenTile <= tokens; t += V::kTokenTile) {
    MatMulTokensF32<V::kTokenTile>(w, rows, stride, scale, x + t * stride, out + t * out_stride, out_stride);
  }
  for (; t < tokens; ++t) {
    MatMulTokensF32<1>(w, rows, stride, scale, x + t * stride, out + t * out_stride, out_stride);
  }
}

constexpr MatrixKernels kMatrixKernels = {PackedF32Bytes, PackF32, MatVecF32, PaddedF32Bytes, UnpackF32, MatMulF32};
