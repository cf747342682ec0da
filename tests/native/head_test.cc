// The screened head: what matters is exact, what is estimated does not matter, and threads change nothing.
#include "engine/model/head.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "check.h"
#include "engine/kernels/panel.h"
#include "engine/model/panel_packing.h"

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
    screen.first = Pack(WeightForm::kQ8, screen.columns.data(), &first);
    screen.rest = Pack(WeightForm::kQ2, screen.columns.data() + kFirst, &rest);
    screen.residual = Pack(WeightForm::kR4, screen.columns.data() + kFirst, &residual);
    screen.residual_tail = 3e-3;
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

  std::vector<float> Logits(const Kernels& kernels, unsigned threads, bool screened, float cap = 0.0f) const {
    facet::Weights used;
    used.head = weights.head;
    if (screened) used.screen = weights.screen;
    if (cap > 0.0f) used.screen.residual = Matrix();  // capped logits cannot be added to
    facet::ThreadPool pool(threads);
    std::vector<float> logits(kVocab);
    facet::Head(used, kernels, pool, cap).Logits(x.data(), logits.data());
    return logits;
  }
};

// Kullback-Leibler divergence of softmax(q) from softmax(p).
double Divergence(const std::vector<float>& p, const std::vector<float>& q) {
  const auto log_sum = [](const std::vector<float>& x) {
    double sum = 0;
    for (const float v : x) sum += std::exp(static_cast<double>(v));
    return std::log(sum);
  };
  const double norm_p = log_sum(p), norm_q = log_sum(q);
  double sum = 0;
  for (size_t i = 0; i < p.size(); ++i) {
    const double log_p = static_cast<double>(p[i]) - norm_p;
    sum += std::exp(log_p) * (log_p - static_cast<double>(q[i]) + norm_q);
  }
  return sum;
}

}  // namespace

TEST(a_screen_changes_the_distribution_by_next_to_nothing) {
  for (const Kernels* kernels : Tables()) {
    for (const float spread : {1.0f, 3.0f, 6.0f}) {
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
