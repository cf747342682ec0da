"""A backend measured where the chat runs it: in this process, with every token's text handed to a screen.

Beside the same backend in a process of its own it tells what the window costs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.backends import registry
from app.backends.base import Token
from app.backends.tokenizing import load_tokenizer
from app.bench.backend_run import measure_backend
from app.bench.comparison import Measurement
from app.bench.subjects import BackendSubject
from app.formats.tokenizer import StreamingDetokenizer


@dataclass(frozen=True, slots=True)
class WindowSubject:
    """A Measurable (subjects.py). Its peak RSS is 0: the process is the window's."""

    name: str
    headless: BackendSubject
    """The same backend without the window."""
    show: Callable[[str], None]
    """Hears the text of every token as it comes."""
    optional: bool = False

    def measure(self) -> Measurement:
        subject = self.headless
        plan = subject.plan
        detokenizer = StreamingDetokenizer(load_tokenizer(plan.entry))

        def on_token(token: Token) -> bool:
            self.show(detokenizer.feed(token.id))
            return not subject.stop.asked

        measured = measure_backend(
            registry.installed(),
            plan.entry,
            subject.backend,
            plan.sized_options,
            plan.prompts.prompts,
            plan.new_tokens,
            on_token,
            subject.say,
            subject.stop,
        )
        return measured | {"peak_rss_bytes": 0}

    def write_logits(self, ids: Sequence[int], out: Path) -> None:
        """As without the window: it changes no logit."""
        self.headless.write_logits(ids, out)
