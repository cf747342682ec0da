"""What is said of a model before it is loaded, as words. Pure: headers in, lines out."""

from app.backends.base import OpenOptions
from app.backends.memory_estimate import estimate
from app.catalog.entry import CatalogEntry
from app.catalog.memory import MemoryEstimate
from app.chat.prompt import PromptStyle
from app.ui.backend_switch import TITLES
from app.ui.look.quantities import count_text, gb_text, size_text
from app.workers.listing import ListedEntry

Line = tuple[str, str]
"""(what it is, how it is)"""

FORMATS = {"sbs": "sbs", "huggingface": "Hugging Face", "gguf": "GGUF", "unknown": "unknown format"}
_STYLES = {
    PromptStyle.GEMMA_IT: "Gemma turns (instruction-tuned)",
    PromptStyle.TRANSCRIPT: "transcript (base model)",
    PromptStyle.RAW: "raw text",
}
_FILES_SHOWN = 4


def facts_of(entry: CatalogEntry) -> list[Line]:
    """Everything the headers say; what is unknown is left out."""
    lines = [
        ("Family", entry.family),
        ("Parameters", count_text(entry.parameters) if entry.parameters else ""),
        ("Format", " · ".join(filter(None, (FORMATS[entry.format], entry.precision)))),
        ("Vocabulary", f"{count_text(entry.vocabulary)} tokens" if entry.vocabulary else ""),
        ("Context", f"{count_text(entry.context_tokens)} tokens" if entry.context_tokens else ""),
        ("Prompt style", _STYLES[entry.prompt_style] if entry.usable else ""),
        ("Files", _files_text(entry)),
        ("Place", str(entry.path)),
    ]
    return [(title, text) for title, text in lines if text]


def backend_lines(listed: ListedEntry, free: int | None = None) -> list[Line]:
    """For every backend whether it opens the model, what memory that takes, or why it does not.

    `free` None: nothing is said of what is free.
    """
    return [
        (TITLES.get(name, name), _memory_text(listed, name, free) if state.available else state.reason)
        for name, state in listed.backends.items()
        if state.available or name != "gemma-cli"
    ]


def free_text(free: int) -> str:
    """What is free now."""
    return f"{gb_text(free)} of memory is free."


def _memory_text(listed: ListedEntry, backend: str, free: int | None) -> str:
    entry = listed.entry
    needed = estimate(entry, backend, packed=listed.packed)
    if needed is None:
        return "opens it"
    words = f"opens it · about {gb_text(needed.working)} of memory"
    if needed.full - needed.working >= needed.working / 20:
        words += f", {gb_text(needed.full)} with a full context"
    if backend == "native" and needed.opening >= needed.working / 20:
        words += f"; {gb_text(needed.peak)} the first time"
    if backend == "transformers":
        exact = estimate(entry, backend, OpenOptions(dtype="float32"))
        assert exact is not None
        words += f"; in float32 {_float32_text(exact)}"
    return f"{words}. More than is free" if free is not None and needed.working > free else words


def _float32_text(needed: MemoryEstimate) -> str:
    while_loading = max(needed.peak, needed.full)
    if while_loading <= needed.working * 1.05:
        return gb_text(needed.working)
    return f"{gb_text(needed.working)}, at most {gb_text(while_loading)}"


def _files_text(entry: CatalogEntry) -> str:
    shown = [f"{name} ({size_text(size) or f'{size} bytes'})" for name, size in entry.files[:_FILES_SHOWN]]
    rest = len(entry.files) - len(shown)
    return "\n".join([*shown, f"and {rest} more"] if rest > 0 else shown)
