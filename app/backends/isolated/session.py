"""A session in an engine's process, as the protocols of base.py want it; tokens keep the sampler's stamps."""

import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace

from app.backends.base import Generation, LogitsCallback, ModelInfo, Sampling, Token, TokenCallback
from app.backends.checks import check_sampling, check_tokens
from app.backends.isolated import frames
from app.backends.isolated.call import Call
from app.backends.isolated.engine_process import EngineProcess
from app.backends.isolated.obituary import DECODE, PREFILL, SCORING
from app.errors import Busy, Cancelled, UsageError
from app.language import sentence

_PARAMETERS_PER_S = 4e9
"""A second more for each of these before a session that was cancelled is given up: one step of a large model
takes longer than a second.
"""


class IsolatedSession:
    """Implements app.backends.base.Session. Closed by close() or when it is dropped."""

    def __init__(self, process: EngineProcess, number: int, info: ModelInfo, context_tokens: int) -> None:
        self._process = process
        self._number = number
        self._info = info
        self._context_tokens = context_tokens
        self._guard = threading.Lock()
        self._call: Call | None = None
        self._closing = False
        process.lease()
        self._finalizer = weakref.finalize(self, _end, process, number)

    @property
    def context_tokens(self) -> int:
        return self._context_tokens

    def generate(self, ids: Sequence[int], sampling: Sampling, on_token: TokenCallback) -> Generation:
        with self._calling(PREFILL) as call:
            check_tokens(ids, self._info.vocab_size, self._context_tokens, room=1)
            check_sampling(sampling)
            start_ns = time.monotonic_ns()
            request = {"session": self._number, "sampling": asdict(sampling)}
            call.ask("generate", request, frames.ids_to_bytes(ids))
            times: list[int] = []
            while (event := call.wait()) is not None and event.kind == "token":
                # What it sampled before it heard of the cancel is nobody's.
                if call.cancelled:
                    continue
                token = frames.token_from(event.document["token"])
                call.doing = DECODE
                times.append(token.time_ns)
                if not on_token(token):
                    call.cancel()
            assert event is not None
            generation = frames.generation_from(event.document["generation"])
            timings = replace(
                generation.timings,
                new_tokens=len(times),
                ttft_s=max(0, times[0] - start_ns) / 1e9 if times else 0.0,
                decode_s=(times[-1] - times[0]) / 1e9 if times else 0.0,
            )
            return Generation("cancelled" if call.cancelled else generation.finish, timings)

    def score(
        self, ids: Sequence[int], top_n: int = 0, on_logits: LogitsCallback | None = None
    ) -> list[Token]:
        with self._calling(SCORING) as call:
            check_tokens(ids, self._info.vocab_size, self._context_tokens, room=0)
            check_sampling(Sampling(top_n=top_n))
            request = {"session": self._number, "top_n": top_n, "rows": on_logits is not None}
            call.ask("score", request, frames.ids_to_bytes(ids))
            while (event := call.wait()) is not None and event.kind == "row":
                call.send("credit", {})
                if call.cancelled or on_logits is None:
                    continue
                if not on_logits(event.document["position"], frames.row_from_bytes(event.blob)):
                    call.cancel()
            assert event is not None
            if call.cancelled:
                raise Cancelled
            return [frames.token_from(values) for values in event.document["tokens"]]

    def cancel(self) -> None:
        with self._guard:
            call = self._call
        if call is not None:
            call.cancel()

    def close(self) -> None:
        """Free the cache; a call that is running is cancelled first, and the freeing happens at its end."""
        with self._guard:
            self._closing = True
            call = self._call
        if call is not None:
            call.cancel()
        else:
            self._finalizer()

    @contextmanager
    def _calling(self, doing: str) -> Iterator[Call]:
        call = self._begin(doing)
        try:
            with call:
                yield call
        finally:
            with self._guard:
                self._call = None
                closing = self._closing
            if closing:
                self._finalizer()

    def _begin(self, doing: str) -> Call:
        with self._guard:
            if self._closing:
                raise UsageError(sentence("The session is closed."))
            if self._call is not None:
                raise Busy(
                    sentence("The session is answering something else."), sentence("Wait for it, or stop it.")
                )
            patience_s = 1.0 + self._info.parameters / _PARAMETERS_PER_S
            self._call = self._process.call(doing, patience_s)
            return self._call


def _end(process: EngineProcess, number: int) -> None:
    process.send({"request": "close_session", "session": number})
    process.release()
