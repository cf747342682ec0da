/* Prints the layout of every struct of the C API, one "struct field offset size" a line ("-" for the whole struct),
 * so that a binding can compare its own. Includes the header alone: it must stand by itself in C11. */
/* clang-format off */
#include "gemma_c_api.h"

#include <stdio.h>
/* clang-format on */

#define WHOLE(type) printf(#type " - 0 %zu\n", sizeof(type))
#define FIELD(type, field) printf(#type " " #field " %zu %zu\n", offsetof(type, field), sizeof(((type*)0)->field))

int main(void) {
  WHOLE(gemma_model_params);
  FIELD(gemma_model_params, struct_size);
  FIELD(gemma_model_params, engine_size);
  FIELD(gemma_model_params, engine);
  FIELD(gemma_model_params, progress);
  FIELD(gemma_model_params, progress_user);
  FIELD(gemma_model_params, weights_in_memory);
  FIELD(gemma_model_params, cache_size);
  FIELD(gemma_model_params, cache);

  WHOLE(gemma_model_info);
  FIELD(gemma_model_info, struct_size);
  FIELD(gemma_model_info, model_id);
  FIELD(gemma_model_info, num_layers);
  FIELD(gemma_model_info, model_dim);
  FIELD(gemma_model_info, vocab_size);
  FIELD(gemma_model_info, max_seq_len);
  FIELD(gemma_model_info, wrapping);
  FIELD(gemma_model_info, weight_type);
  FIELD(gemma_model_info, eos_id);
  FIELD(gemma_model_info, secondary_eos_id);
  FIELD(gemma_model_info, parameters);
  FIELD(gemma_model_info, file_bytes);
  FIELD(gemma_model_info, kv_bytes_per_token);
  FIELD(gemma_model_info, weights_in_memory);
  FIELD(gemma_model_info, reserved);
  FIELD(gemma_model_info, weight_bytes_per_token);
  FIELD(gemma_model_info, deviations);

  WHOLE(gemma_session_params);
  FIELD(gemma_session_params, struct_size);
  FIELD(gemma_session_params, seq_len);
  FIELD(gemma_session_params, threads);
  FIELD(gemma_session_params, prefill_chunk);

  WHOLE(gemma_token);
  FIELD(gemma_token, struct_size);
  FIELD(gemma_token, id);
  FIELD(gemma_token, position);
  FIELD(gemma_token, logprob);
  FIELD(gemma_token, time_ns);
  FIELD(gemma_token, top_count);
  FIELD(gemma_token, reserved);
  FIELD(gemma_token, top_ids);
  FIELD(gemma_token, top_logprobs);

  WHOLE(gemma_sampling);
  FIELD(gemma_sampling, struct_size);
  FIELD(gemma_sampling, max_tokens);
  FIELD(gemma_sampling, seed);
  FIELD(gemma_sampling, temperature);
  FIELD(gemma_sampling, top_k);
  FIELD(gemma_sampling, top_p);
  FIELD(gemma_sampling, min_p);
  FIELD(gemma_sampling, repetition_penalty);
  FIELD(gemma_sampling, repetition_window);
  FIELD(gemma_sampling, top_n);
  FIELD(gemma_sampling, stop_count);
  FIELD(gemma_sampling, stop_ids);

  WHOLE(gemma_timings);
  FIELD(gemma_timings, struct_size);
  FIELD(gemma_timings, finish);
  FIELD(gemma_timings, prompt_tokens);
  FIELD(gemma_timings, reused_tokens);
  FIELD(gemma_timings, new_tokens);
  FIELD(gemma_timings, reserved);
  FIELD(gemma_timings, start_ns);
  FIELD(gemma_timings, prefill_ns);
  FIELD(gemma_timings, first_token_ns);
  FIELD(gemma_timings, decode_ns);
  return 0;
}
