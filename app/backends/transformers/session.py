"""Generation with transformers, token by token in a loop of our own: same sampler, same rules as the
native engines.

`generate()` of transformers is not used: it samples with other dice, cannot be stopped within prefill,
and stamps no times. The forward pass is all that comes from there.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import PreTrainedModel

from app.backends.base import (
    Finish,
    Generation,
    LogitsCallback,
    ModelInfo,
    Sampling,
    Timings,
    Token,
    TokenCallback,
)
from app.backends.checks import check_sampling, check_tokens
from app.backends.processors import usable_processors
from app.backends.sampling import describe, sample
from app.backends.transformers.kv_cache import GrowingCache
from app.backends.transformers.memory_errors import told_as_out_of_memory
from app.errors import Busy, Cancelled, UsageError
from app.language import sentence

_MAX_THREADS = 16
_PREFILL_WORK = 64e9
"""Parameters times tokens of one prefill chunk: well below a second on two cores, so that a cancel is."""
_MAX_CHUNK = 512
_MIN_CHUNK = 16
_SCORE_CHUNK = 32
"""Rows of logits held at once while scoring: a row has a megabyte."""


class TransformersSession:
    """Implements app.backends.base.Session."""

    def __init__(
        self,
        network: PreTrainedModel,
        info: ModelInfo,
        context_tokens: int,
        threads: int,
        check_weights: Callable[[], None],
    ) -> None:
        """`check_weights` raises when the file of the weights must not be touched any more."""
        self._network: PreTrainedModel | None = network
        self._check_weights = check_weights
        self._info = info
        self._context_tokens = context_tokens
        self._threads = threads or min(usable_processors(), _MAX_THREADS)
        self._chunk = int(min(_MAX_CHUNK, max(_MIN_CHUNK, _PREFILL_WORK // info.parameters)))
        self._cache = GrowingCache(info.num_layers)
        self._cached: list[int] = []
        """Ids whose keys and values the cache holds."""
        self._guard = threading.Lock()
        self._running = False
        self._cancelled = threading.Event()

    @property
    def context_tokens(self) -> int:
        return self._context_tokens

    def generate(self, ids: Sequence[int], sampling: Sampling, on_token: TokenCallback) -> Generation:
        with self._call() as network:
            check_tokens(ids, self._info.vocab_size, self._context_tokens, room=1)
            check_sampling(sampling)
            return self._generate(network, list(ids), sampling, on_token)

    def score(
        self, ids: Sequence[int], top_n: int = 0, on_logits: LogitsCallback | None = None
    ) -> list[Token]:
        with self._call() as network:
            check_tokens(ids, self._info.vocab_size, self._context_tokens, room=0)
            check_sampling(Sampling(top_n=top_n))
            # A cache of its own: the chat's stays as it is.
            cache = GrowingCache(self._info.num_layers)
            scored: list[Token] = []
            for begin in range(0, len(ids), _SCORE_CHUNK):
                self._check_weights()
                rows = _forward(network, cache, ids[begin : begin + _SCORE_CHUNK], keep=_SCORE_CHUNK)
                for position, row in enumerate(rows, start=begin):
                    if self._cancelled.is_set() or not (on_logits is None or on_logits(position, row)):
                        raise Cancelled
                    if position + 1 < len(ids):
                        scored.append(_token(row, ids[position + 1], position + 1, top_n))
            return scored

    def cancel(self) -> None:
        with self._guard:
            if self._running:
                self._cancelled.set()

    def close(self) -> None:
        """Free the cache; a call that is running is cancelled first and keeps what it needs until it ends."""
        with self._guard:
            self._cancelled.set()
            self._network = None
            if not self._running:
                self._forget()

    @contextmanager
    def _call(self) -> Iterator[PreTrainedModel]:
        with self._guard:
            network = self._network
            if network is None:
                raise UsageError(sentence("The session is closed."))
            if self._running:
                raise Busy(
                    sentence("The session is answering something else."), sentence("Wait for it, or stop it.")
                )
            self._running = True
            self._cancelled.clear()
        try:
            # OpenMP keeps the number per thread, so it is set on the thread that computes.
            torch.set_num_threads(self._threads)
            with torch.inference_mode(), told_as_out_of_memory(sentence("this conversation")):
                yield network
        finally:
            self._end()

    def _end(self) -> None:
        with self._guard:
            self._running = False
            if self._network is None:
                self._forget()

    def _forget(self) -> None:
        self._cache = GrowingCache(self._info.num_layers)
        self._cached = []

    def _feed(self, network: PreTrainedModel, ids: Sequence[int]) -> NDArray[np.float32]:
        """Logits [vocab] after the last of `ids`, which follow what is cached."""
        self._check_weights()
        before = len(self._cached)
        try:
            logits: NDArray[np.float32] = _forward(network, self._cache, ids, keep=1)[0]
        except BaseException:
            self._cache.cut(before)  # some layers may have taken them already
            raise
        self._cached += ids
        return logits

    def _reuse_prefix(self, ids: Sequence[int]) -> int:
        """Cuts the cache back to what it shares with `ids`. At least one id is left to compute."""
        shared = 0
        for cached, wanted in zip(self._cached, ids[:-1], strict=False):
            if cached != wanted:
                break
            shared += 1
        self._cache.cut(shared)
        del self._cached[shared:]
        return shared

    def _generate(
        self, network: PreTrainedModel, ids: list[int], sampling: Sampling, on_token: TokenCallback
    ) -> Generation:
        start = time.monotonic_ns()
        reused = self._reuse_prefix(ids)
        logits: NDArray[np.float32] | None = None
        for begin in range(reused, len(ids), self._chunk):
            if self._cancelled.is_set():
                break
            logits = self._feed(network, ids[begin : begin + self._chunk])
        prefilled = time.monotonic_ns()
        times: list[int] = []
        finish: Finish = "cancelled"
        while logits is not None and not self._cancelled.is_set():
            token = _sampled(logits, ids, sampling)
            times.append(token.time_ns)
            ids.append(token.id)
            if not on_token(token):
                break
            if token.id in sampling.stop_ids:
                finish = "stop"
                break
            if len(times) == sampling.max_tokens or len(ids) >= self._context_tokens:
                finish = "length"
                break
            if not self._cancelled.is_set():
                logits = self._feed(network, [token.id])
        return Generation(
            finish,
            Timings(
                prompt_tokens=len(ids) - len(times),
                reused_tokens=reused,
                new_tokens=len(times),
                ttft_s=(times[0] - start) / 1e9 if times else 0.0,
                prefill_s=(prefilled - start) / 1e9,
                decode_s=(times[-1] - times[0]) / 1e9 if times else 0.0,
            ),
        )


def _forward(
    network: PreTrainedModel, cache: GrowingCache, ids: Sequence[int], keep: int
) -> NDArray[np.float32]:
    """Logits [min(keep, len(ids)), vocab] after the last ids, as float32; their keys and values go to the
    cache."""
    output = network(
        input_ids=torch.tensor([list(ids)]), past_key_values=cache, use_cache=True, logits_to_keep=keep
    )
    rows: NDArray[np.float32] = output.logits[0].float().numpy()
    return rows


def _sampled(logits: NDArray[np.float32], ids: Sequence[int], sampling: Sampling) -> Token:
    return _token(logits, sample(logits, ids, len(ids), sampling), len(ids), sampling.top_n)


def _token(logits: NDArray[np.float32], token: int, position: int, top_n: int) -> Token:
    logprob, top = describe(logits, token, top_n)
    return Token(token, position, logprob, time.monotonic_ns(), top)
