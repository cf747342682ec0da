// The kernels over an abstract vector `V`, to be included by one .cc per instruction set *inside an anonymous
// namespace*: the code is compiled with that set's flags, so nothing of it may be merged by the linker with another
// file's copy. For the same reason this file uses no templates or inline functions of the standard library.
//
// V gives: Reg, kLanes, Zero, Set1, Load, LoadPart(p, n), Store, StorePart(r, p, n), Add, Sub, Mul, Div, Fma(a, b, c) =
// a * b + c, Max, Min, Round, Ldexp(x, n) = x * 2^n, Sum, Top, SumEach(r) = the Sum of each of kLanes registers, added
// up in the order of Sum, and the weight loads F32W, BF16W, SFPW with Load, LoadPart and kBytes, the bytes of a value.

using Reg = V::Reg;
constexpr size_t kLanes = V::kLanes;

// e^x to 2 units in the last place for x in [-87, 88]; below it goes to 0 (Cephes' split of ln 2 and polynomial). NaN
// of NaN: x86 takes the second operand where one is none, so x comes second.
Reg Exp(Reg x) {
  const Reg clamped = V::Max(V::Set1(-87.3f), V::Min(V::Set1(88.0f), x));
  const Reg n = V::Round(V::Mul(clamped, V::Set1(1.44269504088896341f)));
  Reg r = V::Fma(n, V::Set1(-0.693359375f), clamped);
  r = V::Fma(n, V::Set1(2.12194440e-4f), r);
  Reg p = V::Set1(1.9875691500e-4f);
  p = V::Fma(p, r, V::Set1(1.3981999507e-3f));
  p = V::Fma(p, r, V::Set1(8.3334519073e-3f));
  p = V::Fma(p, r, V::Set1(4.1665795894e-2f));
  p = V::Fma(p, r, V::Set1(1.6666665459e-1f));
  p = V::Fma(p, r, V::Set1(5.0000001201e-1f));
  p = V::Fma(p, V::Mul(r, r), r);
  return V::Ldexp(V::Add(p, V::Set1(1.0f)), n);
}

// tanh y = 1 - 2 / (e^2y + 1)
Reg Tanh(Reg y) {
  const Reg e = Exp(V::Add(y, y));
  return V::Sub(V::Set1(1.0f), V::Div(V::Set1(2.0f), V::Add(e, V::Set1(1.0f))));
}

// Applies f to x[0..n) in place, the tail included.
template <typename F>
void Map(float* x, size_t n, const F& f) {
  size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) V::Store(f(V::Load(x + i)), x + i);
  if (i < n) V::StorePart(f(V::LoadPart(x + i, n - i)), x + i, n - i);
}

template <typename W>
void DecodeRowTyped(const uint8_t* row, size_t n, float* out) {
  size_t c = 0;
  for (; c + kLanes <= n; c += kLanes) V::Store(W::Load(row, c), out + c);
  if (c < n) V::StorePart(W::LoadPart(row, c, n - c), out + c, n - c);
}

void DecodeRow(const Matrix& w, size_t row, float* out) {
  switch (w.form) {
    case WeightForm::kF32:
      return DecodeRowTyped<V::F32W>(w.Row(row), w.cols, out);
    case WeightForm::kBF16:
      return DecodeRowTyped<V::BF16W>(w.Row(row), w.cols, out);
    default:
      return DecodeRowTyped<V::SFPW>(w.Row(row), w.cols, out);
  }
}

void RmsNorm(const float* x, const float* weight, size_t n, float* out) {
  Reg squares = V::Zero();
  size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    const Reg xi = V::Load(x + i);
    squares = V::Fma(xi, xi, squares);
  }
  if (i < n) {
    const Reg xi = V::LoadPart(x + i, n - i);
    squares = V::Fma(xi, xi, squares);
  }
  const float inverse = 1.0f / V::Sqrt(V::Sum(squares) / static_cast<float>(n) + 1e-6f);
  const Reg scale = V::Set1(inverse);
  for (i = 0; i + kLanes <= n; i += kLanes) {
    V::Store(V::Mul(V::Mul(V::Load(x + i), scale), V::Load(weight + i)), out + i);
  }
  if (i < n) {
    V::StorePart(V::Mul(V::Mul(V::LoadPart(x + i, n - i), scale), V::LoadPart(weight + i, n - i)), out + i, n - i);
  }
}

// gelu_tanh(x) = x / (1 + exp(-2y)), y = x (a + b x^2): no cancellation for large negative x.
Reg GeluTimes(Reg x, Reg up) {
  const Reg y = V::Mul(x, V::Fma(V::Mul(x, x), V::Set1(0.03567740813636141f), V::Set1(0.797884560804236f)));
  const Reg e = Exp(V::Mul(y, V::Set1(-2.0f)));
  return V::Mul(V::Div(x, V::Add(e, V::Set1(1.0f))), up);
}

void GeluMul(float* gate, const float* up, size_t n) {
  size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) V::Store(GeluTimes(V::Load(gate + i), V::Load(up + i)), gate + i);
  if (i < n) V::StorePart(GeluTimes(V::LoadPart(gate + i, n - i), V::LoadPart(up + i, n - i)), gate + i, n - i);
}

void Add(const float* x, float* y, size_t n) {
  size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) V::Store(V::Add(V::Load(x + i), V::Load(y + i)), y + i);
  if (i < n) V::StorePart(V::Add(V::LoadPart(x + i, n - i), V::LoadPart(y + i, n - i)), y + i, n - i);
}

void SoftCap(float* x, size_t n, float cap) {
  const Reg high = V::Set1(cap);
  const Reg inverse = V::Set1(1.0f / cap);
  Map(x, n, [&](Reg v) { return V::Mul(high, Tanh(V::Mul(v, inverse))); });
}

float MaxOf(const float* x, size_t n) {
  float top = x[0];
  size_t i = 0;
  if (n >= kLanes) {
    Reg best = V::Load(x);
    for (i = kLanes; i + kLanes <= n; i += kLanes) best = V::Max(best, V::Load(x + i));
    top = V::Top(best);
  }
  for (; i < n; ++i) top = x[i] > top ? x[i] : top;
  return top;
}

// log(sum(exp(x))): the largest value, then the sum of what lies below it.
float LogSumExp(const float* x, size_t n) {
  const float top = MaxOf(x, n);
  const Reg shift = V::Set1(top);
  Reg sums[4] = {V::Zero(), V::Zero(), V::Zero(), V::Zero()};
  size_t i = 0;
  for (; i + 4 * kLanes <= n; i += 4 * kLanes) {
    for (size_t j = 0; j < 4; ++j) sums[j] = V::Add(sums[j], Exp(V::Sub(V::Load(x + i + j * kLanes), shift)));
  }
  float tail = 0.0f;
  while (i < n) {
    const size_t part = n - i < kLanes ? n - i : kLanes;
    float e[kLanes];
    V::Store(Exp(V::Sub(V::LoadPart(x + i, part), shift)), e);
    for (size_t j = 0; j < part; ++j) tail += e[j];
    i += part;
  }
  return top + V::Log(V::Sum(V::Add(V::Add(sums[0], sums[1]), V::Add(sums[2], sums[3]))) + tail);
}
