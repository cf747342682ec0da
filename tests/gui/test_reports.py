"""Reports in the window: saved from a comparison, opened again, refused in a sentence; and the history."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.compare.history import History, history_file
from app.compare.report import read_report
from app.compare.weights_hash import weights_sha256
from app.ui import application
from app.ui.main_window import MainWindow
from app.ui.views import View
from tests.fakes.fake_backend import fake_entry
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

A, B = (200 + ord(letter) for letter in "ab")
Ask = Callable[[], MainWindow]


@pytest.fixture
def ask(qtbot: QtBot, make_window: MakeWindow, tmp_path: Path) -> Ask:
    """ask(): a window whose two sides have answered, laid over each other."""
    entry = fake_entry(tmp_path)
    assert entry.weights is not None
    entry.weights.parent.mkdir(exist_ok=True)
    entry.weights.write_bytes(b"weights")

    def run() -> MainWindow:
        window = make_window()
        window.top_bar.compare_button.click()
        differences = window.compare.differences
        assert differences is not None
        with qtbot.waitSignal(differences.opened, timeout=WAIT_MS):
            window.compare.send("What is the capital of France?")
        qtbot.waitUntil(lambda: not window.compare.flow.busy, timeout=WAIT_MS)
        return window

    return run


def explained(qtbot: QtBot, window: MainWindow) -> None:
    pane, differences = window.compare.analysis, window.compare.differences
    assert pane is not None
    assert differences is not None
    with qtbot.waitSignal(differences.analysed, timeout=6 * WAIT_MS):
        window.registry.run("explain")


def saved(qtbot: QtBot, window: MainWindow, path: Path, *, hide_text: bool = False) -> Path:
    """The report's JSON."""
    controls = window.compare.controls
    action = controls.save_hidden_action if hide_text else controls.save_action
    assert action.isEnabled()
    action.trigger()
    dialog = window.compare.findChildren(QFileDialog)[-1]
    with qtbot.waitSignal(window.compare.said, timeout=WAIT_MS) as said:
        dialog.fileSelected.emit(str(path))
        dialog.close()
    assert path.stem in said.args[0]
    return path.with_suffix(".json")


def opened(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.compare._workers.desk.opened, timeout=WAIT_MS):
        window.open_report(path)


def test_a_saved_report_shows_the_same_when_it_is_opened_again(
    qtbot: QtBot, ask: Ask, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    script(backends.native, answer="xaxa", prefers={B: A})
    script(backends.transformers, answer="xbxb", prefers={A: B})
    first = ask()
    explained(qtbot, first)
    document = saved(qtbot, first, tmp_path / "out.html")
    assert {found.name for found in tmp_path.glob("out.*")} == {"out.html", "out.json", "out.csv"}
    report = read_report(document)
    assert (report.question, report.left.text, report.right.text) == (
        "What is the capital of France?",
        "xaxa",
        "xbxb",
    )
    assert report.redacted
    assert report.left.memory[0].rss_bytes == 0
    assert len(report.left.memory) > 1

    window = make_window([])  # another machine: no model, no backend
    opened(qtbot, window, document)
    page, then = window.compare, first.compare
    assert page.analysis is not None
    assert then.analysis is not None
    pane = page.analysis
    qtbot.waitUntil(lambda: len(pane.tokens.strips.cells) > 0, timeout=WAIT_MS)
    assert page.report_view.isVisible()
    for side, text in zip(page.report_view.sides, ("xaxa", "xbxb"), strict=True):
        assert side.pane.transcript.last_text == text
    for key in ("ttft", "prefill", "decode", "tokens", "load"):
        live = [column.figures.text_of(key) for column in then.columns]
        assert [side.figures.text_of(key) for side in page.report_view.sides] == live
    assert pane.verdict.text() == then.analysis.verdict.text()
    assert pane.tokens.strips.cells == then.analysis.tokens.strips.cells
    assert pane.tokens.stops == then.analysis.tokens.stops
    findings = pane.tokens.findings.text.toPlainText()
    assert findings == then.analysis.tokens.findings.text.toPlainText()
    speed = [list(one.ys) for one in pane.plots.speed.series]
    assert speed == [pytest.approx(column.run.rates) for column in then.columns]
    assert [len(one.ys) for one in pane.plots.divergence.series] == [5, 5]
    assert page.strip.checks == report.checks
    assert not pane.explain.isEnabled()
    assert not pane.repeat.isEnabled()


def test_closing_a_report_brings_the_columns_back(qtbot: QtBot, ask: Ask, tmp_path: Path) -> None:
    window = ask()
    page = window.compare
    assert page.differences is not None
    document = saved(qtbot, window, tmp_path / "out.html")
    opened(qtbot, window, document)
    assert not page.columns[0].isVisible()
    page.report_view.close_button.click()
    assert page.columns[0].isVisible()
    assert page.differences.pair is not None
    assert page.differences.pair[0] is page.columns[0].answer


def test_a_question_closes_the_report_and_is_asked(qtbot: QtBot, ask: Ask, tmp_path: Path) -> None:
    window = ask()
    opened(qtbot, window, saved(qtbot, window, tmp_path / "out.html"))
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        window.views.send("And of Spain?")
    assert not window.compare.report_view.isVisible()
    assert len(window.compare.columns[0].flow.chat.messages) == 4


def test_a_report_without_texts_shows_figures_and_verdict(qtbot: QtBot, ask: Ask, tmp_path: Path) -> None:
    window = ask()
    explained(qtbot, window)
    document = saved(qtbot, window, tmp_path / "out.html", hide_text=True)
    assert "capital" not in document.read_text(encoding="utf-8")
    opened(qtbot, window, document)
    pane = window.compare.analysis
    assert pane is not None
    assert "were left out" in pane.status.text()
    assert "Identical" in pane.verdict.text()
    assert len(pane.tokens.strips.cells) == 0
    assert "were left out" in window.compare.report_view.sides[0].pane.transcript.hint
    assert window.compare.report_view.sides[0].figures.text_of("tokens").endswith("+ 21")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("not JSON", "is not JSON"),
        ("{}", "is no report of Facet"),
        ('{"facet_report": 99}', "newer Facet"),
        ('{"facet_report": 1, "report": {"created": 7}}', "is damaged: report.created should be text"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_report_becomes_a_sentence(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, content: str | None, words: str
) -> None:
    path = tmp_path / "out.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    window = make_window()
    with qtbot.waitSignal(window.compare.said, timeout=WAIT_MS):
        window.open_report(path)
    assert words in window.notice.text
    assert not window.compare.report_view.isVisible()
    assert window.compare.columns[0].isVisible()


def test_a_report_is_never_written_over_another_file(qtbot: QtBot, ask: Ask, tmp_path: Path) -> None:
    window = ask()
    mine = tmp_path / "package.json"
    mine.write_text('{"name": "mine"}', encoding="utf-8")
    saved(qtbot, window, tmp_path / "package.html")
    assert "is no report; it would be replaced" in window.notice.text
    assert json.loads(mine.read_text(encoding="utf-8")) == {"name": "mine"}
    assert not (tmp_path / "package.html").exists()


def test_a_report_can_be_dropped_on_the_window(qtbot: QtBot, ask: Ask, tmp_path: Path) -> None:
    window = ask()
    document = saved(qtbot, window, tmp_path / "out.html")
    window.show_view(View.CHAT)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(document))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, mime, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(window.compare._workers.desk.opened, timeout=WAIT_MS):
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, mime, left, none))
    assert window.compare.report_view.isVisible()
    mime.setUrls([QUrl("https://example.org/out.json")])
    other = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, mime, left, none)
    QApplication.sendEvent(window, other)
    assert not other.isAccepted()


def test_every_answer_goes_into_the_history_without_its_text(qtbot: QtBot, ask: Ask) -> None:
    window = ask()
    column = window.compare.columns[0]
    assert window.wait_for_threads(WAIT_MS)  # what was asked of the desk is done to its end
    with History.open(history_file()) as history:
        left, right = history.latest()
    assert (left.backend, right.backend) == ("native", "transformers")
    assert left.new_tokens == len(column.run.tokens)
    shown = column.figures.text_of("decode").removesuffix(" tok/s").replace("\N{NARROW NO-BREAK SPACE}", "")
    assert left.decode_tok_s == pytest.approx(float(shown), rel=0.02)
    assert b"capital" not in history_file().read_bytes()


def test_a_history_that_cannot_be_kept_is_said_once(qtbot: QtBot, ask: Ask) -> None:
    history_file().mkdir(parents=True)
    window = ask()
    qtbot.waitUntil(lambda: "history" in window.notice.text, timeout=WAIT_MS)
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        window.compare.send("Again")
    assert window.wait_for_threads(WAIT_MS)
    QApplication.processEvents()
    assert window.notice.text.count("cannot be used") == 1


def test_the_weights_of_both_sides_are_compared_by_their_sum(qtbot: QtBot, ask: Ask, tmp_path: Path) -> None:
    window = ask()
    left, right = window.compare.columns
    assert left.listed is not None
    expected = weights_sha256(left.listed.entry)
    qtbot.waitUntil(lambda: left.weights_sha256 == right.weights_sha256 == expected, timeout=WAIT_MS)
    (check,) = [each for each in window.compare.strip.checks if each.name == "weights"]
    assert check.left == check.right == expected[:12]
    report = read_report(saved(qtbot, window, tmp_path / "out.html"))
    assert report.left.settings.weights_sha256 == expected


def test_a_report_can_be_named_on_the_command_line() -> None:
    assert application.parse(["out.json"]).file == Path("out.json")
    assert application.parse([]).file is None
