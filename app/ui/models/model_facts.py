"""What is said of a model before it is loaded, as words. Pure: headers in, lines out."""

from app.backends.base import OpenOptions
from app.backends.memory_estimate import estimate
from app.catalog.entry import CatalogEntry
from app.catalog.memory import MemoryEstimate
from app.chat.prompt import PromptStyle
from app.language import marked, shown, tr
from app.ui.backend_switch import TITLES
from app.ui.look.quantities import count_text, gb_text, size_text
from app.workers.listing import ListedEntry

Line = tuple[str, str]
"""(what it is, how it is)"""

_FORMATS = {"sbs": "sbs", "huggingface": "Hugging Face", "gguf": "GGUF", "unknown": marked("unknown format")}
_STYLES = {
    PromptStyle.GEMMA_IT: marked("Gemma turns (instruction-tuned)"),
    PromptStyle.TRANSCRIPT: marked("transcript (base model)"),
    PromptStyle.RAW: marked("raw text"),
}
_FILES_SHOWN = 4


def facts_of(entry: CatalogEntry) -> list[Line]:
    """Everything the headers say; what is unknown is left out."""
    lines = [
        (tr("Family"), entry.family),
        (tr("Parameters"), count_text(entry.parameters) if entry.parameters else ""),
        (tr("Format"), " · ".join(filter(None, (format_text(entry.format), entry.precision)))),
        (tr("Vocabulary"), _tokens_text(entry.vocabulary)),
        (tr("Context"), _tokens_text(entry.context_tokens)),
        (tr("Prompt style"), tr(_STYLES[entry.prompt_style]) if entry.usable else ""),
        (tr("Files"), _files_text(entry)),
        (tr("Place"), str(entry.path)),
    ]
    return [(title, text) for title, text in lines if text]


def backend_lines(listed: ListedEntry, free: int | None = None) -> list[Line]:
    """For every backend whether it opens the model, what memory that takes, or why it does not.

    `free` None: nothing is said of what is free.
    """
    return [
        (TITLES.get(name, name), _memory_text(listed, name, free) if state.available else shown(state.reason))
        for name, state in listed.backends.items()
        if state.available or name != "gemma-cli"
    ]


def free_text(free: int) -> str:
    """What is free now."""
    return tr("{size} of memory is free.").format(size=gb_text(free))


def format_text(name: str) -> str:
    """The name of a file format for people."""
    return tr(_FORMATS[name])


def _tokens_text(count: int) -> str:
    return tr("{count} tokens").format(count=count_text(count)) if count else ""


def _memory_text(listed: ListedEntry, backend: str, free: int | None) -> str:
    entry = listed.entry
    needed = estimate(entry, backend, packed=listed.packed)
    if needed is None:
        return tr("opens it")
    parts = [tr("opens it · about {size} of memory").format(size=gb_text(needed.working))]
    if needed.full - needed.working >= needed.working / 20:
        parts.append(tr("{size} with a full context").format(size=gb_text(needed.full)))
    if backend == "native" and needed.opening >= needed.working / 20:
        parts.append(tr("{size} the first time").format(size=gb_text(needed.peak)))
    if backend == "transformers":
        exact = estimate(entry, backend, OpenOptions(dtype="float32"))
        assert exact is not None
        parts.append(_float32_text(exact))
    if free is not None and needed.working > free:
        parts.append(tr("more than is free"))
    return "; ".join(parts)


def _float32_text(needed: MemoryEstimate) -> str:
    while_loading = max(needed.peak, needed.full)
    if while_loading <= needed.working * 1.05:
        return tr("in float32 {size}").format(size=gb_text(needed.working))
    told = tr("in float32 {size}, at most {most}")
    return told.format(size=gb_text(needed.working), most=gb_text(while_loading))


def _files_text(entry: CatalogEntry) -> str:
    named = [f"{name} ({_file_size(size)})" for name, size in entry.files[:_FILES_SHOWN]]
    rest = len(entry.files) - len(named)
    return "\n".join([*named, tr("and %n more", "files", rest)] if rest > 0 else named)


def _file_size(size: int) -> str:
    return size_text(size) or tr("%n byte(s)", "", size)
