// The screened head: what matters is exact, what is estimated does not matter, and threads change nothing.
#include "engine/model/head.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "check.h"
#include "engine/kernels/panel.h"
#include "engine/model/panel_packing.h"
#include "engine/model/ranking.h"

using facet::Kernels;
using facet::Matrix;
using facet::Precision;
using facet::WeightForm;

namespace {

constexpr uint32_t kVocab = 1 << 15, kDim = 64;

std::vector<const Kernels*> Tables() {
  std::vector<const Kernels*> tables = {&facet::ScalarKernels()};
  if (facet::ChooseKernels().q2 != nullptr && &facet::ChooseKernels() != tables[0]) {
    tables.push_back(&facet::ChooseKernels());
  }
  return tables;
}

// A head of random rows with its screen; `spread` is the standard deviation of its logits for the hidden state `x`. As
// in real models half of the columns carry nearly all of it: every other one, so that the order matters.
struct Model {
  static constexpr uint32_t kFirst = kDim / 2;

  std::vector<float> embedding, x;
  std::vector<uint8_t> first, rest, residual;
  facet::Weights weights;

  explicit Model(float spread) : embedding(static_cast<size_t>(kVocab) * kDim), x(kDim) {
    std::mt19937 engine(11);
    std::normal_distribution<float> value;
    for (float& v : embedding) v = value(engine);
    for (uint32_t c = 0; c < kDim; ++c) {
      x[c] = value(engine) * spread / std::sqrt(static_cast<float>(kFirst)) * (c % 2 == 0 ? 0.2f : 1.0f);
    }
    weights.head = {
        WeightForm::kF32, reinterpret_cast<const uint8_t*>(embedding.data()), kDim * sizeof(float), kVocab, kDim, 1.0f,
        Precision::kFast};
    facet::Screen& screen = weights.screen;
    screen.tail = 2e-4;
    for (uint32_t c = 0; c < kDim; ++c) screen.columns.push_back(c < kFirst ? 2 * c + 1 : 2 * (c - kFirst));
    screen.residual_tail = 3e-3;
    Repack();
  }

  // After a change of the embedding.
  void Repack() {
    facet::Screen& screen = weights.screen;
    screen.first = Pack(WeightForm::kQ8, screen.columns.data(), &first);
    screen.rest = Pack(WeightForm::kQ2, screen.columns.data() + kFirst, &rest);
    screen.residual = Pack(WeightForm::kR4, screen.columns.data() + kFirst, &residual);
  }

  Matrix Pack(WeightForm form, const uint32_t* columns, std::vector<uint8_t>* panels) const {
    Matrix matrix = weights.head;
    matrix.form = form;
    matrix.cols = kFirst;
    matrix.row_bytes = form == WeightForm::kR4 ? facet::R4RowBytes(kFirst) : 0;
    panels->resize(kVocab / facet::kPanelRows * facet::PanelBytes(form, kFirst));
    matrix.data = panels->data();
    std::vector<float> scratch(2 * kDim);
    for (size_t p = 0; p < kVocab / facet::kPanelRows; ++p) {
      facet::PackPanel(weights.head, {columns, kFirst}, form, facet::ScalarKernels(), p, scratch.data(),
                       panels->data() + p * facet::PanelBytes(form, kFirst));
    }
    return matrix;
  }

  std::vector<float> Logits(const Kernels& kernels, unsigned threads, bool screened, float cap = 0.0f,
                            const facet::LogitsNeed& need = {}) const {
    facet::Weights used;
    used.head = weights.head;
    if (screened) used.screen = weights.screen;
    if (cap > 0.0f) used.screen.residual = Matrix();  // capped logits cannot be added to
    facet::ThreadPool pool(threads);
    std::vector<float> logits(kVocab);
    facet::Head(used, kernels, pool, cap).Logits(x.data(), need, logits.data());
    return logits;
  }
};

// Kullback-Leibler divergence of softmax(q / t) from softmax(p / t), t the temperature.
double Divergence(const std::vector<float>& p, const std::vector<float>& q, double t = 1.0) {
  const auto log_sum = [t](const std::vector<float>& x) {
    double sum = 0;
    for (const float v : x) sum += std::exp(static_cast<double>(v) / t);
    return std::log(sum);
  };
  const double norm_p = log_sum(p), norm_q = log_sum(q);
  double sum = 0;
  for (size_t i = 0; i < p.size(); ++i) {
    const double log_p = static_cast<double>(p[i]) / t - norm_p;
    sum += std::exp(log_p) * (log_p - static_cast<double>(q[i]) / t + norm_q);
  }
  return sum;
}

// The first `count` ids, best first.
std::vector<int32_t> First(const std::vector<float>& logits, size_t count) {
  facet::Ranking ranking;
  std::vector<facet::Candidate> candidates;
  ranking.Scan(logits.data(), logits.size());
  ranking.First(count, &candidates);
  std::vector<int32_t> ids;
  for (const facet::Candidate& candidate : candidates) ids.push_back(candidate.id);
  return ids;
}

facet::LogitsNeed Apart(const std::vector<int32_t>& ids) {
  facet::LogitsNeed need;
  need.apart = ids.data();
  need.num_apart = ids.size();
  return need;
}

}  // namespace

TEST(a_screen_changes_the_distribution_by_next_to_nothing) {
  for (const Kernels* kernels : Tables()) {
    for (const float spread : {4.0f, 6.0f}) {
      const Model model(spread);
      const std::vector<float> exact = model.Logits(*kernels, 2, false), screened = model.Logits(*kernels, 2, true);
      CHECK(exact != screened);
      CHECK(Divergence(exact, screened) < 2e-4);
    }
  }
}

TEST(probable_tokens_have_the_logits_of_the_whole_product) {
  for (const Kernels* kernels : Tables()) {
    for (const float cap : {0.0f, 30.0f}) {
      const Model model(4.0f);
      const std::vector<float> exact = model.Logits(*kernels, 1, false, cap);
      const std::vector<float> screened = model.Logits(*kernels, 1, true, cap);
      const float top = *std::max_element(exact.begin(), exact.end());
      size_t near = 0;
      for (size_t i = 0; i < exact.size(); ++i) {
        if (exact[i] < top - 4.0f) continue;
        ++near;
        CHECK_NEAR(screened[i], exact[i], 1e-4);  // rows one by one may take another kernel than sixteen at once
      }
      CHECK(near > 3);
    }
  }
}

TEST(logits_do_not_depend_on_the_number_of_threads) {
  const Model model(4.0f);
  const Kernels& kernels = *Tables().back();
  const std::vector<float> one = model.Logits(kernels, 1, true);
  for (const unsigned threads : {2u, 3u, 5u}) CHECK(model.Logits(kernels, threads, true) == one);
}

TEST(damaged_weights_give_logits_that_are_told_apart) {
  Model model(4.0f);
  model.x[3] = NAN;
  for (const Kernels* kernels : Tables()) {
    const std::vector<float> logits = model.Logits(*kernels, 2, true);
    CHECK(std::none_of(logits.begin(), logits.end(), [](float v) { return std::isfinite(v); }));
  }
}

// One token takes all of the probability, and hundreds of improbable ones lie close together.
TEST(those_asked_for_by_rank_are_the_right_ones_and_computed) {
  for (const Kernels* kernels : Tables()) {
    for (const float cap : {0.0f, 30.0f}) {
      Model model(4.0f);
      for (uint32_t c = 0; c < kDim; ++c) model.embedding[size_t{777} * kDim + c] = 3.0f * model.x[c];
      model.Repack();
      facet::LogitsNeed need;
      need.ranks = 200;
      const std::vector<float> exact = model.Logits(*kernels, 1, false, cap);
      const std::vector<float> screened = model.Logits(*kernels, 1, true, cap, need);
      const std::vector<int32_t> expected = First(exact, need.ranks);
      CHECK_EQ(expected[0], 777);
      CHECK(exact[777] > exact[static_cast<size_t>(expected[1])] + 9.0f);
      CHECK(First(screened, need.ranks) == expected);
      for (const int32_t id : expected) {
        CHECK_NEAR(screened[static_cast<size_t>(id)], exact[static_cast<size_t>(id)], 1e-4);
      }
      const std::vector<float> unasked = model.Logits(*kernels, 1, true, cap);
      const auto last = static_cast<size_t>(expected.back());
      CHECK(std::abs(unasked[last] - exact[last]) > 1e-3f);
    }
  }
}

TEST(a_high_temperature_leaves_as_little_to_the_screen) {
  for (const Kernels* kernels : Tables()) {
    const Model model(6.0f);
    const std::vector<float> exact = model.Logits(*kernels, 2, false);
    for (const float temperature : {1.5f, 2.0f, 4.0f, 1000.0f}) {
      facet::LogitsNeed need;
      need.temperature = temperature;
      CHECK(Divergence(exact, model.Logits(*kernels, 2, true, 0.0f, need), temperature) < 2e-4);
    }
    CHECK(Divergence(exact, model.Logits(*kernels, 2, true), 4.0) > 2e-4);
  }
}

TEST(a_flat_distribution_is_computed_as_a_whole) {
  for (const Kernels* kernels : Tables()) {
    Model model(1.0f);
    for (float& x : model.x) x *= 0.01f;
    const std::vector<float> exact = model.Logits(*kernels, 2, false), screened = model.Logits(*kernels, 2, true);
    for (size_t i = 0; i < exact.size(); ++i) CHECK_NEAR(screened[i], exact[i], 1e-5);
  }
}

TEST(tokens_set_apart_are_computed_and_the_others_judged_without_them) {
  for (const Kernels* kernels : Tables()) {
    const Model model(6.0f);
    const std::vector<float> exact = model.Logits(*kernels, 1, false);
    std::vector<int32_t> apart = First(exact, 40);
    const int32_t best = First(exact, 41).back();  // of the others
    const auto last = static_cast<int32_t>(std::min_element(exact.begin(), exact.end()) - exact.begin());
    apart.push_back(last);
    apart.push_back(apart[0]);  // may repeat
    const std::vector<float> one = model.Logits(*kernels, 1, true, 0.0f, Apart(apart));
    for (const int32_t id : apart) {
      CHECK_NEAR(one[static_cast<size_t>(id)], exact[static_cast<size_t>(id)], 1e-4);
    }
    CHECK_NEAR(one[static_cast<size_t>(best)], exact[static_cast<size_t>(best)], 1e-4);
    std::vector<float> others = one, exact_others = exact;
    for (const int32_t id : apart) others[static_cast<size_t>(id)] = exact_others[static_cast<size_t>(id)] = -1e9f;
    CHECK(Divergence(exact_others, others) < 2e-4);
    CHECK(model.Logits(*kernels, 3, true, 0.0f, Apart(apart)) == one);
  }
}

TEST(any_single_token_can_be_computed_afterwards) {
  const Model model(6.0f);
  for (const Kernels* kernels : Tables()) {
    facet::ThreadPool pool(2);
    facet::Head head(model.weights, *kernels, pool, 0.0f);
    const std::vector<float> exact = model.Logits(*kernels, 1, false);
    std::vector<float> logits(kVocab);
    head.Logits(model.x.data(), {}, logits.data());
    size_t estimated = 0;
    for (int32_t id = 0; id < 2000; ++id) {
      estimated += std::abs(logits[static_cast<size_t>(id)] - exact[static_cast<size_t>(id)]) > 1e-3f;
      head.Refine(model.x.data(), id, logits.data());
      CHECK_NEAR(logits[static_cast<size_t>(id)], exact[static_cast<size_t>(id)], 1e-4);
    }
    CHECK(estimated > 100);
  }
}
