"""A report's files: JSON without loss, a page that needs nothing else, CSV, and nobody's name in them."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.compare.record_json import to_json
from app.compare.redaction import hide_text, redact
from app.compare.report import ComparisonReport, read_report, write_report
from app.compare.report_csv import COLUMNS, report_csv
from app.compare.report_html import report_html
from app.compare.svg_plot import Line, Plot, svg
from app.errors import FacetError
from tests.fakes.fake_backend import FakeScript
from tests.unit.compare.conftest import Compared

_VOID = {"meta", "br"}


class _Page(HTMLParser):
    """Refuses elements that are not closed in order; keeps attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(page: str) -> _Page:
    found = _Page()
    found.feed(page)
    found.close()
    assert found.open == []
    return found


@pytest.fixture
def report(compared: Compared) -> ComparisonReport:
    """Two answers that part, one of them with what HTML must not take for its own."""
    compared.native.script = FakeScript(answer="<b>Paris</b> & “Île”", favourite=260)
    compared.transformers.script = FakeScript(answer="<b>Parma</b>")
    return compared(measure_noise=False, repeats=2)


def test_json_is_read_back_without_loss(report: ComparisonReport, tmp_path: Path) -> None:
    broken = replace(report.explanations[0].positions[0], kl=float("inf"), own_margin=float("-inf"))
    first = replace(report.explanations[0], positions=(broken, *report.explanations[0].positions[1:]))
    report = replace(report, explanations=(first, report.explanations[1]))
    write_report(report, tmp_path / "report.json")
    assert read_report(tmp_path / "report.json") == report


def test_the_json_holds_figures_and_divergences_for_other_programs(
    report: ComparisonReport, tmp_path: Path
) -> None:
    write_report(report, tmp_path / "report.json")
    found = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert found["figures"]["left"]["new_tokens"] == len(report.left.tokens)
    assert {each["along"] for each in found["divergences"]} == {"left", "right"}
    assert found["judgements"][0]["verdict"] == "real difference"
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: "{", "not JSON"),
        (lambda text: "[]", "no report of Facet"),
        (lambda text: '{"facet_report": 99}', "newer Facet"),
        (lambda text: '{"facet_report": 1}', "report should be an object"),
        (lambda text: text.replace('"finish": "stop"', '"finish": "tired"'), "report.left.finish should be"),
        (lambda text: text.replace('"load_s": ', '"load_s": "soon", "was": '), "load_s should be a number"),
        (lambda text: text.replace('"machine":', '"engine":'), "report has no machine"),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_a_sentence(
    report: ComparisonReport, tmp_path: Path, change: object, sentence: str
) -> None:
    path = tmp_path / "report.json"
    write_report(report, path)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(FacetError, match=sentence):
        read_report(path)


def test_the_page_is_well_formed_and_loads_nothing(report: ComparisonReport) -> None:
    page = parsed(report_html(report))
    assert {"script", "link", "iframe", "img", "object"}.isdisjoint(page.elements)
    assert {"src", "href", "action"}.isdisjoint(name for name, _ in page.attributes)
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes
    assert page.elements.count("svg") == len([name for name, _ in page.attributes if name == "viewbox"])
    assert page.elements.count("svg") == 3  # speed, memory, divergence
    assert "polyline" in page.elements


def test_an_answer_is_text_on_the_page_whatever_it_holds(report: ComparisonReport) -> None:
    page = parsed(report_html(report))
    assert "b" not in page.elements
    assert "<b>Par" in page.text
    assert "Real difference" in page.text


def test_csv_has_a_row_for_each_token_and_its_verdict(report: ComparisonReport) -> None:
    rows = list(csv.DictReader(io.StringIO(report_csv(report))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["side"] for row in rows].count("left") == len(report.left.tokens)
    assert len(rows) == len(report.left.tokens) + len(report.right.tokens)
    for row in rows:  # left likes "<" best everywhere: where the answer has it, nothing differs
        assert row["verdict"] == ("" if row["text"] == "<" else "real difference")
    assert float(rows[0]["margin_own"]) == report.explanations[0].positions[0].own_margin


HOME = Path("/srv/people/ada.lovelace")


def named(report: ComparisonReport) -> ComparisonReport:
    """With the user's name and folders in every kind of place."""
    settings = replace(report.left.settings, model="ada.lovelace-tune")
    left = replace(report.left, settings=settings, text=f"see {HOME}/notes and C:\\Users\\ada.lovelace\\x")
    return replace(
        report,
        left=left,
        question=f"What is in {HOME}/.models and /home/someone, or /Users/Somebody?",
        notes=(f"{HOME}/models/gemma cannot be read: Ada.Lovelace has no permission.",),
        pieces=((200, "ada.lovelace"),),
    )


@pytest.mark.parametrize("text", ["page", "json", "csv"])
def test_a_redacted_report_names_no_home_and_no_user(
    report: ComparisonReport, tmp_path: Path, text: str
) -> None:
    redacted = redact(named(report), HOME, "ada.lovelace")
    write_report(redacted, tmp_path / "report.json")
    written = {
        "page": report_html(redacted),
        "json": (tmp_path / "report.json").read_text(encoding="utf-8"),
        "csv": report_csv(redacted),
    }[text].lower()
    for secret in ("lovelace", "/srv/people", "/home/", "/users/", "users\\\\", "someone", "somebody"):
        assert secret not in written
    assert redacted.redacted


def test_redaction_leaves_words_that_only_contain_the_name(report: ComparisonReport) -> None:
    report = replace(report, question="Canada and Ada, said root")
    assert redact(report, Path("/"), "ada").question == "Canada and [user], said root"
    assert redact(report, Path("/root"), "root").question == "Canada and Ada, said root"


def test_hidden_text_leaves_figures_and_verdicts(report: ComparisonReport, tmp_path: Path) -> None:
    hidden = hide_text(report)
    write_report(hidden, tmp_path / "report.json")
    page, file = report_html(hidden), (tmp_path / "report.json").read_text(encoding="utf-8")
    for text in (parsed(page).text, file, report_csv(hidden)):
        assert "Par" not in text
        assert "Capital?" not in text
    found = json.loads(file)
    assert found["judgements"][0]["verdict"] == "real difference"
    assert found["figures"]["left"]["new_tokens"] == len(report.left.tokens)
    assert {token["id"] for token in found["report"]["left"]["tokens"]} == {-1}
    assert read_report(tmp_path / "report.json") == hidden


def test_an_account_named_like_a_word_of_facets_own_leaves_the_report_readable(
    report: ComparisonReport, tmp_path: Path
) -> None:
    for user in ("native", "left", "stop", "float32", "turn"):
        redacted = redact(replace(report, question=f"Who is {user}?"), Path("/srv/x"), user)
        assert redacted.question == "Who is [user]?"
        write_report(redacted, tmp_path / "report.json")
        assert read_report(tmp_path / "report.json") == redacted
        assert redacted.left.settings.backend == "native"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda report: replace(report, parted_at=99), "cannot part at token 100"),
        (lambda report: replace(report, parted_at=-1), "cannot part at token 0"),
        (
            lambda report: replace(report, explanations=(replace(report.explanations[0], own="up"),)),
            "there is no side 'up'",
        ),
        (
            lambda report: replace(report, explanations=(replace(report.explanations[0], positions=()),)),
            "0 positions of the left answer are explained",
        ),
        (
            lambda report: replace(
                report,
                explanations=(
                    replace(
                        report.explanations[0], positions=tuple(reversed(report.explanations[0].positions))
                    ),
                ),
            ),
            "not in order",
        ),
    ],
)
def test_a_report_that_contradicts_itself_is_refused(
    report: ComparisonReport,
    tmp_path: Path,
    change: Callable[[ComparisonReport], ComparisonReport],
    sentence: str,
) -> None:
    path = tmp_path / "report.json"
    text = json.dumps({"facet_report": 1, "report": to_json(change(report))})
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FacetError, match=f"is damaged: .*{sentence}"):
        read_report(path)


def test_a_number_beyond_all_bounds_is_refused_with_a_sentence(
    report: ComparisonReport, tmp_path: Path
) -> None:
    path = tmp_path / "report.json"
    write_report(report, path)
    text = path.read_text(encoding="utf-8").replace('"load_s": ', f'"load_s": {"9" * 400}, "was": ', 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FacetError, match="load_s should be a number"):
        read_report(path)


def test_a_file_without_an_end_is_not_read_to_its_end(
    report: ComparisonReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.json"
    write_report(report, path)
    monkeypatch.setattr("app.compare.report.MAX_BYTES", path.stat().st_size - 1)
    with pytest.raises(FacetError, match=r"cannot be read: .*too large"):
        read_report(path)
    monkeypatch.setattr("app.compare.report.MAX_BYTES", path.stat().st_size)
    assert read_report(path) == report


def test_whole_numbers_have_an_end_too(report: ComparisonReport, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_report(report, path)
    text = path.read_text(encoding="utf-8").replace('"time_ns": ', f'"time_ns": {"9" * 400}, "was": ', 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FacetError, match="time_ns should be a whole number"):
        read_report(path)


def test_a_probability_above_one_is_shown_as_one(report: ComparisonReport) -> None:
    explanation = report.explanations[0]
    odd = replace(explanation.positions[0], own_top=((1, 1e18),), other_top=((1, float("inf")),))
    changed = replace(explanation, positions=(odd, *explanation.positions[1:]))
    assert "100.0%" in report_html(replace(report, explanations=(changed, *report.explanations[1:])))


def test_a_flat_line_of_any_height_is_drawn() -> None:
    for height in (0.0, 1.0, 1e20, -1e300):
        drawn = svg(Plot("t", "x", "y", (Line("a", "left", ((1e18, height), (1e18, height))),)))
        assert drawn.startswith("<svg")
        assert "nan" not in drawn
