// WeightForm::kQ8 in f32 over the abstract vector V of vector_kernels.h, after which it is included (same rules): a
// vector holds kLanes rows of a panel, activations are broadcast, and no sum crosses a vector.
//
// Of V this needs LoadPairs(p, even, odd) = kLanes rows of two columns of int8 as f32, LoadHalves(p) = kLanes IEEE
// halves, and RoundBf16. Packed activations are those of vector_products.h.

constexpr size_t kPanelVectors = kPanelRows / kLanes;
// How far ahead of the products weights are asked for, into the L2 cache: many more lines can be under way to it than
// to the L1 cache.
constexpr size_t kPanelAhead = 16384;
constexpr size_t kPanelTokenTile = 4;

// Two columns of a block, of the rows that vector `v` holds.
void LoadQ8(const uint8_t* block, size_t pair, size_t v, Reg scale, Reg* even, Reg* odd) {
  V::LoadPairs(block + kPanelScaleBytes + (pair * kPanelRows + v * kLanes) * 2, even, odd);
  *even = V::RoundBf16(V::Mul(*even, scale));
  *odd = V::RoundBf16(V::Mul(*odd, scale));
}

// `begin` and `end` are multiples of kPanelRows.
void MatVecQ8(const Matrix& w, const uint8_t* packed, Precision, size_t begin, size_t end, float* out) {
  const float* x = reinterpret_cast<const float*>(packed);
  const uint8_t* block = w.data + begin / kPanelRows * PanelBytes(WeightForm::kQ8, w.cols);
  for (size_t row = begin; row < end; row += kPanelRows, out += kPanelRows) {
    Reg sums[kPanelVectors];
    for (Reg& sum : sums) sum = V::Zero();
    for (size_t c = 0; c < w.cols; c += kPanelBlock, block += kQ8BlockBytes) {
      for (size_t line = 0; line < kQ8BlockBytes; line += 64) __builtin_prefetch(block + kPanelAhead + line, 0, 2);
      Reg scales[kPanelVectors];
      for (size_t v = 0; v < kPanelVectors; ++v) scales[v] = V::LoadHalves(block + 2 * v * kLanes);
      for (size_t pair = 0; pair < kPanelBlock / 2; ++pair) {
        const Reg first = V::Set1(x[c + 2 * pair]), second = V::Set1(x[c + 2 * pair + 1]);
        for (size_t v = 0; v < kPanelVectors; ++v) {
          Reg even, odd;
          LoadQ8(block, pair, v, scales[v], &even, &odd);
          sums[v] = V::Fma(odd, second, V::Fma(even, first, sums[v]));
        }
      }
    }
    for (size_t v = 0; v < kPanelVectors; ++v) V::Store(V::Mul(sums[v], V::Set1(w.scale)), out + v * kLanes);
  }
}

// Unpacked panels: for each column its sixteen rows.
void UnpackQ8(const Matrix& w, size_t begin, size_t end, uint8_t* unpacked) {
  float* out = reinterpret_cast<float*>(unpacked);
  const uint8_t* block = w.data + begin / kPanelRows * PanelBytes(WeightForm::kQ8, w.cols);
  for (size_t blocks = (end - begin) / kPanelRows * (w.cols / kPanelBlock); blocks > 0; --blocks) {
    for (size_t pair = 0; pair < kPanelBlock / 2; ++pair, out += 2 * kPanelRows) {
      for (size_t v = 0; v < kPanelVectors; ++v) {
        Reg even, odd;
        LoadQ8(block, pair, v, V::LoadHalves(block + 2 * v * kLanes), &even, &odd);
        V::Store(even, out + v * kLanes);
        V::Store(odd, out + kPanelRows + v * kLanes);
      }
    }
    block += kQ8BlockBytes;
  }
}

// One panel x kTokens sums in registers.
template <size_t kTokens>
void MatMulTileQ8(const float* w, size_t cols, float scale, const float* x, float* out, size_t out_stride) {
  Reg sums[kTokens][kPanelVectors];
  for (auto& token : sums) {
    for (Reg& sum : token) sum = V::Zero();
  }
  for (size_t c = 0; c < cols; ++c) {
    Reg wc[kPanelVectors];
    for (size_t v = 0; v < kPanelVectors; ++v) wc[v] = V::Load(w + c * kPanelRows + v * kLanes);
    for (size_t t = 0; t < kTokens; ++t) {
      const Reg xc = V::Set1(x[t * cols + c]);
      for (size_t v = 0; v < kPanelVectors; ++v) sums[t][v] = V::Fma(wc[v], xc, sums[t][v]);
    }
  }
  for (size_t t = 0; t < kTokens; ++t) {
    for (size_t v = 0; v < kPanelVectors; ++v) {
      V::Store(V::Mul(sums[t][v], V::Set1(scale)), out + t * out_stride + v * kLanes);
    }
  }
}

void MatMulQ8(const uint8_t* weights, size_t rows, size_t cols, float scale, const uint8_t* packed, Precision,
              size_t tokens, float* out, size_t out_stride) {
  const float* w = reinterpret_cast<const float*>(weights);
  const float* x = reinterpret_cast<const float*>(packed);
  for (size_t t = 0; t < tokens;) {
    const bool many = t + kPanelTokenTile <= tokens;
    for (size_t row = 0; row < rows; row += kPanelRows) {
      float* to = out + t * out_stride + row;
      many ? MatMulTileQ8<kPanelTokenTile>(w + row * cols, cols, scale, x + t * cols, to, out_stride)
           : MatMulTileQ8<1>(w + row * cols, cols, scale, x + t * cols, to, out_stride);
    }
    t += many ? kPanelTokenTile : 1;
  }
}

constexpr MatrixKernels kQ8Products = {PackedF32Bytes, PackF32, MatVecQ8, PaddedF32Bytes, UnpackQ8, MatMulQ8};
