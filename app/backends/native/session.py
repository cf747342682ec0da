"""A native session: one KV cache, driven through the C API. Ids in, ids out."""

import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ctypes import byref, c_int32, sizeof
from typing import Any

import numpy as np

from app.backends.base import (
    Finish,
    Generation,
    LogitsCallback,
    Sampling,
    Timings,
    Token,
    TokenCallback,
)
from app.backends.checks import check_sampling, check_tokens
from app.backends.native import _abi
from app.backends.native._library import NativeLibrary
from app.backends.native.callbacks import CallbackErrors
from app.errors import Busy, UsageError
from app.language import sentence

_FINISH: dict[int, Finish] = {
    _abi.FINISH_STOP: "stop",
    _abi.FINISH_LENGTH: "length",
    _abi.FINISH_CANCELLED: "cancelled",
}


class NativeSession:
    """Implements app.backends.base.Session. Freed by close() or when it is dropped.

    Needs no NativeModel beside it: the library keeps the weights until the last session is freed.
    """

    def __init__(
        self,
        library: NativeLibrary,
        handle: int,
        vocab_size: int,
        context_tokens: int,
        check_weights: Callable[[], None],
    ) -> None:
        """`check_weights` raises when the file of the weights must not be touched any more."""
        self._c = library.c
        self._check_weights = check_weights
        self._handle = handle
        self._vocab_size = vocab_size
        self._context_tokens = context_tokens
        self._finalizer = weakref.finalize(self, self._c.gemma_session_free, handle)
        self._guard = threading.Lock()
        self._cancel_asked = False
        self._running = False
        self._closing = False

    @property
    def context_tokens(self) -> int:
        return self._context_tokens

    def generate(self, ids: Sequence[int], sampling: Sampling, on_token: TokenCallback) -> Generation:
        with self._call():
            check_tokens(ids, self._vocab_size, self._context_tokens, room=1)
            check_sampling(sampling)
            self._check_weights()
            settings = self._sampling_struct(sampling)
            timings = _abi.TimingsStruct(struct_size=sizeof(_abi.TimingsStruct))
            errors = CallbackErrors()

            def on_event(pointer: Any, _: object) -> bool:
                goes_on = on_token(_token(pointer[0]))
                self._check_weights()
                return goes_on and not self._cancel_asked

            callback = _abi.TokenFn(errors.guard(on_event))
            tokens = (c_int32 * len(ids))(*ids)
            try:
                self._c.gemma_session_generate(
                    self._handle, tokens, len(ids), byref(settings), callback, None, byref(timings)
                )
            finally:
                errors.raise_first()
        return Generation(_FINISH[timings.finish], _timings(timings))

    def score(
        self, ids: Sequence[int], top_n: int = 0, on_logits: LogitsCallback | None = None
    ) -> list[Token]:
        with self._call():
            check_tokens(ids, self._vocab_size, self._context_tokens, room=0)
            check_sampling(Sampling(top_n=top_n))
            self._check_weights()
            scored: list[Token] = []
            errors = CallbackErrors()

            def on_token(pointer: Any, _: object) -> bool:
                self._check_weights()
                scored.append(_token(pointer[0]))
                return not self._cancel_asked

            def on_row(position: int, row: Any, vocab: int, _: object) -> bool:
                assert on_logits is not None
                return on_logits(position, np.ctypeslib.as_array(row, shape=(vocab,)))

            callback = _abi.TokenFn(errors.guard(on_token))
            rows = _abi.LogitsFn(errors.guard(on_row)) if on_logits is not None else _abi.LogitsFn()
            tokens = (c_int32 * len(ids))(*ids)
            try:
                self._c.gemma_session_score(self._handle, tokens, len(ids), top_n, callback, rows, None)
            finally:
                errors.raise_first()
        return scored

    def cancel(self) -> None:
        with self._guard:  # so that it cannot race with the free
            if self._running:
                # Remembered here as well: the library forgets a cancel that comes before its call has begun.
                self._cancel_asked = True
                self._c.gemma_session_cancel(self._handle)

    def close(self) -> None:
        """Free the cache; a call that is running is cancelled, and the free happens when it ends."""
        with self._guard:
            self._closing = True
            if self._running:
                self._c.gemma_session_cancel(self._handle)
            else:
                self._finalizer()

    @contextmanager
    def _call(self) -> Iterator[None]:
        with self._guard:
            if self._closing:
                raise UsageError(sentence("The session is closed."))
            if self._running:
                raise Busy(
                    sentence("The session is answering something else."), sentence("Wait for it, or stop it.")
                )
            self._running = True
            self._cancel_asked = False
        try:
            yield
        finally:
            self._end()

    def _end(self) -> None:
        with self._guard:
            self._running = False
            if self._closing:
                self._finalizer()

    def _sampling_struct(self, sampling: Sampling) -> _abi.SamplingStruct:
        settings = _abi.SamplingStruct()
        self._c.gemma_sampling_init(byref(settings), sizeof(settings))
        settings.max_tokens = sampling.max_tokens
        settings.seed = sampling.seed
        settings.temperature = sampling.temperature
        settings.top_k = sampling.top_k
        settings.top_p = sampling.top_p
        settings.min_p = sampling.min_p
        settings.repetition_penalty = sampling.repetition_penalty
        settings.repetition_window = sampling.repetition_window
        settings.top_n = sampling.top_n
        settings.stop_count = len(sampling.stop_ids)
        settings.stop_ids = (c_int32 * len(sampling.stop_ids))(*sampling.stop_ids)  # kept alive by the struct
        return settings


def _token(token: Any) -> Token:
    count = token.top_count
    top = tuple(zip(token.top_ids[:count], token.top_logprobs[:count], strict=True)) if count else ()
    return Token(token.id, token.position, token.logprob, token.time_ns, top)


def _timings(timings: _abi.TimingsStruct) -> Timings:
    return Timings(
        prompt_tokens=timings.prompt_tokens,
        reused_tokens=timings.reused_tokens,
        new_tokens=timings.new_tokens,
        ttft_s=timings.first_token_ns / 1e9,
        prefill_s=timings.prefill_ns / 1e9,
        decode_s=timings.decode_ns / 1e9,
    )
