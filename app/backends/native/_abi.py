"""native/gemma_c_api.h in ctypes: constants, structs and the table of functions. Nothing else.

Layouts are compared with the C compiler's in tests/e2e/test_native_abi.py. The header is the manual.
"""

from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_char_p,
    c_float,
    c_int32,
    c_size_t,
    c_uint32,
    c_uint64,
    c_void_p,
)
from dataclasses import dataclass
from typing import Any

ABI_VERSION = 1

OK = 0
CANCELLED = 1
INVALID_ARGUMENT = 2
NOT_FOUND = 3
IO_ERROR = 4
BAD_FORMAT = 5
UNSUPPORTED = 6
OUT_OF_MEMORY = 7
CONTEXT_FULL = 8
BUSY = 9
INTERNAL = 10

WEIGHTS_AUTO = 0
WEIGHTS_AS_IS = 1
WEIGHTS_Q8 = 2
WEIGHTS_Q4 = 3

FINISH_STOP = 0
FINISH_LENGTH = 1
FINISH_CANCELLED = 2

ProgressFn = CFUNCTYPE(c_int32, c_uint64, c_uint64, c_void_p)


class ModelParams(Structure):
    """gemma_model_params"""

    _fields_ = (
        ("struct_size", c_uint32),
        ("engine_size", c_uint32),
        ("engine", c_char_p),
        ("progress", ProgressFn),
        ("progress_user", c_void_p),
        ("weights_in_memory", c_uint32),
        ("cache_size", c_uint32),
        ("cache", c_char_p),
    )


class ModelInfoStruct(Structure):
    """gemma_model_info"""

    _fields_ = (
        ("struct_size", c_uint32),
        ("model_id", c_uint32),
        ("num_layers", c_uint32),
        ("model_dim", c_uint32),
        ("vocab_size", c_uint32),
        ("max_seq_len", c_uint32),
        ("wrapping", c_uint32),
        ("weight_type", c_uint32),
        ("eos_id", c_int32),
        ("secondary_eos_id", c_int32),
        ("parameters", c_uint64),
        ("file_bytes", c_uint64),
        ("kv_bytes_per_token", c_uint64),
        ("weights_in_memory", c_uint32),
        ("reserved", c_uint32),
        ("weight_bytes_per_token", c_uint64),
        ("deviations", c_char_p),
    )


class SessionParams(Structure):
    """gemma_session_params"""

    _fields_ = (
        ("struct_size", c_uint32),
        ("seq_len", c_uint32),
        ("threads", c_uint32),
        ("prefill_chunk", c_uint32),
    )


class TokenStruct(Structure):
    """gemma_token"""

    _fields_ = (
        ("struct_size", c_uint32),
        ("id", c_int32),
        ("position", c_uint32),
        ("logprob", c_float),
        ("time_ns", c_uint64),
        ("top_count", c_uint32),
        ("reserved", c_uint32),
        ("top_ids", POINTER(c_int32)),
        ("top_logprobs", POINTER(c_float)),
    )


TokenFn = CFUNCTYPE(c_int32, POINTER(TokenStruct), c_void_p)
LogitsFn = CFUNCTYPE(c_int32, c_uint32, POINTER(c_float), c_uint32, c_void_p)


class SamplingStruct(Structure):
    """gemma_sampling"""

    _fields_ = (
        ("struct_size", c_uint32),
        ("max_tokens", c_uint32),
        ("seed", c_uint64),
        ("temperature", c_float),
        ("top_k", c_uint32),
        ("top_p", c_float),
        ("min_p", c_float),
        ("repetition_penalty", c_float),
        ("repetition_window", c_uint32),
        ("top_n", c_uint32),
        ("stop_count", c_uint32),
        ("stop_ids", POINTER(c_int32)),
    )


class TimingsStruct(Structure):
    """gemma_timings"""

    _fields_ = (
        ("struct_size", c_uint32),
        ("finish", c_uint32),
        ("prompt_tokens", c_uint32),
        ("reused_tokens", c_uint32),
        ("new_tokens", c_uint32),
        ("reserved", c_uint32),
        ("start_ns", c_uint64),
        ("prefill_ns", c_uint64),
        ("first_token_ns", c_uint64),
        ("decode_ns", c_uint64),
    )


STRUCTS = {
    "gemma_model_params": ModelParams,
    "gemma_model_info": ModelInfoStruct,
    "gemma_session_params": SessionParams,
    "gemma_token": TokenStruct,
    "gemma_sampling": SamplingStruct,
    "gemma_timings": TimingsStruct,
}


@dataclass(frozen=True, slots=True)
class Function:
    """One exported function. `checked`: it returns a status, and anything but OK is raised."""

    name: str
    argtypes: tuple[Any, ...]
    restype: Any
    checked: bool = False


_MODEL = c_void_p
_SESSION = c_void_p

FUNCTIONS = (
    Function("gemma_abi_version", (), c_uint32),
    Function("gemma_build_id", (), c_char_p),
    Function("gemma_kernels", (), c_char_p),
    Function("gemma_kernels_at", (c_uint32,), c_char_p),
    Function("gemma_engine_name", (c_uint32,), c_char_p),
    Function("gemma_engine_version", (c_uint32,), c_char_p),
    Function("gemma_status_name", (c_int32,), c_char_p),
    Function("gemma_last_error", (), c_char_p),
    Function("gemma_model_params_init", (POINTER(ModelParams), c_uint32), c_int32, checked=True),
    Function(
        "gemma_model_open",
        (c_char_p, c_size_t, POINTER(ModelParams), POINTER(_MODEL)),
        c_int32,
        checked=True,
    ),
    Function("gemma_model_get_info", (_MODEL, POINTER(ModelInfoStruct)), c_int32, checked=True),
    Function("gemma_model_free", (_MODEL,), None),
    Function("gemma_session_params_init", (POINTER(SessionParams), c_uint32), c_int32, checked=True),
    Function("gemma_sampling_init", (POINTER(SamplingStruct), c_uint32), c_int32, checked=True),
    Function("gemma_session_new", (_MODEL, POINTER(SessionParams), POINTER(_SESSION)), c_int32, checked=True),
    Function(
        "gemma_session_generate",
        (
            _SESSION,
            POINTER(c_int32),
            c_size_t,
            POINTER(SamplingStruct),
            TokenFn,
            c_void_p,
            POINTER(TimingsStruct),
        ),
        c_int32,
        checked=True,
    ),
    Function(
        "gemma_session_score",
        (_SESSION, POINTER(c_int32), c_size_t, c_uint32, TokenFn, LogitsFn, c_void_p),
        c_int32,
        checked=True,
    ),
    Function("gemma_session_cancel", (_SESSION,), None),
    Function("gemma_session_reset", (_SESSION,), c_int32, checked=True),
    Function("gemma_session_free", (_SESSION,), None),
)
