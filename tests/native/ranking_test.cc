// The highest of a row of logits, against sorting the whole row.
#include "engine/model/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "check.h"

using facet::Candidate;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

// Many equal values, both zeros, and what is no number.
std::vector<float> Row(size_t count, uint32_t seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<float> value(0.0f, 3.0f);
  std::vector<float> row(count);
  for (float& x : row) {
    x = engine() % 4 == 0 ? std::round(value(engine)) : value(engine);
    if (engine() % 50 == 0) x = engine() % 2 == 0 ? -0.0f : 0.0f;
    if (engine() % 97 == 0) x = engine() % 3 == 0 ? -kInfinity : kNan;
  }
  return row;
}

std::vector<Candidate> Sorted(const std::vector<float>& row) {
  std::vector<Candidate> all;
  for (size_t i = 0; i < row.size(); ++i) {
    if (!std::isnan(row[i])) all.push_back({row[i], static_cast<int32_t>(i)});
  }
  std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) { return a.logit > b.logit; });
  return all;
}

bool Same(const std::vector<Candidate>& a, const std::vector<Candidate>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Candidate& x, const Candidate& y) { return x.id == y.id && x.logit == y.logit; });
}

}  // namespace

TEST(the_first_candidates_are_those_of_a_sorted_row) {
  for (const size_t size : {1u, 15u, 16u, 255u, 257u, 5000u, 70001u}) {
    const std::vector<float> row = Row(size, static_cast<uint32_t>(size));
    std::vector<Candidate> expected = Sorted(row);
    facet::Ranking ranking;
    ranking.Scan(row.data(), row.size());
    if (!expected.empty() && expected[0].logit > -kInfinity) {
      CHECK_EQ(ranking.Best().id, expected[0].id);
    } else {
      CHECK_EQ(ranking.Best().id, -1);
    }
    for (const size_t count : {0u, 1u, 2u, 40u, 64u, 1000u, 100000u}) {
      std::vector<Candidate> got;
      ranking.First(count, &got);
      const auto end = expected.begin() + static_cast<ptrdiff_t>(std::min(count, expected.size()));
      CHECK(Same(got, {expected.begin(), end}));
    }
  }
}

TEST(all_that_reach_a_bound_come_in_order) {
  for (const size_t size : {300u, 5000u, 70001u}) {
    const std::vector<float> row = Row(size, static_cast<uint32_t>(size) + 1);
    facet::Ranking ranking;
    ranking.Scan(row.data(), row.size());
    for (const float least : {-kInfinity, -2.0f, 0.0f, 5.5f, 100.0f}) {
      std::vector<Candidate> expected = Sorted(row), got;
      expected.erase(
          std::remove_if(expected.begin(), expected.end(), [&](const Candidate& c) { return c.logit < least; }),
          expected.end());
      ranking.AtLeast(least, &got);
      CHECK(Same(got, expected));
    }
  }
}

TEST(a_row_without_a_number_has_no_best) {
  for (const float value : {kNan, -kInfinity}) {
    const std::vector<float> row(1000, value);
    facet::Ranking ranking;
    ranking.Scan(row.data(), row.size());
    CHECK_EQ(ranking.Best().id, -1);
  }
}
