"""Which native engine the chat runs and how it holds the weights, as the side panel lets one choose."""

import pytest
from pytestqt.qtbot import QtBot

from app.errors import EngineDied
from app.settings import Settings
from app.ui.backend_switch import TITLES
from app.ui.main_window import MainWindow
from app.ui.models.open_options import as_opened, open_options
from app.ui.panel.native_choices import NativeChoices
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

LINKED = ("builtin", "gemma.cpp")


def _loaded(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)


def _pick(qtbot: QtBot, window: MainWindow, box: str, title: str) -> None:
    combo = getattr(window.panel.native, box)
    combo.setCurrentIndex(combo.findText(title))
    combo.activated.emit(combo.currentIndex())
    _loaded(qtbot, window)


def test_the_engine_can_be_chosen_where_gemma_cpp_is_linked(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = make_window(engines=LINKED)
    _loaded(qtbot, window)
    assert window.panel.native.engine.isVisibleTo(window)
    _pick(qtbot, window, "engine", "gemma.cpp")
    assert backends.native.models[-1].options.engine == "gemma.cpp"
    assert window.panel.figures.text_of("engine").startswith("gemma.cpp")
    assert window.settings.engine == "gemma.cpp"
    assert window.flow.target is not None
    assert window.flow.target.author == "Fake 1B · Native · gemma.cpp"
    assert not window.panel.native.weights.isEnabled()
    _pick(qtbot, window, "engine", "Built-in")
    assert backends.native.models[-1].options.engine == "builtin"
    assert window.panel.native.weights.isEnabled()


def test_without_gemma_cpp_there_is_no_engine_to_choose_and_a_chosen_one_is_let_go(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = make_window(settings=Settings(engine="gemma.cpp"), engines=("builtin",))
    _loaded(qtbot, window)
    assert not window.panel.native.engine.isVisibleTo(window)
    assert [model.options.engine for model in backends.native.models] == ["builtin"]
    assert window.settings.engine == "builtin"


def test_the_form_of_the_weights_is_chosen_shown_and_kept(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, automatic="q8")
    window = make_window(engines=("builtin",))
    _loaded(qtbot, window)
    assert window.panel.figures.text_of("engine") == "builtin · bf16 in 8 bits"
    _pick(qtbot, window, "weights", "As the file has them")
    assert backends.native.models[-1].options.weights == "asis"
    assert window.panel.figures.text_of("engine") == "builtin · bf16"
    _pick(qtbot, window, "weights", "5 bits, lossy")
    assert window.panel.figures.text_of("engine") == "builtin · bf16 in 5 bits"
    again = make_window(settings=window.settings, engines=("builtin",))
    _loaded(qtbot, again)
    assert again.panel.native.weights.currentText() == "5 bits, lossy"
    assert backends.native.models[-1].options.weights == "q4"


def test_what_transformers_does_not_concern_loads_nothing_anew(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = make_window(settings=Settings(backend="transformers"), engines=LINKED)
    _loaded(qtbot, window)
    _pick(qtbot, window, "engine", "gemma.cpp")
    _pick(qtbot, window, "weights", "8 bits")
    assert len(backends.transformers.models) == 1
    window.top_bar.switch.button("native").click()
    _loaded(qtbot, window)
    assert backends.native.models[-1].options.engine == "gemma.cpp"


def test_where_gemma_cpp_dies_the_built_in_engine_is_offered_and_answers(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, engine_error=EngineDied("Its process ended."))
    window = make_window(settings=Settings(engine="gemma.cpp"), engines=LINKED)
    _loaded(qtbot, window)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Question")
    card = window.pane.transcript.error_card
    assert card is not None
    assert card.other.text() == "Use the built-in engine"
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        card.other.click()
    assert window.flow.chat.messages[-1].text == "Hello from the fake."
    assert window.flow.chat.messages[-1].author == "Fake 1B · Native"
    assert backends.native.models[-1].options.engine == "builtin"
    assert window.panel.native.engine.currentText() == "Built-in"
    assert backends.transformers.models == []


@pytest.mark.parametrize(("backend", "other"), [("native", "transformers"), ("transformers", "native")])
def test_after_any_other_runtime_the_other_side_of_the_switch_is_offered(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, backend: str, other: str
) -> None:
    script(backends.by_name()[backend], generate_error=EngineDied("Its process ended."))
    window = make_window(settings=Settings(backend=backend), engines=LINKED)
    _loaded(qtbot, window)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Question")
    card = window.pane.transcript.error_card
    assert card is not None
    assert card.other.text() == f"Use {TITLES[other]}"


def test_a_column_whose_gemma_cpp_dies_goes_on_with_the_built_in_engine(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, engine_error=EngineDied("Its process ended."))
    settings = Settings(compare_runtimes="native-gemma.cpp transformers-bfloat16")
    window = make_window(settings=settings, engines=LINKED)
    window.top_bar.compare_button.click()
    window.views.send("Question")
    left = window.compare.columns[0]
    qtbot.waitUntil(lambda: left.pane.transcript.error_card is not None, timeout=WAIT_MS)
    card = left.pane.transcript.error_card
    assert card is not None
    assert card.other.text() == "Use the built-in engine"
    qtbot.waitUntil(lambda: not window.compare.flow.busy, timeout=WAIT_MS)
    card.other.click()
    qtbot.waitUntil(lambda: not left.busy, timeout=WAIT_MS)
    assert left.choice.engine == "builtin"
    assert left.flow.chat.messages[-1].text == "Hello from the fake."


def test_what_gemma_cpp_computes_otherwise_is_said_beside_the_figures(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, deviations=("RoPE base 10,000, trained with 1,000,000.",))
    window = make_window(settings=Settings(engine="gemma.cpp"), engines=LINKED)
    _loaded(qtbot, window)
    badge = window.panel.figures.deviation
    assert badge.isVisibleTo(window)
    assert "RoPE base" in badge.toolTip()
    window.top_bar.switch.button("transformers").click()
    _loaded(qtbot, window)
    assert not badge.isVisibleTo(window)


def test_a_chat_that_continues_a_column_is_opened_as_that_was(qtbot: QtBot) -> None:
    for engine, weights in (("builtin", "q4"), ("gemma.cpp", "auto")):
        chosen = Settings(engine=engine, weights_in_memory=weights)
        options = open_options(chosen, "native")
        again = as_opened(Settings(weights_in_memory="q8"), "native", options)
        assert open_options(again, "native") == options
    panel = NativeChoices(chosen)
    qtbot.addWidget(panel)
    assert panel.settings(Settings()).engine == "gemma.cpp"
