"""Draws every screen of the window. Run by drawing.py, in a process of its own for each scale.

Each function brings the window there as a person would, on scripted backends.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.backends.base import Availability
from app.chat.record import Attachment
from app.errors import OutOfMemory
from app.settings import Settings
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.ui.models.model_library import ModelLibrary
from app.ui.pages.about_page import AboutPage
from app.workers.listing import ListedEntry
from app.workers.model_desk import ModelDesk
from tests.fakes.fake_backend import fake_entry
from tests.gui.chatting import says
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script
from tests.gui.test_benchmark import Jobs
from tests.gui.test_models_sheet import described
from tests.screens.stage.conftest import HOME, Stage

SIZE = (1180, 760)
USUAL = Settings(seed=7, seed_locked=True, max_tokens=2000)
MODELS = HOME / ".models"
ANSWER = (Path(__file__).parents[2] / "gui" / "sample_answer.md").read_text(encoding="utf-8")
SHORT = "Paris is the capital of France, and its largest city. It lies on the **Seine**."
OTHER = "Paris is the capital of France, and also its biggest city, on the **Seine**."

Opened = Callable[..., MainWindow]


@pytest.fixture
def opened(qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends) -> Opened:
    """opened(loaded=True, entries=None, settings=Settings()): the window in its size."""

    def open_it(
        loaded: bool = True, entries: list[ListedEntry] | None = None, settings: Settings | None = None
    ) -> MainWindow:
        usual = [backends.listed(fake_entry(MODELS, "gemma-3-1b-it"))]
        window = make_window(usual if entries is None else entries, settings or USUAL)
        window.resize(*SIZE)
        if loaded:
            qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
        return window

    return open_it


def _speaks(backends: FakeBackends, answer: str, **changes: object) -> None:
    """With the figures of an engine on an ordinary machine."""
    script(backends.native, answer=answer, token_s=0.008, prefill_s=0.05, load_s=0.4, **changes)


def _ask(qtbot: QtBot, window: MainWindow, question: str) -> None:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send(question)
    _rest(qtbot, window)


def _rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.pane.transcript.settled, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(window.chats.items.chats), timeout=WAIT_MS)
    with qtbot.waitSignal(window.context.counter.counted, timeout=WAIT_MS):
        window.context._later.stop()
        window.context._ask()


def test_first_run(stage: Stage, opened: Opened) -> None:
    stage.take("first-run", opened(loaded=False, entries=[]))


def test_empty_chat(stage: Stage, opened: Opened, backends: FakeBackends) -> None:
    _speaks(backends, SHORT)
    stage.take("empty-chat", opened())


def test_long_answer(stage: Stage, qtbot: QtBot, opened: Opened, backends: FakeBackends) -> None:
    _speaks(backends, ANSWER)
    window = opened()
    _ask(qtbot, window, "What is the quadratic formula, and when does it have two roots?")
    bar = window.pane.transcript.verticalScrollBar()
    bar.setValue(0)
    _rest(qtbot, window)
    stage.take("answer-begin", window)
    bar.setValue(bar.maximum())
    _rest(qtbot, window)
    stage.take("answer-end", window)


def test_error_card(stage: Stage, qtbot: QtBot, opened: Opened, backends: FakeBackends) -> None:
    failure = OutOfMemory(
        "The model needs 2.1 GB of memory, and 1.3 GB are free.",
        "Close other programs, or choose a model of fewer bits.",
    )
    _speaks(backends, SHORT)
    window = opened()
    _ask(qtbot, window, "What is the capital of France?")
    says(backends, SHORT, generate_error=failure)
    _ask(qtbot, window, "And what was it before?")
    stage.take("error-card", window)


@pytest.fixture
def compared(qtbot: QtBot, opened: Opened, backends: FakeBackends) -> MainWindow:
    _speaks(backends, SHORT)
    script(backends.transformers, answer=OTHER, token_s=0.016, prefill_s=0.1, load_s=1.5)
    window = opened()
    window.top_bar.compare_button.click()
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        window.compare.flow.send("What is the capital of France?")
    return window


def test_comparison(stage: Stage, compared: MainWindow) -> None:
    compared.compare.controls.analysis.click()
    stage.take("comparison", compared)


def test_analysis(stage: Stage, qtbot: QtBot, compared: MainWindow) -> None:
    pane, differences = compared.compare.analysis, compared.compare.differences
    assert pane is not None
    assert differences is not None
    stage.take("analysis-plots", compared)
    pane.views.button("words").click()
    stage.take("analysis-words", compared)
    pane.views.button("tokens").click()
    strips = pane.tokens.strips
    qtbot.waitUntil(lambda: len(strips.cells) > 0, timeout=WAIT_MS)
    with qtbot.waitSignal(differences.analysed, timeout=WAIT_MS):
        pane.explain.click()
    qtbot.waitUntil(lambda: len(differences.findings.explanations) == 2, timeout=WAIT_MS)
    strips.horizontalScrollBar().setValue(0)
    strips.select(*pane.tokens.stops[0])
    stage.take("analysis-tokens", compared)


def test_benchmark(
    stage: Stage,
    qtbot: QtBot,
    opened: Opened,
    jobs: Jobs,
    backends: FakeBackends,
    tmp_path: Path,
) -> None:
    window = opened(entries=[backends.listed(fake_entry(tmp_path))])  # whose file is there
    window.top_bar.benchmark_button.click()
    page = window.benchmark.page
    qtbot.waitUntil(lambda: page.trend is not None, timeout=WAIT_MS)
    for _ in range(2):
        with qtbot.waitSignal(page._benchmark.ended, timeout=WAIT_MS):
            page.start_button.click()
    trend = page.trend
    assert trend is not None
    qtbot.waitUntil(lambda: bool(trend.plot.series) and len(trend.plot.series[0].ys) == 2, timeout=WAIT_MS)
    # It may be higher, and how much depends on whether its page was laid out before its runs were read.
    trend.plot.setFixedHeight(trend.plot.minimumHeight())
    window.resize(SIZE[0], SIZE[1] + 8)  # all of the page is laid out anew
    window.resize(*SIZE)
    stage.take("benchmark", window)


def test_models_sheet(stage: Stage, qtbot: QtBot, opened: Opened, theme: Theme) -> None:
    broken = replace(
        fake_entry(MODELS, "gemma-2-2b-it"),
        problems=("The file ends after 812 MB; its header speaks of 2 614 MB.",),
        footprint=None,
    )
    entries = [
        described(MODELS, "gemma-3-1b-it"),
        described(MODELS, "gemma-3-270m"),
        ListedEntry(broken, {"native": Availability(False, broken.problems[0])}),
    ]
    window = opened(entries=entries)
    library = ModelLibrary(window, theme, ModelDesk(), lambda path: None)
    window.registry.run("models")
    stage.take("models", window)
    library.sheet.choose("gemma-2-2b-it")
    stage.take("models-broken", window)
    window.close()
    assert library.wait_for_threads(WAIT_MS)


@pytest.mark.parametrize("page", ["settings", "shortcuts"])
def test_page(stage: Stage, opened: Opened, at_home: Callable[[], None], page: str) -> None:
    window = opened()
    at_home()
    window.registry.run(page)
    stage.take(page, window)


def test_about(
    stage: Stage,
    qtbot: QtBot,
    opened: Opened,
    at_home: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.licenses.own_version", lambda: "1.0.0")
    window = opened()
    at_home()
    window.pages.add("about", AboutPage(lambda: "", lambda: "Licences of what Facet is made of.\n" * 30))
    window.registry.run("about")
    page = window.pages.page("about")
    assert isinstance(page, AboutPage)
    qtbot.waitUntil(lambda: page.licences.toPlainText().startswith("Licences"), timeout=WAIT_MS)
    stage.take("about", window)


def test_palette(stage: Stage, opened: Opened) -> None:
    window = opened()
    window.registry.run("palette")
    window.command_palette.field.setText("ch")
    stage.take("palette", window)


def test_find(stage: Stage, qtbot: QtBot, opened: Opened, backends: FakeBackends) -> None:
    _speaks(backends, SHORT)
    window = opened()
    _ask(qtbot, window, "What is the capital of France?")
    _ask(qtbot, window, "And is it large?")
    window.registry.run("find")
    window.pane.find_bar.field.setText("city")
    qtbot.waitUntil(lambda: window.pane.finder.settled, timeout=WAIT_MS)
    stage.take("find", window)


def test_nearly_full_context(stage: Stage, qtbot: QtBot, opened: Opened, backends: FakeBackends) -> None:
    _speaks(backends, SHORT, context_tokens=400)
    window = opened(settings=replace(USUAL, max_tokens=200))
    _ask(qtbot, window, "What is the capital of France?")
    window.composer.editor.setPlainText(
        "And what was its capital before, in the time of the Carolingian kings?"
    )
    qtbot.waitUntil(lambda: not window.context.meter.warning.isHidden(), timeout=WAIT_MS)
    stage.take("context-meter", window)


def test_attachments(stage: Stage, qtbot: QtBot, opened: Opened, backends: FakeBackends) -> None:
    _speaks(backends, SHORT)
    window = opened()
    files = (
        Attachment("notes.txt", "Buy bread.\n" * 9),
        Attachment("a-file-with-a-very-long-name-of-2026.md", "# A\n"),
    )
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("What do these say?", files)
    _rest(qtbot, window)
    shelf = window.composer.shelf
    for file in files:
        shelf.add(file)
    qtbot.waitUntil(lambda: all("token" in label for label in shelf.labels), timeout=WAIT_MS)
    stage.take("attachments", window)
