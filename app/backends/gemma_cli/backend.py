"""The backend over Google's `gemma` program. Says what that cannot give."""

from app.backends.base import (
    DEFAULT_CONTEXT_TOKENS,
    Availability,
    LoadProgress,
    ModelInfo,
    OpenOptions,
    ProgressCallback,
    Sampling,
)
from app.backends.gemma_cli.executable import Program, find_executable
from app.backends.gemma_cli.session import GemmaCliSession
from app.catalog.entry import CatalogEntry
from app.errors import BackendUnavailable, UnsupportedModel, UsageError
from app.formats.sbs_config import PromptWrapping
from app.formats.sbs_reader import SbsFile
from app.language import sentence

_USUAL = Sampling(max_tokens=512)
"""What a first answer is usually asked with, so that it need not start the program again."""


class GemmaCliModel:
    """Implements app.backends.base.LoadedModel. The program holds the weights; each session runs one."""

    backend = "gemma-cli"
    engine = "gemma program"

    def __init__(
        self, program: Program, entry: CatalogEntry, options: OpenOptions, progress: ProgressCallback
    ) -> None:
        """Raises ModelError, EngineDied, Cancelled."""
        self._program = program
        self._entry = entry
        self._options = options
        self.info, self._wraps = _read_file(entry)
        self._context_tokens = min(options.context_tokens or DEFAULT_CONTEXT_TOKENS, self.info.max_seq_len)
        self._closed = False
        # The first session's program shows that the file loads.
        self._first: GemmaCliSession | None = self._new_session()
        try:
            self._first.load(
                _USUAL, lambda: progress(LoadProgress(sentence("waiting for the gemma program")))
            )
        except BaseException:
            self.close()
            raise

    def session(self) -> GemmaCliSession:
        if self._closed:
            raise UsageError(sentence("The model is closed."))
        first, self._first = self._first, None
        return first or self._new_session()

    def close(self) -> None:
        self._closed = True
        first, self._first = self._first, None
        if first is not None:
            first.close()

    def _new_session(self) -> GemmaCliSession:
        def command(sampling: Sampling, end_line: str) -> list[str]:
            return self._program.command(self._entry, self._options, self._context_tokens, sampling, end_line)

        return GemmaCliSession(command, self._context_tokens, wraps=self._wraps)


class GemmaCliBackend:
    """Implements app.backends.base.Backend."""

    name = "gemma-cli"

    def availability(self) -> Availability:
        try:
            find_executable()
        except BackendUnavailable as error:
            return Availability(False, error.whole)
        return Availability(True)

    def can_open(self, entry: CatalogEntry) -> Availability:
        if entry.problems:
            return Availability(False, entry.problems[0])
        if entry.format != "sbs" or entry.weights is None:
            return Availability(
                False,
                sentence(
                    "The gemma program reads .sbs files; import {model} first (facet import).",
                    model=entry.name,
                ),
            )
        return Availability(True)

    def open(self, entry: CatalogEntry, options: OpenOptions, progress: ProgressCallback) -> GemmaCliModel:
        path = find_executable()
        openable = self.can_open(entry)
        if not openable.available:
            raise UnsupportedModel(openable.reason)
        return GemmaCliModel(Program.ask(path), entry, options, progress)


def _read_file(entry: CatalogEntry) -> tuple[ModelInfo, bool]:
    """From the file's own words, as the program tells nothing; and whether it will wrap questions."""
    assert entry.weights is not None
    with SbsFile.open(entry.weights) as file:
        config = file.config
        info = ModelInfo(
            vocab_size=config.vocab_size,
            max_seq_len=config.max_seq_len,
            num_layers=len(config.layers),
            parameters=entry.parameters,
            weight_type=entry.precision or "unknown",
            eos_ids=(config.eos_id,),
        )
        return info, config.wrapping is not PromptWrapping.GEMMA_PT
