// Attention over the abstract vector V of vector_kernels.h, after which it is included (same rules). Of V it needs two
// things more: kTileRegs and kTileRows, a tile of sums that fits into registers beside what they are built from; and
// EvenBf16(r), OddBf16(r): the low and the high half of each 32 bits as f32.

constexpr size_t kStripRegs = kStrip / kLanes;

// kRegs registers of a row of neighbouring strips, `distance` floats from one strip to the next.
template <size_t kRegs>
void LoadStrips(const float* row, size_t distance, Reg* out) {
  for (size_t i = 0; i < kRegs; ++i) out[i] = V::Load(row + i / kStripRegs * distance + i % kStripRegs * kLanes);
}

// Rows of a strip as `add` wants them, one step of the sum at a time: f32.
struct F32Strip {
  static constexpr KvType kType = KvType::kF32;

  template <size_t kRegs, typename Add>
  static void Steps(const float* m, size_t distance, size_t begin, size_t end, const Add& add) {
    Reg values[kRegs];
    for (size_t k = begin; k < end; ++k) {
      LoadStrips<kRegs>(m + k * kStrip, distance, values);
      add(k, values);
    }
  }
};

// bf16: two steps in a row.
struct Bf16Strip {
  static constexpr KvType kType = KvType::kBF16;

  template <size_t kRegs, typename Add>
  static void Steps(const float* m, size_t distance, size_t begin, size_t end, const Add& add) {
    Reg pairs[kRegs], values[kRegs];
    const auto step = [&](size_t k, bool even, bool odd) {
      LoadStrips<kRegs>(m + k / 2 * kStrip, distance, pairs);
      if (even) {
        for (size_t i = 0; i < kRegs; ++i) values[i] = V::EvenBf16(pairs[i]);
        add(k, values);
      }
      if (odd) {
        for (size_t i = 0; i < kRegs; ++i) values[i] = V::OddBf16(pairs[i]);
        add(k + 1, values);
      }
    };
    size_t k = begin;
    if (k % 2 != 0 && k < end) step(k++ - 1, false, true);
    for (; k + 2 <= end; k += 2) step(k, true, true);
    if (k < end) step(k, true, false);
  }
};

template <typename S, size_t kRows, size_t kRegs>
void MultiplyTile(const float* x, size_t x_stride, const float* m, size_t distance, size_t begin, size_t end,
                  float* out, size_t out_stride) {
  Reg sums[kRows][kRegs];
  for (auto& row : sums) {
    for (Reg& sum : row) sum = V::Zero();
  }
  S::template Steps<kRegs>(m, distance, begin, end, [&](size_t k, const Reg* values) {
    for (size_t j = 0; j < kRows; ++j) {
      const Reg xk = V::Set1(x[j * x_stride + k]);
      for (size_t i = 0; i < kRegs; ++i) sums[j][i] = V::Fma(xk, values[i], sums[j][i]);
    }
  });
  for (size_t j = 0; j < kRows; ++j) {
    for (size_t i = 0; i < kRegs; ++i) V::Store(sums[j][i], out + j * out_stride + i * kLanes);
  }
}

template <typename S, size_t kRegs>
void MultiplyStrips(const float* x, size_t x_stride, size_t rows, const float* m, size_t distance, size_t begin,
                    size_t end, float* out, size_t out_stride) {
  size_t j = 0;
  const auto tile = [&](auto multiply, size_t n) {
    for (; j + n <= rows; j += n)
      multiply(x + j * x_stride, x_stride, m, distance, begin, end, out + j * out_stride, out_stride);
  };
  tile(MultiplyTile<S, V::kTileRows, kRegs>, V::kTileRows);
  tile(MultiplyTile<S, 4, kRegs>, 4);
  tile(MultiplyTile<S, 2, kRegs>, 2);
  tile(MultiplyTile<S, 1, kRegs>, 1);
}

template <typename S>
void Multiply(const float* x, size_t x_stride, size_t rows, const uint8_t* m, size_t depth, size_t first, size_t last,
              size_t begin, size_t end, float* out, size_t out_stride) {
  constexpr size_t kStripsAtOnce = V::kTileRegs / kStripRegs;
  const size_t distance = StripBytes(S::kType, depth) / sizeof(float);
  const float* strips = reinterpret_cast<const float*>(m);
  size_t s = first;
  for (; s + kStripsAtOnce <= last; s += kStripsAtOnce) {
    MultiplyStrips<S, V::kTileRegs>(x, x_stride, rows, strips + s * distance, distance, begin, end, out + s * kStrip,
                                    out_stride);
  }
  for (; s < last; ++s) {
    MultiplyStrips<S, kStripRegs>(x, x_stride, rows, strips + s * distance, distance, begin, end, out + s * kStrip,
                                  out_stride);
  }
}

void PackNothing(float*, size_t) {}

void Fill(float* x, size_t begin, size_t end, float value) {
  for (size_t i = begin; i < end; ++i) x[i] = value;
}

SoftmaxPart SpanSoftmax(float* x, size_t begin, size_t end, size_t from, size_t to, float cap) {
  // Whole strips, whatever lies in them beside [begin, end): the lanes of the sums depend on the positions only.
  const size_t first = begin / kStrip * kStrip, last = Strips(end) * kStrip;
  if (cap > 0.0f) SoftCap(x + first, last - first, cap);
  // Far below every score, so e^(x - top) is next to nothing; not infinite, of which Exp knows nothing.
  Fill(x, first, begin, -1e30f);
  Fill(x, end, last, -1e30f);
  const float top = MaxOf(x + first, last - first);
  const Reg shift = V::Set1(top);
  Reg sum = V::Zero();
  for (size_t i = first; i < last; i += kLanes) {
    const Reg e = Exp(V::Sub(V::Load(x + i), shift));
    V::Store(e, x + i);
    sum = V::Add(sum, e);
  }
  Fill(x, from / kStrip * kStrip, begin, 0.0f);
  Fill(x, end, Strips(to) * kStrip, 0.0f);
  return {top, V::Sum(sum)};
}

void Blend(float* x, float a, const float* y, float b, size_t n) {
  const Reg va = V::Set1(a), vb = V::Set1(b);
  size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) V::Store(V::Fma(V::Load(x + i), va, V::Mul(V::Load(y + i), vb)), x + i);
  if (i < n) V::StorePart(V::Fma(V::LoadPart(x + i, n - i), va, V::Mul(V::LoadPart(y + i, n - i), vb)), x + i, n - i);
}

constexpr AttentionKernels kAttentionF32 = {StoreF32, PackNothing, Multiply<F32Strip>, SpanSoftmax, Blend};
constexpr AttentionKernels kAttentionBf16 = {StoreBf16, PackNothing, Multiply<Bf16Strip>, SpanSoftmax, Blend};
