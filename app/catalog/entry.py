"""One model on disk, as the picker shows it: known from headers only, no weights read."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from app.catalog.footprint import Footprint
from app.catalog.recommended import GEMMA, RecommendedSampling
from app.chat.prompt import PromptStyle

ModelFormat = Literal["sbs", "huggingface", "gguf", "unknown"]


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A model: a folder, or a bare `.sbs` or `.gguf` file."""

    name: str
    """Unique in the catalog; what the command line takes."""
    path: Path
    """The folder, or the bare file."""
    format: ModelFormat
    weights: Path | None
    """The .sbs or .gguf file; the folder itself for Hugging Face; None when there is none."""
    tokenizer: Path | None = None
    """Separate SentencePiece file; None when it lies in the .sbs or the .gguf."""
    family: str = ""
    """E.g. "Gemma 3 270M"."""
    parameters: int = 0
    """0 = unknown."""
    size_bytes: int = 0
    precision: str = ""
    """Weight type in words: "bf16", "sfp", "Q4_K_M", ..."""
    context_tokens: int = 0
    vocabulary: int = 0
    files: tuple[tuple[str, int], ...] = ()
    """What the model consists of: file names and bytes."""
    footprint: Footprint | None = None
    """What memory.py estimates from; of a GGUF, as it is once imported."""
    prompt_style: PromptStyle = PromptStyle.GEMMA_IT
    sampling: RecommendedSampling = GEMMA
    problems: tuple[str, ...] = field(default=())
    """Sentences; a broken entry is listed with its reason, never hidden."""

    @property
    def usable(self) -> bool:
        return not self.problems
