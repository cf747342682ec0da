/* The C interface of Facet's native Gemma engines. This header is its manual.
 *
 * Token ids go in, token ids come out; text never crosses. Two opaque handles: a gemma_model (weights: immutable,
 * shareable between threads and sessions) and a gemma_session (KV cache and sampler: one caller at a time).
 *
 * Rules that hold everywhere
 *  - Every fallible call returns a GEMMA_* status. Results come through trailing out-pointers, which are set to NULL or
 *    zero on failure. The sentence that explains the failure is gemma_last_error(), of the calling thread.
 *  - The library never aborts, never lets an exception out, never writes to stdout or stderr; but for the engine
 *    "gemma.cpp", which ends the process where gemma.cpp itself does (docs/architecture.md says what it leaves behind).
 *  - Every struct starts with `struct_size`, set by the caller (sizeof) through the *_init function. The library reads
 *    and writes only min(its size, the caller's size); within one GEMMA_ABI_VERSION structs and codes only grow at
 *    their end.
 *  - Text is UTF-8 with a byte length and need not end in NUL, unless said otherwise.
 *  - Callbacks run on the calling thread only, return non-zero to go on and 0 to stop, and must not call back into the
 *    same session. Pointers given to them are valid during that call only.
 */
#ifndef FACET_GEMMA_C_API_H_
#define FACET_GEMMA_C_API_H_

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define GEMMA_API __declspec(dllexport)
#else
#define GEMMA_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define GEMMA_ABI_VERSION 1u

/* Status codes: stable, never reused. */
#define GEMMA_OK 0
#define GEMMA_CANCELLED 1        /* a callback returned 0, or gemma_session_cancel was called */
#define GEMMA_INVALID_ARGUMENT 2 /* the caller's mistake: NULL, out of range, struct too small */
#define GEMMA_NOT_FOUND 3        /* the file does not exist */
#define GEMMA_IO_ERROR 4         /* the system refused to open, read or map it */
#define GEMMA_BAD_FORMAT 5       /* the file is not what it says it is: damaged, truncated, contradictory */
#define GEMMA_UNSUPPORTED 6      /* a sound file or request that this build cannot serve */
#define GEMMA_OUT_OF_MEMORY 7
#define GEMMA_CONTEXT_FULL 8 /* the tokens do not fit into the session's context */
#define GEMMA_BUSY 9         /* another call is running on this session */
#define GEMMA_INTERNAL 10    /* a defect of the library; the sentence says where */

/* How a generation ended (gemma_timings.finish). */
#define GEMMA_FINISH_STOP 0   /* a stop id was sampled; it was reported to the callback as the last token */
#define GEMMA_FINISH_LENGTH 1 /* max_tokens were generated, or the context is full */
#define GEMMA_FINISH_CANCELLED 2

typedef struct gemma_model gemma_model;
typedef struct gemma_session gemma_session;

/* ---------------------------------------------------------------- library */

/* does: names the ABI version the library was built with; compare with GEMMA_ABI_VERSION before anything else.
 * returns: the version. ownership: none. threads: any. after cancel: unaffected. */
GEMMA_API uint32_t gemma_abi_version(void);

/* does: names the very build (hash of the native sources), so that a caller built beside it can refuse a stale one.
 * returns: NUL-terminated text. ownership: static. threads: any. after cancel: unaffected. */
GEMMA_API const char* gemma_build_id(void);

/* does: names the vector kernels chosen for this processor, the first of gemma_kernels_at, unless the environment
 * variable GEMMA_KERNELS names another one of them. While it names anything else, gemma_model_open refuses to open.
 * returns: NUL-terminated text. ownership: static. threads: any. after cancel: unaffected. */
GEMMA_API const char* gemma_kernels(void);

/* does: names kernel set number `index` that this build has and this processor can run, best first: "avx512bf16",
 *   "avx512", "avx2", "scalar".
 * returns: NUL-terminated text, or NULL past the last. ownership: static. threads: any. after cancel: unaffected. */
GEMMA_API const char* gemma_kernels_at(uint32_t index);

/* does: names engine number `index` compiled into the library: "builtin", "gemma.cpp".
 * returns: NUL-terminated text, or NULL past the last. ownership: static. threads: any. after cancel: unaffected. */
GEMMA_API const char* gemma_engine_name(uint32_t index);

/* does: tells the version of engine number `index` where that says more than gemma_build_id: for "gemma.cpp" the commit
 *   it was built from, and its date, if they could be read.
 * returns: NUL-terminated text, "" where there is none, or NULL past the last. ownership: static. threads: any.
 * after cancel: unaffected. */
GEMMA_API const char* gemma_engine_version(uint32_t index);

/* does: names a status code, e.g. "GEMMA_BAD_FORMAT".
 * returns: NUL-terminated text; "GEMMA_UNKNOWN" for a foreign code. ownership: static. threads: any.
 * after cancel: unaffected. */
GEMMA_API const char* gemma_status_name(int32_t status);

/* does: explains the last failure of the calling thread in one sentence (file, expected, found).
 * returns: NUL-terminated text, empty when nothing failed. ownership: the library's, valid until the next gemma call of
 *   this thread. threads: per thread. after cancel: empty, a cancel is not an error. */
GEMMA_API const char* gemma_last_error(void);

/* ------------------------------------------------------------------ model */

/* Called while weights are opened: `done` of `total` bytes. Non-zero goes on, 0 stops the load. */
typedef int32_t (*gemma_progress_fn)(uint64_t done, uint64_t total, void* user);

/* In which form weights are held in memory. AUTO, for large models on a processor with kernels for it: Q8. Q8 rounds
 * activations to bf16 in products, Q4 to 8 bits; AS_IS keeps 16 bits of mantissa.
 *
 * The improbable end of a large vocabulary is estimated with a copy of the embedding: in about 3 bits 0.015 % of the
 * probability together (AS_IS 0.002 %, Q4 0.2 %), in about 7 bits 0.2 % (0.05 %, 2 %). Computed from the embedding
 * itself are: tokens that are sampled or scored, alternatives, the first top_k, tokens that the repetition penalty is
 * for, and at a temperature above 1 all that it makes so probable. AS_IS has no such copy without a cache. */
#define GEMMA_WEIGHTS_AUTO 0
#define GEMMA_WEIGHTS_AS_IS 1 /* as the file has them */
#define GEMMA_WEIGHTS_Q8 2    /* f32 and bf16 layers in 8 bits in blocks of 32, but for the down projections */
#define GEMMA_WEIGHTS_Q4 3    /* all layers in 5 bits; lossy */

typedef struct gemma_model_params {
  uint32_t struct_size;
  uint32_t engine_size;       /* bytes of `engine`; 0 = "builtin" */
  const char* engine;         /* one of gemma_engine_name() */
  gemma_progress_fn progress; /* NULL: none */
  void* progress_user;
  uint32_t weights_in_memory; /* GEMMA_WEIGHTS_* */
  uint32_t cache_size;        /* bytes of `cache`; 0 = none */
  const char* cache;          /* path of a file that keeps repacked weights; made when absent or stale */
} gemma_model_params;

typedef struct gemma_model_info {
  uint32_t struct_size;
  uint32_t model_id; /* sbs-format enum Model, e.g. 18 = Gemma 3 270M; 0 when the file does not say */
  uint32_t num_layers;
  uint32_t model_dim;
  uint32_t vocab_size;
  uint32_t max_seq_len;
  uint32_t wrapping;    /* enum PromptWrapping: 0 IT, 1 PT, 2 VLM, 3 PaliGemma */
  uint32_t weight_type; /* enum Type of the layer matrices: 1 f32, 2 bf16, 3 sfp, 4 nuq, 8 i8 */
  int32_t eos_id;
  int32_t secondary_eos_id;
  uint64_t parameters;             /* values in the language model's tensors */
  uint64_t file_bytes;             /* mapped */
  uint64_t kv_bytes_per_token;     /* of a session, at full attention */
  uint32_t weights_in_memory;      /* GEMMA_WEIGHTS_AS_IS, _Q8 or _Q4 */
  uint32_t reserved;               /* 0 */
  uint64_t weight_bytes_per_token; /* read to decode one token */
  const char* deviations; /* what the engine computes otherwise than Google's reference does: sentences in UTF-8, one a
                             line, NUL-terminated; the model's, valid while it or a session of it lives */
} gemma_model_info;

/* does: fills *params with defaults. returns: GEMMA_OK, or GEMMA_INVALID_ARGUMENT (NULL, size too small).
 * ownership: the caller's. threads: any. after cancel: unaffected. */
GEMMA_API int32_t gemma_model_params_init(gemma_model_params* params, uint32_t struct_size);

/* does: opens and checks an .sbs file of any vintage; weights stay memory-mapped.
 * returns: GEMMA_OK; CANCELLED; INVALID_ARGUMENT; NOT_FOUND; IO_ERROR; BAD_FORMAT; UNSUPPORTED; OUT_OF_MEMORY;
 * INTERNAL. ownership: *out is the caller's, to be given to gemma_model_free. `params` may be NULL and is not kept.
 * threads: any. after cancel: progress returned 0 -> GEMMA_CANCELLED, nothing is left behind. */
GEMMA_API int32_t gemma_model_open(const char* path, size_t path_size, const gemma_model_params* params,
                                   gemma_model** out);

/* does: describes the model; info->struct_size must be set. returns: GEMMA_OK or GEMMA_INVALID_ARGUMENT.
 * ownership: the caller's struct. threads: any. after cancel: unaffected. */
GEMMA_API int32_t gemma_model_get_info(const gemma_model* model, gemma_model_info* info);

/* does: drops the caller's hold; the weights live on until the last session of this model is freed. NULL is a no-op.
 * returns: nothing. ownership: the handle is gone. threads: any, once. after cancel: unaffected. */
GEMMA_API void gemma_model_free(gemma_model* model);

/* ---------------------------------------------------------------- session */

typedef struct gemma_session_params {
  uint32_t struct_size;
  uint32_t seq_len;       /* context in tokens; 0 = min(model's max_seq_len, 8192) */
  uint32_t threads;       /* 0 = the processors this process may use, at most 16 */
  uint32_t prefill_chunk; /* prompt tokens per batch; 0 = 256. Does not change results. */
} gemma_session_params;

/* One sampled or scored token, with figures stamped at the sampler. */
typedef struct gemma_token {
  uint32_t struct_size;
  int32_t id;
  uint32_t position;         /* index in the whole sequence, first token = 0 */
  float logprob;             /* natural log of softmax(logits)[id], before temperature and truncation */
  uint64_t time_ns;          /* monotonic clock */
  uint32_t top_count;        /* entries of the two arrays below */
  uint32_t reserved;         /* 0 */
  const int32_t* top_ids;    /* the most likely ids, best first; (logit descending, id ascending) */
  const float* top_logprobs; /* theirs, as `logprob` */
} gemma_token;

typedef int32_t (*gemma_token_fn)(const gemma_token* token, void* user);

/* Raw logits (soft-capped) that predict the token after `position`: `vocab` floats. The first 64 by rank are computed,
 * the improbable end is as a generation at temperature 1 has it (see GEMMA_WEIGHTS_AUTO). */
typedef int32_t (*gemma_logits_fn)(uint32_t position, const float* logits, uint32_t vocab, void* user);

/* The sampler is defined in docs/sampling.md; every field is one step there. */
typedef struct gemma_sampling {
  uint32_t struct_size;
  uint32_t max_tokens; /* 0 = until the context is full */
  uint64_t seed;
  float temperature;          /* 0 = greedy */
  uint32_t top_k;             /* 0 = off */
  float top_p;                /* 1 = off */
  float min_p;                /* 0 = off */
  float repetition_penalty;   /* 1 = off */
  uint32_t repetition_window; /* last tokens looked at; 0 = all */
  uint32_t top_n;             /* alternatives reported with each token, at most 64 */
  uint32_t stop_count;        /* entries of stop_ids */
  const int32_t* stop_ids;    /* sampling one of these ends the generation; the model's EOS ids are not implied */
} gemma_sampling;

typedef struct gemma_timings {
  uint32_t struct_size;
  uint32_t finish;         /* GEMMA_FINISH_* */
  uint32_t prompt_tokens;  /* given */
  uint32_t reused_tokens;  /* of these, found in the KV cache */
  uint32_t new_tokens;     /* sampled, a stop id included */
  uint32_t reserved;       /* 0 */
  uint64_t start_ns;       /* monotonic clock at the call */
  uint64_t prefill_ns;     /* until the last prompt token's logits stood */
  uint64_t first_token_ns; /* from the call to the first sampled token; 0 when there was none */
  uint64_t decode_ns;      /* from the first to the last sampled token */
} gemma_timings;

/* does: fills *params with defaults. returns: GEMMA_OK, or GEMMA_INVALID_ARGUMENT (NULL, size too small).
 * ownership: the caller's. threads: any. after cancel: unaffected. */
GEMMA_API int32_t gemma_session_params_init(gemma_session_params* params, uint32_t struct_size);

/* does: fills *sampling with defaults (greedy, until the context is full). returns: as above.
 * ownership: the caller's. threads: any. after cancel: unaffected. */
GEMMA_API int32_t gemma_sampling_init(gemma_sampling* sampling, uint32_t struct_size);

/* does: makes a session with its own KV cache and thread pool.
 * returns: GEMMA_OK; INVALID_ARGUMENT; OUT_OF_MEMORY; INTERNAL.
 * ownership: *out is the caller's, to be given to gemma_session_free; it keeps the model alive. `params` may be NULL.
 * threads: any. after cancel: unaffected. */
GEMMA_API int32_t gemma_session_new(gemma_model* model, const gemma_session_params* params, gemma_session** out);

/* does: continues the conversation `tokens` (all of it, from the first id; the longest prefix that the KV cache holds
 *   is reused) and reports each sampled token through `callback`.
 * returns: GEMMA_OK, also after a cancel or a callback's 0 (timings->finish says CANCELLED); INVALID_ARGUMENT (an id
 *   outside the vocabulary, no tokens); CONTEXT_FULL (count >= seq_len); BUSY; OUT_OF_MEMORY; INTERNAL; BAD_FORMAT (the
 *   weights gave no finite logit); IO_ERROR (a file of the weights was cut short in use).
 * ownership: nothing is kept. `callback` may be NULL; `timings` may be NULL, else its struct_size must be set.
 * threads: one caller at a time per session; a second one gets GEMMA_BUSY.
 * after cancel: what was computed stays in the KV cache; the session can be used again at once. */
GEMMA_API int32_t gemma_session_generate(gemma_session* session, const int32_t* tokens, size_t count,
                                         const gemma_sampling* sampling, gemma_token_fn callback, void* user,
                                         gemma_timings* timings);

/* does: teacher forcing: for every token but the first reports its log-probability given those before it (and top_n
 *   alternatives) through `callback`; hands out the logits after every token, the last included, through `logits`.
 * returns: as gemma_session_generate; GEMMA_CANCELLED when a callback returned 0 or a cancel came.
 * ownership: nothing is kept; either callback may be NULL. `count` may equal seq_len here.
 * threads: as gemma_session_generate. after cancel: as gemma_session_generate. */
GEMMA_API int32_t gemma_session_score(gemma_session* session, const int32_t* tokens, size_t count, uint32_t top_n,
                                      gemma_token_fn callback, gemma_logits_fn logits, void* user);

/* does: asks the call that is running on this session to end, in prefill too (within one chunk of one layer).
 * returns: nothing. ownership: unchanged.
 * threads: ANY thread, also while another call runs; it must not race with gemma_session_free.
 * after cancel: with no call running it does nothing; the next call starts fresh. A call about to finish may finish. */
GEMMA_API void gemma_session_cancel(gemma_session* session);

/* does: forgets the KV cache's content. returns: GEMMA_OK, INVALID_ARGUMENT or BUSY. ownership: unchanged.
 * threads: as gemma_session_generate. after cancel: unaffected. */
GEMMA_API int32_t gemma_session_reset(gemma_session* session);

/* does: frees the session, its cache and threads. NULL is a no-op. No call may be running on it.
 * returns: nothing. ownership: the handle is gone. threads: any, once. after cancel: unaffected. */
GEMMA_API void gemma_session_free(gemma_session* session);

#ifdef __cplusplus
}
#endif
#endif /* FACET_GEMMA_C_API_H_ */
