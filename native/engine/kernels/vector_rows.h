// WeightForm::kR4 in integers over the abstract vector V, after vector_integers.h (same rules): single rows, four
// columns to a lane.

constexpr int kR4Offset15 = 15;

// Packed for rows: a byte each, zeros up to whole blocks; for each block kLanes sums to start with (i32): the first is
// that of the block times -15, the others zero; for each block its scale (f32).
struct RowActivations {
  const uint8_t* values;
  const uint8_t* starts;
  const uint8_t* scales;

  RowActivations(const uint8_t* x, size_t cols)
      : values(x),
        starts(x + RoundUp(cols, kR4Block)),
        scales(starts + RoundUp(cols, kR4Block) / kR4Block * kLanes * sizeof(int32_t)) {}
};

size_t PackedRowBytes(size_t n, Precision) {
  const size_t blocks = RoundUp(n, kR4Block) / kR4Block;
  return RoundUp(blocks * (kR4Block + kLanes * sizeof(int32_t) + sizeof(float)), 64);
}

void PackRows(const float* x, size_t n, Precision, uint8_t* packed) {
  memset(packed, 0, PackedRowBytes(n, Precision::kFast));
  uint8_t* starts = packed + RoundUp(n, kR4Block);
  uint8_t* scales = starts + RoundUp(n, kR4Block) / kR4Block * kLanes * sizeof(int32_t);
  for (size_t begin = 0, block = 0; begin < n; begin += kR4Block, ++block) {
    float scale;
    const size_t part = n - begin < kR4Block ? n - begin : kR4Block;
    const int32_t start = -kR4Offset15 * RoundBlock(x + begin, part, packed + begin, &scale);
    memcpy(starts + block * kLanes * sizeof(int32_t), &start, sizeof(start));
    memcpy(scales + block * sizeof(scale), &scale, sizeof(scale));
  }
}

// The sums of a row over kLanes lanes.
Reg SumRow(const uint8_t* row, size_t cols, const RowActivations& x) {
  Reg sum = V::Zero();
  float scales[kLanes];
  for (size_t c = 0, block = 0; c < cols; ++block) {
    // Rows end at a multiple of 64 bytes: eight scales can always be read.
    if (block % kLanes == 0) V::Store(V::LoadHalves(row + R4ScaleOffset(cols, c)), scales);
    Ints products = V::SetInt(0);
    for (const size_t end = c + kR4Block; c < end && c < cols; c += kR4Unit) {
      const Bytes nibbles = V::LoadBytes(row + c / 2);
      products = V::Dot(products, V::Bits<0>(nibbles, 15), V::LoadBytes(x.values + c));
      products = V::Dot(products, V::Bits<4>(nibbles, 15), V::LoadBytes(x.values + c + kVectorBytes));
    }
    products = V::AddInt(V::AddInt(products, products), V::LoadInts(x.starts + block * kLanes * sizeof(int32_t)));
    const float scale = scales[block % kLanes] * FloatAt(x.scales + block * sizeof(float));
    sum = V::Fma(V::ToFloat(products), V::Set1(scale), sum);
  }
  return sum;
}

void MatVecR4(const Matrix& w, const uint8_t* packed, Precision, size_t begin, size_t end, float* out) {
  static_assert(kVectorBytes == kR4Unit / 2, "a vector holds one half of a unit");
  const RowActivations x(packed, w.cols);
  for (size_t r = begin; r < end; r += kLanes) {
    const size_t count = end - r < kLanes ? end - r : kLanes;
    Reg sums[kLanes];
    for (size_t i = 0; i < kLanes; ++i) sums[i] = i < count ? SumRow(w.Row(r + i), w.cols, x) : V::Zero();
    V::StorePart(V::Mul(V::SumEach(sums), V::Set1(w.scale)), out + (r - begin), count);
  }
}

constexpr MatrixKernels kR4Products = {PackedRowBytes, PackRows, MatVecR4, nullptr, nullptr, nullptr};
