"""llama.cpp through llama-cpp-python: a GGUF file, quantised by llama.cpp itself.

`q4_0` is "pure": embedding and head too are in 4 bits, llama.cpp's fastest form. Everything else is as the
library sets it by default: flash attention where it wants it, f16 keys and values.
"""

import ctypes
import importlib.metadata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.bench.checkpoint import Checkpoint
from app.bench.gguf_export import write_gguf
from app.bench.peer import ExportProgress, PeerSession
from app.errors import FacetError
from app.language import sentence

_FILE = "model.gguf"
_BATCH = 512
"""llama.cpp's default for one pass."""


class LlamaCppPeer:
    """Implements app.bench.peer.Peer."""

    packages = ("llama_cpp",)
    precisions = ("q8_0", "q4_0", "q4_k_m", "bf16")

    def export(self, checkpoint: Checkpoint, precision: str, folder: Path, progress: ExportProgress) -> int:
        target = folder / _FILE
        if precision == "bf16" and checkpoint.fits_bf16:
            write_gguf(checkpoint, target, progress)
        else:
            whole = folder / "whole.gguf"
            write_gguf(checkpoint, whole, progress)
            progress(sentence("quantising to {precision}", precision=precision), 0, 0)
            _quantise(whole, target, precision)
            whole.unlink()
        return weight_bytes(target)

    def open(self, folder: Path, precision: str, threads: int, context_tokens: int) -> PeerSession:
        return _Session(folder / _FILE, threads, context_tokens)


def weight_bytes(path: Path) -> int:
    """Bytes of all tensors: a token reads each, the embedding as the head."""
    import gguf

    return sum(int(tensor.n_bytes) for tensor in gguf.GGUFReader(path).tensors)


def _quantise(source: Path, target: Path, precision: str) -> None:
    library = _library()
    params = library.llama_model_quantize_default_params()
    params.ftype = {
        "q8_0": library.LLAMA_FTYPE_MOSTLY_Q8_0,
        "q4_0": library.LLAMA_FTYPE_MOSTLY_Q4_0,
        "q4_k_m": library.LLAMA_FTYPE_MOSTLY_Q4_K_M,
        "bf16": library.LLAMA_FTYPE_MOSTLY_BF16,
    }[precision]
    params.pure = precision == "q4_0"
    code = library.llama_model_quantize(bytes(source), bytes(target), ctypes.byref(params))
    if code != 0:
        raise FacetError(
            sentence(
                "llama.cpp could not quantise {source} to {precision} (code {code}).",
                source=source.name,
                precision=precision,
                code=code,
            )
        )


class _Session:
    """Implements app.bench.peer.PeerSession. Freed by the end of the process."""

    def __init__(self, path: Path, threads: int, context_tokens: int) -> None:
        self._library = library = _library()
        self.engine = f"llama-cpp-python {importlib.metadata.version('llama-cpp-python')}"
        self._model = library.llama_model_load_from_file(bytes(path), library.llama_model_default_params())
        if not self._model:
            raise FacetError(sentence("llama.cpp does not load {path}.", path=path))
        params = library.llama_context_default_params()
        params.n_ctx = context_tokens
        params.n_batch = params.n_ubatch = _BATCH
        params.n_threads = params.n_threads_batch = threads
        self._context = library.llama_init_from_model(self._model, params)
        if not self._context:
            raise FacetError(sentence("llama.cpp makes no context of that length."))
        self._vocab = int(library.llama_vocab_n_tokens(library.llama_model_get_vocab(self._model)))

    def feed(self, ids: Sequence[int]) -> NDArray[np.float32]:
        for begin in range(0, len(ids), _BATCH):
            part = ids[begin : begin + _BATCH]
            tokens = (ctypes.c_int32 * len(part))(*part)  # the batch points to it
            batch = self._library.llama_batch_get_one(tokens, len(part))
            code = self._library.llama_decode(self._context, batch)
            if code != 0:
                raise FacetError(
                    sentence("llama.cpp could not run {n} tokens (code {code}).", n=len(part), code=code)
                )
        logits = self._library.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(logits, shape=(self._vocab,))

    def reset(self) -> None:
        self._library.llama_memory_clear(self._library.llama_get_memory(self._context), False)


def _library() -> Any:
    """The module, started once and told to be silent."""
    import llama_cpp

    @llama_cpp.llama_log_callback  # type: ignore[untyped-decorator] # the package has no types
    def ignore(level: int, text: bytes, user: object) -> None:
        """What it says goes nowhere: failures come as codes."""

    _KEPT.append(ignore)
    llama_cpp.llama_log_set(ignore, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    return llama_cpp


_KEPT: list[object] = []
"""Callbacks that C still points to."""
