"""What a person adds to a report of a defect: the words of `facet doctor`, without home folders and names.

Blocks for some seconds: a process of its own looks, as the command does.
"""

import subprocess
from collections.abc import Sequence

from app import installation
from app.compare.redaction import cleaner
from app.errors import FacetError
from app.language import sentence

_TIMEOUT_S = 60


def diagnose(command: Sequence[str] = ()) -> str:
    """Raises FacetError when there is no answer. `command` are the words that start doctor."""
    words = command or installation.command("doctor")
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, encoding="utf-8", timeout=_TIMEOUT_S, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise FacetError(
            sentence("The diagnostics could not be made ({error}).", error=error),
            sentence("Run `facet doctor`."),
        ) from None
    clean = cleaner()
    return "\n".join(clean(line.rstrip()) for line in done.stdout.splitlines()) + "\n"
