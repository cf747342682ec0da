// Attention of a session against its definition, and its cache: chunks, threads, the ring, and going back.
#include "engine/model/attention.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include "check.h"

namespace facet {
namespace {

constexpr uint32_t kContext = 3000;
constexpr uint32_t kWindow = 40;
constexpr uint32_t kDim = 24;
constexpr uint32_t kHeads = 4;
constexpr uint32_t kKvHeads = 2;
constexpr size_t kStride = (kHeads + 2 * kKvHeads) * kDim;
constexpr size_t kOut = kHeads * kDim;

// A local layer and a global one.
ModelConfig Config() {
  ModelConfig config;
  config.model = ModelId::kGemma3_270M;
  config.max_seq_len = kContext;
  LayerConfig layer;
  layer.heads = kHeads;
  layer.kv_heads = kKvHeads;
  layer.qkv_dim = kDim;
  config.layers = {layer, layer};
  config.windows = {kWindow, kContext};
  return config;
}

// Queries, keys and values of a position in one of several stories.
std::vector<float> Token(size_t story, size_t layer, size_t position) {
  std::vector<float> row(kStride);
  for (size_t i = 0; i < row.size(); ++i) {
    uint64_t x = ((story * 2 + layer) * 1000003 + position) * 1000 + i + 1;
    x = (x ^ (x >> 31)) * 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 29)) * 0xBF58476D1CE4E5B9u;
    row[i] = static_cast<float>(static_cast<double>(x >> 11) * 0x1p-53 * 4 - 2);
  }
  return row;
}

class Session {
 public:
  Session(unsigned threads, uint32_t chunk, KvType type = KvType::kF32, const char* kernels = nullptr)
      : chunk_(chunk),
        kernels_(kernels == nullptr ? ChooseKernels() : *FindKernels(kernels)),
        pool_(threads),
        cache_(config_, type, kContext, chunk),
        attention_(config_, weights_, kernels_, pool_, cache_, chunk) {}

  size_t Resumable(size_t position) const { return cache_.Resumable(position); }

  // Positions [from, to) of `story`; rows of the results are the positions', per layer.
  void Run(size_t story, size_t from, size_t to, const std::vector<size_t>& layers = {0, 1}) {
    for (size_t first = from; first < to; first += chunk_) {
      const size_t count = std::min<size_t>(chunk_, to - first);
      const Status status = attention_.Begin(first, count);
      if (!status.ok()) check::Fail(__FILE__, __LINE__, status.message());
      for (const size_t layer : layers) {
        std::vector<float> qkv(count * kStride), mixed(count * kOut);
        for (size_t t = 0; t < count; ++t) {
          const std::vector<float> row = Token(story, layer, first + t);
          std::copy(row.begin(), row.end(), qkv.begin() + static_cast<ptrdiff_t>(t * kStride));
          if (first + t == poisoned) std::fill(qkv.begin() + static_cast<ptrdiff_t>(t * kStride), qkv.end(), kNaN);
        }
        attention_.Run(layer, qkv.data(), mixed.data(), cancel_);
        out[layer].resize(std::max(out[layer].size(), to * kOut));
        std::copy(mixed.begin(), mixed.end(), out[layer].begin() + static_cast<ptrdiff_t>(first * kOut));
      }
    }
  }

  static constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> out[2];
  size_t poisoned = SIZE_MAX;  // from this position to the end of its chunk, all is NaN

 private:
  ModelConfig config_ = Config();
  Weights weights_ = [] {
    Weights weights;
    weights.layers.resize(2);
    return weights;
  }();
  uint32_t chunk_;
  const Kernels& kernels_;
  ThreadPool pool_;
  KvCache cache_;
  Attention attention_;
  std::atomic<bool> cancel_{false};
};

bool SameBits(const Session& a, const Session& b, size_t from, size_t to) {
  for (size_t layer = 0; layer < 2; ++layer) {
    if (std::memcmp(a.out[layer].data() + from * kOut, b.out[layer].data() + from * kOut,
                    (to - from) * kOut * sizeof(float)) != 0) {
      return false;
    }
  }
  return true;
}

void Turn(double base, size_t position, double* x) {
  for (size_t i = 0; i < kDim / 2; ++i) {
    const double angle = static_cast<double>(position) * std::pow(base, -2.0 * static_cast<double>(i) / kDim);
    const double a = x[i], b = x[i + kDim / 2];
    x[i] = a * std::cos(angle) - b * std::sin(angle);
    x[i + kDim / 2] = a * std::sin(angle) + b * std::cos(angle);
  }
}

// gemma-architecture §2: one head of one position, in double.
std::vector<double> Reference(size_t story, size_t layer, size_t position, size_t head) {
  const double base = layer == 0 ? 1e4 : 1e6;
  const size_t window = layer == 0 ? kWindow : kContext;
  const auto part = [&](size_t at, size_t offset, bool turn) {
    const std::vector<float> row = Token(story, layer, at);
    std::vector<double> x(row.begin() + static_cast<ptrdiff_t>(offset),
                          row.begin() + static_cast<ptrdiff_t>(offset + kDim));
    if (turn) Turn(base, at, x.data());
    return x;
  };
  const std::vector<double> query = part(position, head * kDim, true);
  const size_t kv = (kHeads + 2 * (head / (kHeads / kKvHeads))) * kDim;
  std::vector<double> sum(kDim);
  double total = 0;
  for (size_t at = position + 1 > window ? position + 1 - window : 0; at <= position; ++at) {
    const std::vector<double> key = part(at, kv, true), value = part(at, kv + kDim, false);
    double score = 0;
    for (size_t d = 0; d < kDim; ++d) score += query[d] * key[d] / std::sqrt(static_cast<double>(kDim));
    const double weight = std::exp(score);
    total += weight;
    for (size_t d = 0; d < kDim; ++d) sum[d] += weight * value[d];
  }
  for (double& x : sum) x /= total;
  return sum;
}

}  // namespace

TEST(attention_is_what_its_definition_says_beyond_window_span_and_ring) {
  Session session(2, 100);
  session.Run(0, 0, 1500);
  for (const size_t position : {0u, 1u, 39u, 40u, 127u, 128u, 129u, 639u, 640u, 700u, 1279u, 1280u, 1499u}) {
    for (size_t layer = 0; layer < 2; ++layer) {
      for (size_t head = 0; head < kHeads; ++head) {
        const std::vector<double> expected = Reference(0, layer, position, head);
        for (size_t d = 0; d < kDim; ++d) {
          CHECK_NEAR(session.out[layer][position * kOut + head * kDim + d], expected[d], 2e-4);
        }
      }
    }
  }
}

TEST(chunks_and_threads_do_not_change_a_bit) {
  for (const char* kernels : {"scalar", "avx2", "avx512", "avx512bf16", "neon"}) {
    if (FindKernels(kernels) == nullptr) continue;
    for (const KvType type : {KvType::kF32, KvType::kBF16}) {
      const size_t length = std::strcmp(kernels, "scalar") == 0 ? 300 : 1300;
      Session expected(1, 256, type, kernels);
      expected.Run(0, 0, length);
      for (const unsigned threads : {1u, 2u, 5u}) {
        for (const uint32_t chunk : {1300u, 100u, 7u, 1u}) {
          Session session(threads, chunk, type, kernels);
          session.Run(0, 0, length);
          CHECK(SameBits(session, expected, 0, length));
        }
      }
    }
  }
}

TEST(a_session_goes_back_as_far_as_it_says) {
  Session fresh(1, 64);
  fresh.Run(0, 0, 900);
  fresh.Run(1, 900, 1000);  // what is to come after going back
  for (const uint32_t chunk : {64u, 1u}) {
    Session session(2, chunk);
    session.Run(0, 0, 1400);
    CHECK_EQ(session.Resumable(1400), 1400u);
    CHECK_EQ(session.Resumable(1400 - KvCache::kRewind), 1400 - KvCache::kRewind);
    CHECK_EQ(session.Resumable(900), 900u);
    session.Run(1, 900, 1000);
    CHECK(SameBits(session, fresh, 900, 1000));

    // Further than the local layer remembers: from the beginning, and then it remembers again.
    CHECK_EQ(session.Resumable(700), 0u);
    session.Run(0, 0, 900);
    CHECK_EQ(session.Resumable(700), 700u);
    session.Run(1, 900, 1000);
    CHECK(SameBits(session, fresh, 0, 1000));
  }
}

TEST(what_went_before_leaves_no_trace_after_a_new_beginning) {
  Session fresh(1, 50), session(1, 50);
  fresh.Run(1, 0, 700);
  session.Run(0, 0, 2000);
  session.Run(1, 0, 700);
  CHECK(SameBits(session, fresh, 0, 700));
}

TEST(a_cancelled_chunk_can_be_begun_again) {
  for (const size_t first : {0u, 100u, 640u, 1200u}) {
    Session fresh(1, 128), session(2, 128);
    fresh.Run(0, 0, first);
    fresh.Run(1, first, first + 128);
    session.Run(0, 0, first);
    session.Run(0, first, first + 128, {0});  // the second layer never had its turn
    CHECK_EQ(session.Resumable(first), first);
    session.Run(1, first, first + 128);
    CHECK(SameBits(session, fresh, 0, first + 128));
  }
}

TEST(numbers_that_are_none_do_not_outlive_their_positions) {
  Session fresh(1, 16);
  fresh.Run(0, 0, 1000);
  for (const KvType type : {KvType::kF32, KvType::kBF16}) {
    Session session(1, 16, type);
    session.poisoned = 641;
    session.Run(0, 0, 648);
    session.poisoned = SIZE_MAX;
    session.Run(0, 641, 1000);
    for (size_t layer = 0; layer < 2; ++layer) {
      for (size_t i = 641 * kOut; i < 1000 * kOut; ++i) {
        CHECK_NEAR(session.out[layer][i], fresh.out[layer][i], type == KvType::kF32 ? 1e-6 : 0.05);
      }
    }
  }
}

}  // namespace facet
