// Mutated .sbs files against the whole library: what opens is also run. Nothing of the engine but the C API is used.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>

#include "gemma_c_api.h"
#include "mutation_driver.h"

namespace {

constexpr uint32_t kSeqLen = 32;
constexpr uint32_t kNewTokens = 4;
constexpr size_t kScored = 8;
constexpr char kPath[] = "capi-mutant.sbs";  // in the working folder; after a crash it is the culprit

struct FreeModel {
  void operator()(gemma_model* model) const { gemma_model_free(model); }
};
struct FreeSession {
  void operator()(gemma_session* session) const { gemma_session_free(session); }
};

struct Seen {
  uint32_t vocab = 0;
  uint32_t tokens = 0;
  bool out_of_range = false;
};

int32_t OnToken(const gemma_token* token, void* user) {
  Seen& seen = *static_cast<Seen*>(user);
  ++seen.tokens;
  // A probability cannot exceed 1 by more than rounding; NaN fails the comparison as well.
  const bool sound = token->id >= 0 && static_cast<uint32_t>(token->id) < seen.vocab && token->logprob <= 1e-3f;
  seen.out_of_range = seen.out_of_range || !sound;
  return 1;
}

// A call must end well or refuse with a sentence. Memory is no excuse: the files are small.
std::string CheckStatus(const char* call, int32_t status) {
  if (status == GEMMA_OK) return "";
  const std::string name = std::string(call) + " gave " + gemma_status_name(status);
  if (status == GEMMA_OUT_OF_MEMORY) return name + ": more memory than a file of this size justifies";
  if (std::strlen(gemma_last_error()) == 0) return name + " without a sentence";
  return "";
}

// Generates greedily, then scores, on a model that opened.
std::string RunModel(gemma_model* model) {
  gemma_model_info info = {};
  info.struct_size = sizeof(info);
  if (gemma_model_get_info(model, &info) != GEMMA_OK) return "gemma_model_get_info failed on an open model";
  gemma_session_params params;
  if (gemma_session_params_init(&params, sizeof(params)) != GEMMA_OK) return "gemma_session_params_init failed";
  params.seq_len = info.max_seq_len < kSeqLen ? info.max_seq_len : kSeqLen;
  params.threads = 2;
  params.prefill_chunk = 3;
  gemma_session* raw = nullptr;
  int32_t status = gemma_session_new(model, &params, &raw);
  const std::unique_ptr<gemma_session, FreeSession> session(raw);
  if (status != GEMMA_OK) return CheckStatus("gemma_session_new", status);

  int32_t tokens[kScored];
  for (size_t i = 0; i < kScored; ++i) tokens[i] = static_cast<int32_t>((2 + 5 * i) % info.vocab_size);
  gemma_sampling sampling;
  if (gemma_sampling_init(&sampling, sizeof(sampling)) != GEMMA_OK) return "gemma_sampling_init failed";
  sampling.max_tokens = kNewTokens;
  sampling.top_n = 3;
  Seen generated = {info.vocab_size};
  status = gemma_session_generate(session.get(), tokens, 3, &sampling, OnToken, &generated, nullptr);
  std::string fault = CheckStatus("gemma_session_generate", status);
  if (!fault.empty()) return fault;
  if (generated.out_of_range) return "a generated id or probability is out of range";
  if (status == GEMMA_OK && (generated.tokens == 0 || generated.tokens > kNewTokens)) {
    return "generated " + std::to_string(generated.tokens) + " tokens";
  }

  Seen scored = {info.vocab_size};
  status = gemma_session_score(session.get(), tokens, kScored, 3, OnToken, nullptr, &scored);
  fault = CheckStatus("gemma_session_score", status);
  if (!fault.empty()) return fault;
  if (scored.out_of_range) return "a scored id or probability is out of range";
  if (status == GEMMA_OK && scored.tokens != kScored - 1) return "scored " + std::to_string(scored.tokens) + " tokens";
  return "";
}

fuzz::Verdict CheckCApi(const fuzz::Bytes& file) {
  std::ofstream out(kPath, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
  out.close();
  if (!out) return {false, "cannot write the mutant to the working folder"};

  gemma_model* raw = nullptr;
  const int32_t status = gemma_model_open(kPath, sizeof(kPath) - 1, nullptr, &raw);
  const std::unique_ptr<gemma_model, FreeModel> model(raw);
  if (status == GEMMA_OK) return {true, raw == nullptr ? "opened without a model" : RunModel(raw)};
  if (raw != nullptr) return {false, "a model was handed out with a failure"};
  if (status != GEMMA_BAD_FORMAT && status != GEMMA_UNSUPPORTED) {
    return {false, std::string("refused with ") + gemma_status_name(status) + ": " + gemma_last_error()};
  }
  const bool named = std::strstr(gemma_last_error(), kPath) != nullptr;
  return {false, named ? "" : std::string("refused without naming the file: ") + gemma_last_error()};
}

}  // namespace

int main(int argc, char** argv) {
  const int result = fuzz::Drive(argc, argv, CheckCApi);
  if (result == 0) std::remove(kPath);
  return result;
}
