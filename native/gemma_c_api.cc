// Glue between the C interface and the engines: checks arguments, calls the engine inside one guard that turns whatever
// is thrown into a status. No logic of its own; the header is the manual.
#include "gemma_c_api.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "engine/engine.h"
#include "engine/generation.h"
#include "engine/kernels/kernels.h"

#ifndef FACET_BUILD_ID
#define FACET_BUILD_ID "unknown"
#endif

struct gemma_model {
  std::shared_ptr<facet::EngineModel> model;
};

struct gemma_session {
  std::unique_ptr<facet::Generation> generation;
  std::shared_ptr<facet::EngineModel> model;
};

namespace {

using facet::Code;
using facet::Status;

// At most this many alternatives come with a token.
constexpr uint32_t kMaxTopN = 64;

std::string& LastError() {
  thread_local std::string message;
  return message;
}

int32_t Report(const Status& status) {
  LastError() = status.code() == Code::kCancelled ? std::string() : status.message();
  return static_cast<int32_t>(status.code());
}

int32_t BadArgument(const char* message) noexcept {
  try {
    return Report({Code::kInvalidArgument, message});
  } catch (...) {  // not even memory for the sentence
    return GEMMA_INVALID_ARGUMENT;
  }
}

// Runs `call` (returning Status); no exception gets past it. The messages are literals where memory may be short.
template <typename Call>
int32_t Guard(const Call& call) noexcept {
  try {
    LastError().clear();
    try {
      return Report(call());
    } catch (const std::bad_alloc&) {
      return Report({Code::kOutOfMemory, "not enough memory"});
    } catch (const std::exception& error) {
      return Report({Code::kInternal, std::string("unexpected error in the native library: ") + error.what()});
    } catch (...) {
      return Report({Code::kInternal, "unexpected error in the native library"});
    }
  } catch (...) {  // not even memory for the sentence
    return GEMMA_OUT_OF_MEMORY;
  }
}

// Copies what fits of a caller's struct over defaults; the struct names its own size. False if it is too small to.
template <typename T>
bool ReadStruct(const T* from, T* to) {
  if (from == nullptr) return true;
  if (from->struct_size < sizeof(uint32_t)) return false;
  std::memcpy(to, from, std::min<size_t>(sizeof(T), from->struct_size));
  return true;
}

template <typename T>
void WriteStruct(T from, T* to) {
  from.struct_size = to->struct_size;
  std::memcpy(to, &from, std::min<size_t>(sizeof(T), to->struct_size));
}

template <typename T>
int32_t InitStruct(T* out, uint32_t size, const T& defaults) {
  if (out == nullptr || size < sizeof(uint32_t))
    return BadArgument("no struct, or a size too small to hold struct_size");
  out->struct_size = size;
  WriteStruct(defaults, out);
  return GEMMA_OK;
}

gemma_sampling DefaultSampling() {
  gemma_sampling sampling = {};
  sampling.struct_size = sizeof(sampling);
  sampling.top_p = 1.0f;
  sampling.repetition_penalty = 1.0f;
  return sampling;
}

facet::TokenSink Forwarding(gemma_token_fn callback, void* user) {
  if (callback == nullptr) return nullptr;
  return [callback, user](const facet::TokenEvent& event) {
    gemma_token token = {};
    token.struct_size = sizeof(token);
    token.id = event.id;
    token.position = event.position;
    token.logprob = event.logprob;
    token.time_ns = event.time_ns;
    token.top_count = static_cast<uint32_t>(event.top_ids->size());
    token.top_ids = event.top_ids->data();
    token.top_logprobs = event.top_logprobs->data();
    return callback(&token, user) != 0;
  };
}

// Sampler settings that docs/sampling.md gives a meaning; the comparisons are false for NaN.
Status ReadSampling(const gemma_sampling* from, facet::GenerateOptions* to) {
  gemma_sampling s = DefaultSampling();
  if (!ReadStruct(from, &s)) return {Code::kInvalidArgument, "gemma_sampling: struct_size is too small"};
  const auto refuse = [](const char* what) { return Status{Code::kInvalidArgument, what}; };
  if (!(s.temperature >= 0.0f && s.temperature <= 1e6f)) return refuse("temperature must be between 0 and 1000000");
  if (!(s.top_p >= 0.0f && s.top_p <= 1.0f)) return refuse("top_p must be between 0 and 1");
  if (!(s.min_p >= 0.0f && s.min_p <= 1.0f)) return refuse("min_p must be between 0 and 1");
  if (!(s.repetition_penalty > 0.0f && s.repetition_penalty <= 1e3f))
    return refuse("repetition_penalty must be above 0 and at most 1000");
  if (s.top_n > kMaxTopN) return refuse("top_n must be at most 64");
  if (s.stop_count > 0 && s.stop_ids == nullptr) return refuse("stop_ids is NULL, but stop_count is not 0");
  to->max_tokens = s.max_tokens;
  to->top_n = s.top_n;
  if (s.stop_count > 0) to->stop_ids.assign(s.stop_ids, s.stop_ids + s.stop_count);
  to->sampler.seed = s.seed;
  to->sampler.temperature = s.temperature;
  to->sampler.top_k = s.top_k;
  to->sampler.top_p = s.top_p;
  to->sampler.min_p = s.min_p;
  to->sampler.repetition_penalty = s.repetition_penalty;
  to->sampler.repetition_window = s.repetition_window;
  return {};
}

void WriteTimings(const facet::GenerateReport& report, gemma_timings* timings) {
  if (timings == nullptr) return;
  gemma_timings t = {};
  t.finish = static_cast<uint32_t>(report.finish);
  t.prompt_tokens = report.prompt_tokens;
  t.reused_tokens = report.reused_tokens;
  t.new_tokens = report.new_tokens;
  t.start_ns = report.start_ns;
  t.prefill_ns = report.prefill_ns;
  t.first_token_ns = report.first_token_ns;
  t.decode_ns = report.decode_ns;
  WriteStruct(t, timings);
}

const facet::Engine* FindEngine(const std::string& name) {
  for (size_t i = 0; const facet::Engine* engine = facet::EngineAt(i); ++i) {
    if (name == engine->name()) return engine;
  }
  return nullptr;
}

}  // namespace

extern "C" {

uint32_t gemma_abi_version(void) { return GEMMA_ABI_VERSION; }

const char* gemma_build_id(void) { return FACET_BUILD_ID; }

const char* gemma_kernels(void) { return facet::ChooseKernels().name; }

const char* gemma_kernels_at(uint32_t index) {
  const facet::Kernels* kernels = facet::KernelsAt(index);
  return kernels == nullptr ? nullptr : kernels->name;
}

const char* gemma_engine_name(uint32_t index) {
  const facet::Engine* engine = facet::EngineAt(index);
  return engine == nullptr ? nullptr : engine->name();
}

const char* gemma_engine_version(uint32_t index) {
  const facet::Engine* engine = facet::EngineAt(index);
  return engine == nullptr ? nullptr : engine->version();
}

const char* gemma_status_name(int32_t status) {
  static const char* const kNames[] = {"GEMMA_OK",          "GEMMA_CANCELLED",     "GEMMA_INVALID_ARGUMENT",
                                       "GEMMA_NOT_FOUND",   "GEMMA_IO_ERROR",      "GEMMA_BAD_FORMAT",
                                       "GEMMA_UNSUPPORTED", "GEMMA_OUT_OF_MEMORY", "GEMMA_CONTEXT_FULL",
                                       "GEMMA_BUSY",        "GEMMA_INTERNAL"};
  constexpr int32_t kCount = sizeof(kNames) / sizeof(kNames[0]);
  return status >= 0 && status < kCount ? kNames[status] : "GEMMA_UNKNOWN";
}

const char* gemma_last_error(void) { return LastError().c_str(); }

int32_t gemma_model_params_init(gemma_model_params* params, uint32_t struct_size) {
  return InitStruct(params, struct_size, gemma_model_params{});
}

int32_t gemma_model_open(const char* path, size_t path_size, const gemma_model_params* params, gemma_model** out) {
  if (out == nullptr) return BadArgument("gemma_model_open: out is NULL");
  *out = nullptr;
  if (path == nullptr || path_size == 0) return BadArgument("gemma_model_open: the path is empty");
  return Guard([&]() -> Status {
    gemma_model_params p = {};
    if (!ReadStruct(params, &p)) return {Code::kInvalidArgument, "gemma_model_params: struct_size is too small"};
    const std::string name =
        p.engine == nullptr || p.engine_size == 0 ? "builtin" : std::string(p.engine, p.engine_size);
    const facet::Engine* engine = FindEngine(name);
    if (engine == nullptr) return {Code::kUnsupported, "this build has no engine named '" + name + "'"};
    facet::OpenProgress progress;
    if (p.progress != nullptr) {
      progress = [&p](uint64_t done, uint64_t total) { return p.progress(done, total, p.progress_user) != 0; };
    }
    if (p.weights_in_memory > GEMMA_WEIGHTS_Q4)
      return {Code::kInvalidArgument, "weights_in_memory is not a GEMMA_WEIGHTS_ value"};
    facet::OpenOptions options;
    options.weights = static_cast<facet::WeightsInMemory>(p.weights_in_memory);
    if (p.cache != nullptr) options.cache.assign(p.cache, p.cache_size);
    auto model = engine->Open(std::string(path, path_size), options, progress);
    if (!model.ok()) return model.status();
    *out = new gemma_model{std::move(model.value())};
    return {};
  });
}

int32_t gemma_model_get_info(const gemma_model* model, gemma_model_info* info) {
  if (model == nullptr || info == nullptr || info->struct_size < sizeof(uint32_t)) {
    return BadArgument("gemma_model_get_info: NULL, or info->struct_size is not set");
  }
  const facet::EngineModelInfo& from = model->model->info();
  gemma_model_info to = {};
  to.model_id = static_cast<uint32_t>(from.config.model);
  to.num_layers = from.config.num_layers;
  to.model_dim = from.config.model_dim;
  to.vocab_size = from.config.vocab_size;
  to.max_seq_len = from.config.max_seq_len;
  to.wrapping = static_cast<uint32_t>(from.config.wrapping);
  to.weight_type = static_cast<uint32_t>(from.config.weight);
  to.eos_id = from.config.eos_id;
  to.secondary_eos_id = from.config.secondary_eos_id;
  to.parameters = from.parameters;
  to.file_bytes = from.file_bytes;
  to.kv_bytes_per_token = from.kv_bytes_per_token;
  to.weights_in_memory = static_cast<uint32_t>(from.weights);
  to.weight_bytes_per_token = from.weight_bytes_per_token;
  to.deviations = from.deviations.c_str();
  WriteStruct(to, info);
  return GEMMA_OK;
}

void gemma_model_free(gemma_model* model) { delete model; }

int32_t gemma_session_params_init(gemma_session_params* params, uint32_t struct_size) {
  return InitStruct(params, struct_size, gemma_session_params{});
}

int32_t gemma_sampling_init(gemma_sampling* sampling, uint32_t struct_size) {
  return InitStruct(sampling, struct_size, DefaultSampling());
}

int32_t gemma_session_new(gemma_model* model, const gemma_session_params* params, gemma_session** out) {
  if (out == nullptr) return BadArgument("gemma_session_new: out is NULL");
  *out = nullptr;
  if (model == nullptr) return BadArgument("gemma_session_new: model is NULL");
  return Guard([&]() -> Status {
    gemma_session_params p = {};
    if (!ReadStruct(params, &p)) return {Code::kInvalidArgument, "gemma_session_params: struct_size is too small"};
    auto session = model->model->NewSession({p.seq_len, p.threads, p.prefill_chunk});
    if (!session.ok()) return session.status();
    auto generation = std::make_unique<facet::Generation>(std::move(session.value()));
    *out = new gemma_session{std::move(generation), model->model};
    return {};
  });
}

int32_t gemma_session_generate(gemma_session* session, const int32_t* tokens, size_t count,
                               const gemma_sampling* sampling, gemma_token_fn callback, void* user,
                               gemma_timings* timings) {
  if (session == nullptr || (tokens == nullptr && count > 0))
    return BadArgument("gemma_session_generate: session or tokens is NULL");
  if (timings != nullptr && timings->struct_size < sizeof(uint32_t))
    return BadArgument("gemma_session_generate: timings->struct_size is not set");
  return Guard([&]() -> Status {
    facet::GenerateOptions options;
    if (Status status = ReadSampling(sampling, &options); !status.ok()) return status;
    facet::GenerateReport report;
    Status status = session->generation->Generate(tokens, count, options, Forwarding(callback, user), &report);
    WriteTimings(status.ok() ? report : facet::GenerateReport{}, timings);
    return status;
  });
}

int32_t gemma_session_score(gemma_session* session, const int32_t* tokens, size_t count, uint32_t top_n,
                            gemma_token_fn callback, gemma_logits_fn logits, void* user) {
  if (session == nullptr || (tokens == nullptr && count > 0))
    return BadArgument("gemma_session_score: session or tokens is NULL");
  if (top_n > kMaxTopN) return BadArgument("top_n must be at most 64");
  return Guard([&]() -> Status {
    facet::LogitsSink sink;
    if (logits != nullptr) {
      sink = [logits, user](uint32_t position, const float* row, uint32_t vocab) {
        return logits(position, row, vocab, user) != 0;
      };
    }
    return session->generation->Score(tokens, count, top_n, Forwarding(callback, user), sink);
  });
}

void gemma_session_cancel(gemma_session* session) {
  if (session != nullptr) session->generation->Cancel();
}

int32_t gemma_session_reset(gemma_session* session) {
  if (session == nullptr) return BadArgument("gemma_session_reset: session is NULL");
  return Guard([&] { return session->generation->Reset(); });
}

void gemma_session_free(gemma_session* session) { delete session; }

}  // extern "C"
