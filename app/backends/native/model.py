"""Native weights: one opened .sbs file, shared by its sessions."""

import os
import sys
import weakref
from ctypes import byref, c_char_p, c_void_p, sizeof
from pathlib import Path

from app.backends.base import DEFAULT_CONTEXT_TOKENS, LoadProgress, ModelInfo, OpenOptions, ProgressCallback
from app.backends.native import _abi
from app.backends.native._library import NativeLibrary
from app.backends.native.callbacks import CallbackErrors
from app.backends.native.session import NativeSession
from app.backends.native.weights_cache import cache_file
from app.errors import UsageError
from app.formats.regular_file import SizeWatch
from app.language import sentence

_WEIGHT_TYPES = {1: "f32", 2: "bf16", 3: "sfp", 4: "nuq", 8: "i8"}
_WEIGHTS_IN_MEMORY = {
    "auto": _abi.WEIGHTS_AUTO,
    "asis": _abi.WEIGHTS_AS_IS,
    "q8": _abi.WEIGHTS_Q8,
    "q4": _abi.WEIGHTS_Q4,
}
_FORM_IN_MEMORY = {_abi.WEIGHTS_AS_IS: "asis", _abi.WEIGHTS_Q8: "q8", _abi.WEIGHTS_Q4: "q4"}


class NativeModel:
    """Implements app.backends.base.LoadedModel."""

    backend = "native"

    def __init__(
        self, library: NativeLibrary, path: Path, options: OpenOptions, progress: ProgressCallback
    ) -> None:
        """Raises ModelError, OutOfMemory, UsageError, Cancelled."""
        self.library = library
        self.engine = options.engine
        self._options = options
        self._watch = SizeWatch(path)
        self._handle = self._open(path, progress)
        self._finalizer = weakref.finalize(self, library.c.gemma_model_free, self._handle)
        self.info = self._read_info()

    def _open(self, path: Path, progress: ProgressCallback) -> int:
        c = self.library.c
        params = _abi.ModelParams()
        c.gemma_model_params_init(byref(params), sizeof(params))
        wanted = self._options.weights
        cache = cache_file(path, "q8" if wanted == "auto" else wanted)
        if cache is None and wanted == "auto":
            wanted = "asis"  # repacking in memory would hold the weights twice
        params.weights_in_memory = _WEIGHTS_IN_MEMORY[wanted]
        kept = os.fsencode(cache) if cache else b""
        params.cache = kept
        params.cache_size = len(kept)
        engine = self.engine.encode()
        params.engine = engine
        params.engine_size = len(engine)
        errors = CallbackErrors()
        # The struct keeps the callback alive until the call is back.
        params.progress = _abi.ProgressFn(
            errors.guard(
                lambda done, total, _: progress(LoadProgress(sentence("reading weights"), done, total))
            )
        )
        # A path is bytes on POSIX and need not be UTF-8; the library hands them to the system as they are.
        name = str(path).encode() if sys.platform == "win32" else os.fsencode(path)
        handle = c_void_p()
        try:
            c.gemma_model_open(c_char_p(name), len(name), byref(params), byref(handle))
        finally:
            errors.raise_first()
        assert handle.value is not None
        return handle.value

    def _read_info(self) -> ModelInfo:
        info = _abi.ModelInfoStruct(struct_size=sizeof(_abi.ModelInfoStruct))
        self.library.c.gemma_model_get_info(self._handle, byref(info))
        return ModelInfo(
            vocab_size=info.vocab_size,
            max_seq_len=info.max_seq_len,
            num_layers=info.num_layers,
            parameters=info.parameters,
            weight_type=_WEIGHT_TYPES.get(info.weight_type, "unknown"),
            eos_ids=tuple(dict.fromkeys((info.eos_id, info.secondary_eos_id))),
            weights_in_memory=_FORM_IN_MEMORY[info.weights_in_memory],
            weight_bytes_per_token=info.weight_bytes_per_token,
            deviations=tuple((info.deviations or b"").decode().splitlines()),
        )

    def session(self) -> NativeSession:
        if not self._finalizer.alive:
            raise UsageError(sentence("The model is closed."))
        context = min(self._options.context_tokens or DEFAULT_CONTEXT_TOKENS, self.info.max_seq_len)
        params = _abi.SessionParams()
        self.library.c.gemma_session_params_init(byref(params), sizeof(params))
        params.seq_len = context
        params.threads = self._options.threads
        handle = c_void_p()
        self.library.c.gemma_session_new(self._handle, byref(params), byref(handle))
        assert handle.value is not None
        return NativeSession(self.library, handle.value, self.info.vocab_size, context, self._watch.check)

    def close(self) -> None:
        """Lets go of the weights; they stay until the last session is closed."""
        self._finalizer()
