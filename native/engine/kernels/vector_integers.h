// WeightForm::kQ5, kQ2 and kR4 in integers over the abstract vector V of vector_kernels.h, after which it is included
// (same rules). Activations are rounded to 8 bits in blocks with a scale of their own; the products of a block are
// exact.
//
// Of V this needs, beside LoadHalves: Bytes, kLanes x 4 of them; Ints, kLanes sums; LoadBytes, StoreBytes; Repeat(p) =
// the four bytes at p in every lane; Bits<shift>(bytes, mask); AddFifths(bytes, bits) = 16 more where the bit is set;
// Dot(sums, w, x) = sums + the products of each lane's four bytes, w in 0..31, x in -127..127; LoadInts, SetInt,
// AddInt, ToFloat.

using Bytes = V::Bytes;
using Ints = V::Ints;

constexpr size_t kIntVectors = kPanelRows / kLanes;  // of a panel
constexpr size_t kQuads = kPanelBlock / 4;           // of a block
constexpr size_t kVectorBytes = 4 * kLanes;
constexpr size_t kUnpackedBlock = kPanelRows * sizeof(float) + kPanelRows * kPanelBlock;
constexpr size_t kIntAhead = 16384;  // as in vector_panels.h
constexpr size_t kIntTokenTile = 4;

int32_t IntAt(const uint8_t* p) {
  int32_t value;
  memcpy(&value, p, sizeof(value));
  return value;
}

float FloatAt(const uint8_t* p) {
  float value;
  memcpy(&value, p, sizeof(value));
  return value;
}

size_t RoundUp(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }

// Rounds `n` values to integers; returns their sum. What is no number makes the scale none.
int32_t RoundBlock(const float* x, size_t n, uint8_t* integers, float* scale) {
  float largest = 0.0f;
  bool nan = false;
  for (size_t i = 0; i < n; ++i) {
    const float magnitude = x[i] < 0.0f ? -x[i] : x[i];
    largest = magnitude > largest ? magnitude : largest;
    nan |= x[i] != x[i];
  }
  *scale = nan ? __builtin_nanf("") : largest / 127.0f;
  const Reg inverse = V::Set1(largest > 0.0f ? 127.0f / largest : 0.0f);
  int32_t sum = 0;
  for (size_t i = 0; i < n; i += kLanes) {
    const size_t part = n - i < kLanes ? n - i : kLanes;
    float rounded[kLanes];
    V::Store(V::Round(V::Mul(V::LoadPart(x + i, part), inverse)), rounded);
    for (size_t j = 0; j < part; ++j) {
      const int32_t q = rounded[j] >= -127.0f && rounded[j] <= 127.0f ? static_cast<int32_t>(rounded[j]) : 0;
      integers[i + j] = static_cast<uint8_t>(q);
      sum += q;
    }
  }
  return sum;
}

// Packed for panels: n bytes, then for each block its scale (f32), then for each block the sum of its integers (i32).
struct PanelActivations {
  const uint8_t* values;
  const uint8_t* scales;
  const uint8_t* sums;

  PanelActivations(const uint8_t* x, size_t cols)
      : values(x), scales(x + RoundUp(cols, 64)), sums(scales + cols / kPanelBlock * sizeof(float)) {}
};

size_t PackedIntBytes(size_t n, Precision) {
  return RoundUp(n, 64) + RoundUp(n / kPanelBlock * (sizeof(float) + sizeof(int32_t)), 64);
}

void PackInts(const float* x, size_t n, Precision, uint8_t* packed) {
  const size_t blocks = n / kPanelBlock;
  uint8_t* scales = packed + RoundUp(n, 64);
  uint8_t* sums = scales + blocks * sizeof(float);
  for (size_t b = 0; b < blocks; ++b) {
    float scale;
    const int32_t sum = RoundBlock(x + b * kPanelBlock, kPanelBlock, packed + b * kPanelBlock, &scale);
    memcpy(scales + b * sizeof(scale), &scale, sizeof(scale));
    memcpy(sums + b * sizeof(sum), &sum, sizeof(sum));
  }
}

// How a form holds a weight of kTimes * byte - kOffset times the scale. Quads gives a block's bytes, four columns a
// vector, of the rows that vector `v` holds.
struct Q5Block {
  static constexpr size_t kBytes = kQ5BlockBytes;
  static constexpr int kTimes = 1;
  static constexpr int kOffset = 16;
  static void Quads(const uint8_t* block, size_t v, Bytes* quads) {
    for (size_t pair = 0; pair < kQuads / 2; ++pair) {
      const Bytes nibbles = V::LoadBytes(block + kPanelScaleBytes + pair * 4 * kPanelRows + v * kVectorBytes);
      const uint8_t* fifths = block + kFifthBits + pair * kPanelRows + v * kLanes / 2;
      quads[2 * pair] = V::AddFifths(V::Bits<0>(nibbles, 15), fifths);
      quads[2 * pair + 1] = V::AddFifths(V::Bits<4>(nibbles, 15), fifths + kPanelRows / 2);
    }
  }
};

struct Q2Block {
  static constexpr size_t kBytes = kQ2BlockBytes;
  static constexpr int kTimes = 2;
  static constexpr int kOffset = 3;
  static void Quads(const uint8_t* block, size_t v, Bytes* quads) {
    for (size_t half = 0; half < kQuads / 4; ++half) {
      const Bytes crumbs = V::LoadBytes(block + kPanelScaleBytes + half * 4 * kPanelRows + v * kVectorBytes);
      quads[4 * half] = V::Bits<0>(crumbs, 3);
      quads[4 * half + 1] = V::Bits<2>(crumbs, 3);
      quads[4 * half + 2] = V::Bits<4>(crumbs, 3);
      quads[4 * half + 3] = V::Bits<6>(crumbs, 3);
    }
  }
};

// sums + a block's products: the same arithmetic for one token and for many.
template <typename Block>
Reg AddBlock(Reg sums, Ints products, const PanelActivations& x, size_t block, Reg scales) {
  for (int i = 1; i < Block::kTimes; ++i) products = V::AddInt(products, products);
  products = V::AddInt(products, V::SetInt(-Block::kOffset * IntAt(x.sums + block * sizeof(int32_t))));
  return V::Fma(V::ToFloat(products), V::Mul(scales, V::Set1(FloatAt(x.scales + block * sizeof(float)))), sums);
}

// `begin` and `end` are multiples of kPanelRows.
template <typename Block>
void MatVecInts(const Matrix& w, const uint8_t* packed, Precision, size_t begin, size_t end, float* out) {
  const PanelActivations x(packed, w.cols);
  const size_t blocks = w.cols / kPanelBlock;
  const uint8_t* block = w.data + begin / kPanelRows * blocks * Block::kBytes;
  for (size_t row = begin; row < end; row += kPanelRows, out += kPanelRows) {
    Reg sums[kIntVectors];
    for (Reg& sum : sums) sum = V::Zero();
    for (size_t b = 0; b < blocks; ++b, block += Block::kBytes) {
      for (size_t line = 0; line < Block::kBytes; line += 64) __builtin_prefetch(block + kIntAhead + line, 0, 2);
      for (size_t v = 0; v < kIntVectors; ++v) {
        Bytes quads[kQuads];
        Block::Quads(block, v, quads);
        Ints products = V::SetInt(0);
        for (size_t q = 0; q < kQuads; ++q) {
          products = V::Dot(products, quads[q], V::Repeat(x.values + b * kPanelBlock + 4 * q));
        }
        sums[v] = AddBlock<Block>(sums[v], products, x, b, V::LoadHalves(block + 2 * v * kLanes));
      }
    }
    for (size_t v = 0; v < kIntVectors; ++v) V::Store(V::Mul(sums[v], V::Set1(w.scale)), out + v * kLanes);
  }
}

// Unpacked panels: for each block sixteen scales as f32, then for each four columns sixteen rows of four bytes.
size_t UnpackedIntBytes(size_t cols) { return RoundUp(cols / kPanelBlock * kUnpackedBlock / kPanelRows, 64); }

template <typename Block>
void UnpackInts(const Matrix& w, size_t begin, size_t end, uint8_t* out) {
  const size_t blocks = w.cols / kPanelBlock;
  const uint8_t* block = w.data + begin / kPanelRows * blocks * Block::kBytes;
  for (size_t count = (end - begin) / kPanelRows * blocks; count > 0; --count) {
    for (size_t v = 0; v < kIntVectors; ++v) {
      V::Store(V::LoadHalves(block + 2 * v * kLanes), reinterpret_cast<float*>(out) + v * kLanes);
      Bytes quads[kQuads];
      Block::Quads(block, v, quads);
      uint8_t* to = out + kPanelRows * sizeof(float) + v * kVectorBytes;
      for (size_t q = 0; q < kQuads; ++q) V::StoreBytes(quads[q], to + q * 4 * kPanelRows);
    }
    block += Block::kBytes;
    out += kUnpackedBlock;
  }
}

// One panel x kTokens sums in registers.
template <typename Block, size_t kTokens>
void MatMulTileInts(const uint8_t* w, size_t cols, float scale, const uint8_t* packed, size_t token_bytes, float* out,
                    size_t out_stride) {
  Reg sums[kTokens][kIntVectors];
  for (auto& token : sums) {
    for (Reg& sum : token) sum = V::Zero();
  }
  for (size_t b = 0; b < cols / kPanelBlock; ++b, w += kUnpackedBlock) {
    Ints products[kTokens][kIntVectors];
    for (auto& token : products) {
      for (Ints& product : token) product = V::SetInt(0);
    }
    for (size_t q = 0; q < kQuads; ++q) {
      const uint8_t* quad = w + kPanelRows * sizeof(float) + q * 4 * kPanelRows;
      for (size_t t = 0; t < kTokens; ++t) {
        const Bytes xq = V::Repeat(packed + t * token_bytes + b * kPanelBlock + 4 * q);
        for (size_t v = 0; v < kIntVectors; ++v) {
          products[t][v] = V::Dot(products[t][v], V::LoadBytes(quad + v * kVectorBytes), xq);
        }
      }
    }
    for (size_t t = 0; t < kTokens; ++t) {
      const PanelActivations x(packed + t * token_bytes, cols);
      for (size_t v = 0; v < kIntVectors; ++v) {
        const Reg scales = V::Load(reinterpret_cast<const float*>(w) + v * kLanes);
        sums[t][v] = AddBlock<Block>(sums[t][v], products[t][v], x, b, scales);
      }
    }
  }
  for (size_t t = 0; t < kTokens; ++t) {
    for (size_t v = 0; v < kIntVectors; ++v) {
      V::Store(V::Mul(sums[t][v], V::Set1(scale)), out + t * out_stride + v * kLanes);
    }
  }
}

template <typename Block>
void MatMulInts(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* packed, Precision precision,
                size_t tokens, float* out, size_t out_stride) {
  const size_t token_bytes = PackedIntBytes(cols, precision);
  const size_t panel_bytes = cols / kPanelBlock * kUnpackedBlock;
  for (size_t t = 0; t < tokens;) {
    const bool many = t + kIntTokenTile <= tokens;
    const uint8_t* panel = w;
    for (size_t row = 0; row < rows; row += kPanelRows, panel += panel_bytes) {
      const uint8_t* x = packed + t * token_bytes;
      float* to = out + t * out_stride + row;
      many ? MatMulTileInts<Block, kIntTokenTile>(panel, cols, scale, x, token_bytes, to, out_stride)
           : MatMulTileInts<Block, 1>(panel, cols, scale, x, token_bytes, to, out_stride);
    }
    t += many ? kIntTokenTile : 1;
  }
}

constexpr MatrixKernels kQ5Products = {PackedIntBytes,      PackInts,           MatVecInts<Q5Block>, UnpackedIntBytes,
                                       UnpackInts<Q5Block>, MatMulInts<Q5Block>};
constexpr MatrixKernels kQ2Products = {PackedIntBytes,      PackInts,           MatVecInts<Q2Block>, UnpackedIntBytes,
                                       UnpackInts<Q2Block>, MatMulInts<Q2Block>};
