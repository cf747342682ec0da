// The C interface as a caller meets it: arguments it must refuse, structs of other versions, sentences, lifetimes.
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "check.h"
#include "environment.h"
#include "gemma_c_api.h"

namespace {

const std::string kGolden = FACET_GOLDEN_DIR "/tiny-gemma3-f32.sbs";

gemma_model* OpenGolden() {
  gemma_model* model = nullptr;
  const int32_t status = gemma_model_open(kGolden.data(), kGolden.size(), nullptr, &model);
  if (status != GEMMA_OK) check::Fail(__FILE__, __LINE__, gemma_last_error());
  return model;
}

int32_t CountTokens(const gemma_token* token, void* user) {
  ++*static_cast<int*>(user);
  return token->id >= 0;
}

}  // namespace

TEST(the_library_names_itself) {
  CHECK_EQ(gemma_abi_version(), GEMMA_ABI_VERSION);
  CHECK_EQ(std::strlen(gemma_build_id()), 16u);
  CHECK_EQ(std::string(gemma_engine_name(0)), "builtin");
  CHECK(gemma_engine_name(1000) == nullptr);
  CHECK_EQ(std::string(gemma_status_name(GEMMA_BAD_FORMAT)), "GEMMA_BAD_FORMAT");
  CHECK_EQ(std::string(gemma_status_name(-5)), "GEMMA_UNKNOWN");
}

TEST(null_arguments_are_refused_with_a_sentence) {
  gemma_model* model = OpenGolden();
  CHECK_EQ(gemma_model_open(kGolden.data(), kGolden.size(), nullptr, nullptr), GEMMA_INVALID_ARGUMENT);
  gemma_model* none = model;
  CHECK_EQ(gemma_model_open(nullptr, 0, nullptr, &none), GEMMA_INVALID_ARGUMENT);
  CHECK(none == nullptr);
  CHECK(std::strlen(gemma_last_error()) > 10);
  CHECK_EQ(gemma_model_get_info(nullptr, nullptr), GEMMA_INVALID_ARGUMENT);
  gemma_session* session = nullptr;
  CHECK_EQ(gemma_session_new(nullptr, nullptr, &session), GEMMA_INVALID_ARGUMENT);
  CHECK_EQ(gemma_session_new(model, nullptr, nullptr), GEMMA_INVALID_ARGUMENT);
  CHECK_EQ(gemma_session_new(model, nullptr, &session), GEMMA_OK);
  CHECK_EQ(gemma_session_generate(nullptr, nullptr, 0, nullptr, nullptr, nullptr, nullptr), GEMMA_INVALID_ARGUMENT);
  CHECK_EQ(gemma_session_generate(session, nullptr, 3, nullptr, nullptr, nullptr, nullptr), GEMMA_INVALID_ARGUMENT);
  CHECK_EQ(gemma_session_reset(nullptr), GEMMA_INVALID_ARGUMENT);
  gemma_session_cancel(nullptr);
  gemma_session_free(session);
  gemma_session_free(nullptr);
  gemma_model_free(model);
  gemma_model_free(nullptr);
}

TEST(a_missing_file_is_named) {
  const std::string path = "/no/such/model.sbs";
  gemma_model* model = nullptr;
  CHECK_EQ(gemma_model_open(path.data(), path.size(), nullptr, &model), GEMMA_NOT_FOUND);
  CHECK_CONTAINS(std::string(gemma_last_error()), path);
}

TEST(an_unknown_engine_is_unsupported) {
  gemma_model_params params;
  CHECK_EQ(gemma_model_params_init(&params, sizeof(params)), GEMMA_OK);
  params.engine = "steam";
  params.engine_size = 5;
  gemma_model* model = nullptr;
  CHECK_EQ(gemma_model_open(kGolden.data(), kGolden.size(), &params, &model), GEMMA_UNSUPPORTED);
  CHECK_CONTAINS(std::string(gemma_last_error()), "steam");
}

TEST(kernels_that_cannot_be_had_are_refused_with_those_that_can) {
  const std::string best = gemma_kernels_at(0);
  SetVariable("GEMMA_KERNELS", "mmx");
  gemma_model* model = nullptr;
  const int32_t status = gemma_model_open(kGolden.data(), kGolden.size(), nullptr, &model);
  const std::string sentence = gemma_last_error();
  SetVariable("GEMMA_KERNELS", nullptr);
  CHECK_EQ(status, GEMMA_INVALID_ARGUMENT);
  CHECK_CONTAINS(sentence, "'mmx'");
  CHECK_CONTAINS(sentence, best);
  CHECK_CONTAINS(sentence, "scalar");
  CHECK_EQ(std::string(gemma_kernels()), best);
  CHECK(gemma_kernels_at(1000) == nullptr);
}

TEST(a_load_can_be_cancelled_and_is_not_an_error) {
  gemma_model_params params;
  CHECK_EQ(gemma_model_params_init(&params, sizeof(params)), GEMMA_OK);
  int calls = 0;
  params.progress_user = &calls;
  params.progress = [](uint64_t done, uint64_t total, void* user) -> int32_t {
    return done <= total && ++*static_cast<int*>(user) < 3;
  };
  gemma_model* model = nullptr;
  CHECK_EQ(gemma_model_open(kGolden.data(), kGolden.size(), &params, &model), GEMMA_CANCELLED);
  CHECK(model == nullptr);
  CHECK_EQ(calls, 3);
  CHECK_EQ(std::string(gemma_last_error()), "");
}

TEST(an_older_callers_smaller_struct_is_not_overrun) {
  struct Old {
    uint32_t struct_size, model_id, num_layers, guard;
  } old = {12, 0, 0, 0xABCDu};
  gemma_model* model = OpenGolden();
  CHECK_EQ(gemma_model_get_info(model, reinterpret_cast<gemma_model_info*>(&old)), GEMMA_OK);
  CHECK_EQ(old.struct_size, 12u);
  CHECK_EQ(old.num_layers, 2u);
  CHECK_EQ(old.guard, 0xABCDu);
  gemma_model_free(model);
}

TEST(a_session_outlives_the_models_handle) {
  gemma_model* model = OpenGolden();
  gemma_session* session = nullptr;
  CHECK_EQ(gemma_session_new(model, nullptr, &session), GEMMA_OK);
  gemma_model_free(model);
  gemma_sampling sampling;
  CHECK_EQ(gemma_sampling_init(&sampling, sizeof(sampling)), GEMMA_OK);
  sampling.max_tokens = 4;
  const int32_t tokens[] = {2, 10, 20};
  gemma_timings timings = {};
  timings.struct_size = sizeof(timings);
  int count = 0;
  CHECK_EQ(gemma_session_generate(session, tokens, 3, &sampling, CountTokens, &count, &timings), GEMMA_OK);
  CHECK_EQ(count, 4);
  CHECK_EQ(timings.new_tokens, 4u);
  CHECK_EQ(timings.finish, static_cast<uint32_t>(GEMMA_FINISH_LENGTH));
  CHECK(timings.first_token_ns >= timings.prefill_ns && timings.prefill_ns > 0);
  gemma_session_free(session);
}

TEST(settings_without_a_meaning_are_refused) {
  gemma_model* model = OpenGolden();
  gemma_session* session = nullptr;
  CHECK_EQ(gemma_session_new(model, nullptr, &session), GEMMA_OK);
  const auto refused = [session](void (*change)(gemma_sampling*)) {
    gemma_sampling sampling;
    gemma_sampling_init(&sampling, sizeof(sampling));
    change(&sampling);
    const int32_t tokens[] = {2};
    return gemma_session_generate(session, tokens, 1, &sampling, nullptr, nullptr, nullptr) == GEMMA_INVALID_ARGUMENT;
  };
  CHECK(refused([](gemma_sampling* s) { s->temperature = -1.0f; }));
  CHECK(refused([](gemma_sampling* s) { s->temperature = std::numeric_limits<float>::quiet_NaN(); }));
  CHECK(refused([](gemma_sampling* s) { s->top_p = -0.1f; }));
  CHECK(refused([](gemma_sampling* s) { s->top_p = 1.5f; }));
  CHECK(refused([](gemma_sampling* s) { s->min_p = -0.1f; }));
  CHECK(refused([](gemma_sampling* s) { s->repetition_penalty = 0.0f; }));
  CHECK(refused([](gemma_sampling* s) { s->top_n = 65; }));
  CHECK(refused([](gemma_sampling* s) { s->stop_count = 2; }));
  CHECK(refused([](gemma_sampling* s) { s->struct_size = 1; }));
  CHECK(!refused([](gemma_sampling* s) { s->top_p = 0.0f, s->max_tokens = 1; }));  // the likeliest always stays
  gemma_session_free(session);
  gemma_model_free(model);
}

TEST(impossible_sessions_are_refused) {
  gemma_model* model = OpenGolden();
  gemma_session_params params;
  CHECK_EQ(gemma_session_params_init(&params, sizeof(params)), GEMMA_OK);
  gemma_session* session = nullptr;
  params.seq_len = 257;  // the golden model knows 256
  CHECK_EQ(gemma_session_new(model, &params, &session), GEMMA_INVALID_ARGUMENT);
  CHECK_CONTAINS(std::string(gemma_last_error()), "256");
  params.seq_len = 0;
  params.threads = 100000;
  CHECK_EQ(gemma_session_new(model, &params, &session), GEMMA_INVALID_ARGUMENT);
  CHECK(session == nullptr);
  gemma_model_free(model);
}
