"""Two answers laid over each other: strips, steps, likeliest tokens, words."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.compare.sequences import align
from app.settings import Settings
from app.ui.compare.alternatives_table import Alternative, AlternativesItemModel
from app.ui.compare.analysis_pane import AnalysisPane
from app.ui.compare.strip_layout import written
from app.ui.compare.token_strips import Mark, TokenStrips
from app.ui.look.colors import DARK, LIGHT
from app.ui.main_window import MainWindow
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

Compare = Callable[[str, str], AnalysisPane]


@pytest.fixture
def windows() -> list[MainWindow]:
    return []


@pytest.fixture
def compare(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, windows: list[MainWindow]
) -> Compare:
    """compare(left, right): the token view of these two answers."""

    def run(left: str, right: str) -> AnalysisPane:
        script(backends.native, answer=left)
        script(backends.transformers, answer=right)
        window = make_window(settings=Settings(max_tokens=0))
        windows.append(window)
        window.top_bar.compare_button.click()
        with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
            window.compare.flow.send("Hello")
        pane = window.compare.analysis
        assert pane is not None
        pane.views.button("tokens").click()
        qtbot.waitUntil(lambda: len(pane.tokens.strips.cells) > 0, timeout=WAIT_MS)
        return pane

    return run


def test_the_strips_go_to_where_the_answers_part(compare: Compare) -> None:
    pane = compare("Paris is old.", "Paris was old.")
    cells = pane.tokens.strips.cells
    assert [cell.equal for cell in cells[:6]] == [True] * 6
    assert pane.tokens.strips.selected == (6, 0)
    assert not cells[6].equal
    assert pane.status.text().startswith("They part at token 7;")


def test_n_and_p_step_through_the_differences(qtbot: QtBot, compare: Compare) -> None:
    pane = compare("one cat, two cats", "one dog, two dogs")
    strips = pane.tokens.strips
    first, second = pane.tokens.stops
    assert strips.selected == first
    assert not pane.previous.isEnabled()
    qtbot.keyClick(strips, Qt.Key.Key_N)
    assert strips.selected == second
    assert not pane.next.isEnabled()
    qtbot.keyClick(strips, Qt.Key.Key_N)
    assert strips.selected == second
    qtbot.keyClick(strips, Qt.Key.Key_P)
    assert strips.selected == first


def test_an_n_typed_into_the_composer_is_a_letter(
    qtbot: QtBot, compare: Compare, windows: list[MainWindow]
) -> None:
    pane = compare("one cat, two cats", "one dog, two dogs")
    before = pane.tokens.strips.selected
    editor = windows[0].composer.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "np")
    assert editor.toPlainText() == "np"
    assert pane.tokens.strips.selected == before


def test_equal_answers_have_nothing_to_step_to(compare: Compare) -> None:
    pane = compare("The same.", "The same.")
    assert pane.tokens.stops == ()
    assert not pane.next.isEnabled()
    assert pane.status.text() == "The same 10 tokens on both sides"
    assert pane.words.legend == "The answers have the same words."


def test_a_selected_token_shows_what_each_side_found_likely_there(qtbot: QtBot, compare: Compare) -> None:
    pane = compare("cat", "cut")
    left, right = (table.items for table in pane.tokens.tables)
    assert pane.tokens.tables[0].heading == "left, token 2"
    assert left.rowCount() == right.rowCount() == 8
    row = [left.data(left.index(0, column)) for column in range(5)]
    assert row == ["1", "a", str(200 + ord("a")), "90.5 %", "0.000"]
    assert left.data(left.index(2, 4)) == "2.000"
    assert right.data(right.index(0, 1)) == "u"
    qtbot.keyClick(pane.tokens.strips, Qt.Key.Key_Home)
    assert left.data(left.index(0, 1)) == right.data(right.index(0, 1)) == "c"


def test_the_pointer_looks_at_a_token_and_leaves_the_selection(qtbot: QtBot, compare: Compare) -> None:
    pane = compare("cat", "cut")
    strips = pane.tokens.strips
    qtbot.mouseMove(strips.viewport(), QPoint(2, 2))
    qtbot.mouseMove(strips.viewport(), strips._box(2, 1).center())
    assert pane.tokens.tables[1].heading == "right, token 3"
    assert strips.selected == (1, 0)
    qtbot.mouseClick(strips.viewport(), Qt.MouseButton.LeftButton, pos=strips._box(2, 1).center())
    assert strips.selected == (2, 1)


def test_a_new_question_empties_the_strips(
    qtbot: QtBot, compare: Compare, windows: list[MainWindow], backends: FakeBackends
) -> None:
    pane = compare("cat", "cut")
    script(backends.native, prefill_s=3600)
    backends.native.models[-1].sessions[-1]._script = backends.native.script
    windows[0].compare.flow.send("And now?")
    assert pane.tokens.strips.cells == ()
    assert pane.tokens.tables[0].items.rowCount() == 0
    windows[0].compare.flow.stop()
    qtbot.waitUntil(lambda: not windows[0].compare.flow.busy, timeout=WAIT_MS)


def test_words_of_one_side_only_are_counted_and_coloured(compare: Compare) -> None:
    pane = compare("The cat sat down", "The dog sat down there")
    assert pane.words.legend == "3 words on both sides, 1 only left, 2 only right"
    assert pane.words.text.toPlainText().replace("\xa0", " ") == "The catdog sat down there"


def test_a_third_side_can_be_laid_over_the_left_one(
    qtbot: QtBot, compare: Compare, windows: list[MainWindow], backends: FakeBackends
) -> None:
    pane = compare("cat", "cut")
    page = windows[0].compare
    page.controls.add.click()
    script(backends.native, answer="cat and dog")
    with qtbot.waitSignal(page.flow.finished, timeout=WAIT_MS):
        page.flow.send("Again")
    pane.pairs.button("third").click()
    assert page.differences is not None
    assert page.differences.pair is not None
    assert page.differences.pair[1] is page.columns[2].answer
    qtbot.waitUntil(lambda: len(pane.tokens.strips.cells) > 0, timeout=WAIT_MS)
    assert pane.status.text().startswith("They part at token 4")


def test_two_thousand_tokens_open_within_300_ms(
    qtbot: QtBot, compare: Compare, windows: list[MainWindow], backends: FakeBackends
) -> None:
    pane = compare("cat", "cut")
    left = "".join(chr(97 + (n * n) % 23) for n in range(2000))
    right = "".join(chr(97 + (n * n + n // 700) % 23) for n in range(2000))
    script(backends.native, answer=left)
    script(backends.transformers, answer=right)
    for backend in (backends.native, backends.transformers):
        backend.models[-1].sessions[-1]._script = backend.script
    page = windows[0].compare
    opened: list[float] = []
    assert page.differences is not None
    page.differences.opened.connect(lambda: opened.append(time.monotonic()))
    with qtbot.waitSignal(page.differences.opened, timeout=WAIT_MS):
        page.flow.send("More")
    last = page.columns[1].run.tokens[-1].time_ns / 1e9
    painting = time.monotonic()
    pane.tokens.strips.repaint()
    taken = opened[-1] - last + time.monotonic() - painting
    print(f"2 000 tokens open after {taken * 1000:.0f} ms")  # noqa: T201
    assert len(page.columns[0].run.tokens) == 2001
    assert taken < 0.3


def test_the_strips_paint_marks_in_either_theme(qtbot: QtBot) -> None:
    strips = TokenStrips(LIGHT)
    qtbot.addWidget(strips)
    strips.resize(400, strips.height())
    strips.show()
    pictures = []
    for colors in (LIGHT, DARK):
        strips.show_colors(colors)
        strips.show_answers(
            align([1, 2, 3], [1, 4, 3]).cells, ("left", "right"), ["a", "b", "c"], ["a", "x", "c"]
        )
        plain = strips.viewport().grab().toImage()
        strips.show_marks({1: Mark(0.5, parted=True, real=True)}, {})
        box = strips._box(1, 0)
        marked = strips.viewport().grab().toImage()
        assert marked != plain
        assert marked.pixelColor(box.left() + 2, box.bottom()).name() == colors.danger
        assert marked.pixelColor(box.right() - 1, box.bottom()).name() != colors.danger
        pictures.append(marked)
    assert pictures[0] != pictures[1]


def test_the_alternatives_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    items = AlternativesItemModel()
    qtmodeltester.check(items)
    items.show_rows([Alternative(1, "·a", 5, -0.2, True), Alternative(0, "b", 6, float("nan"), False)])
    qtmodeltester.check(items)
    assert [items.data(items.index(1, column)) for column in range(5)] == ["–", "b", "6", "–", "–"]
    items.show_rows([Alternative(1, "<b>", 7, -0.2, False)])  # no tag of the tooltip's
    assert "&lt;b&gt;" in items.data(items.index(0, 1), Qt.ItemDataRole.ToolTipRole)


def test_spaces_and_line_ends_of_a_token_can_be_seen() -> None:
    assert written(" Paris") == "·Paris"
    assert written("\n\n") == "⏎⏎"
    assert written("") == "∅"
    assert len(written("x" * 100)) == 24
