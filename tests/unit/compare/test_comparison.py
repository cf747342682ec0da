"""A whole comparison: its figures against known delays, its order, its failures, its end."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.compare.figures import figures_of
from app.compare.noise import ASSUMED
from app.compare.one_sided import OneSideFailed
from app.compare.report_html import report_html
from app.compare.verdict import Verdict
from app.errors import Cancelled, ContextFull, ModelError
from tests.fakes.fake_backend import FakeBackend, FakeScript, FakeSession
from tests.fakes.fake_tokenizer import FIRST_BYTE
from tests.unit.compare.conftest import Compared

SLOW = FakeScript(answer="Paris, in France.", load_s=2.0, prefill_s=0.5, token_s=0.04)
QUICK = FakeScript(answer="Paris, in France.", load_s=0.8, prefill_s=0.125, token_s=0.01)


def test_every_figure_is_that_of_the_script(compared: Compared, clock: Callable[[], float]) -> None:
    compared.native.script, compared.transformers.script = QUICK, SLOW
    report = compared(explain=False)
    prompt = len(report.left.prompt_ids)
    for run, script in ((report.left, QUICK), (report.right, SLOW)):
        found = figures_of(run)
        assert found.load_s == pytest.approx(script.load_s, rel=0.02)
        assert found.ttft_s == pytest.approx(script.prefill_s, rel=0.02)
        assert found.prefill_tok_s == pytest.approx(prompt / script.prefill_s, rel=0.02)
        assert found.decode_tok_s == pytest.approx(1 / script.token_s, rel=0.02)
        assert (found.prompt_tokens, found.new_tokens) == (prompt, len(script.answer) + 1)
    assert clock() > 10 + SLOW.load_s + QUICK.load_s


def test_the_page_shows_these_figures(compared: Compared, clock: Callable[[], float]) -> None:
    compared.native.script, compared.transformers.script = QUICK, SLOW
    page = report_html(compared(explain=False))
    assert "<td>0.80</td><td>2.00</td>" in page  # load, s
    assert "<td>0.125</td><td>0.500</td>" in page  # first token, s
    assert "<td>100.0</td><td>25.0</td>" in page  # decode, tok/s
    assert "prefill ×4.00, decode ×4.00" in page


def test_in_turn_the_second_side_is_opened_when_the_first_has_answered(compared: Compared) -> None:
    compared(explain=False)
    words = [line.partition(":")[0] for line in compared.narrated]
    assert words == sorted(words)
    assert compared.narrated[-1] == "right: answering"


def test_the_answers_part_where_their_ids_do(compared: Compared) -> None:
    report = compared()
    assert (report.left.text, report.right.text, report.parted_at) == ("Paris.", "Parma.", 3)
    assert [explanation.own for explanation in report.explanations] == ["left", "right"]
    assert report.noise is not None
    assert report.noise.source.startswith("transformers in float32 and bfloat16")
    assert dict(report.pieces)[FIRST_BYTE + ord("P")] == "P"


def test_a_side_that_likes_something_else_best_is_really_different(compared: Compared) -> None:
    compared.transformers.script = replace(compared.native.script, favourite=FIRST_BYTE + ord("x"))
    report = compared(measure_noise=False)
    along_left = report.explanations[0]
    assert report.noise is ASSUMED
    judgement = report.judgement(along_left)
    assert judgement is not None
    assert judgement.verdict is Verdict.REAL
    first = report.divergences(along_left)[0]
    assert (first.index, first.left_id, first.right_id) == (0, FIRST_BYTE + ord("P"), FIRST_BYTE + ord("x"))
    assert "prefers “P” to “x” by 8.000, right the other way by 1.000" in first.sentence


def test_at_once_both_sides_answer_together_and_say_so(
    compared: Compared, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2, timeout=60)
    monkeypatch.setattr(FakeSession, "_check", lambda session, ids: both.wait())
    report = compared(mode="at once", explain=False)
    assert report.mode == "at once"
    assert report.left.shared_processor
    assert report.right.shared_processor


@pytest.mark.parametrize("mode", ["in turn", "at once"])
@pytest.mark.parametrize(("failing", "answered"), [("native", "right"), ("transformers", "left")])
@pytest.mark.parametrize("error", ["generate_error", "load_error"])
def test_where_a_side_fails_the_other_answers_all_the_same(
    compared: Compared, mode: str, failing: str, answered: str, error: str
) -> None:
    fakes = {fake.name: fake for fake in (compared.native, compared.transformers)}
    wanted = {name: fake.script.answer for name, fake in fakes.items() if name != failing}
    fakes[failing].script = replace(fakes[failing].script, **{error: ContextFull("Too long.", "Shorten it.")})
    with pytest.raises(OneSideFailed, match=r"side failed: Too long\.") as failure:
        compared(mode=mode)
    assert failure.value.next_step == "Shorten it."
    assert (failure.value.answered, failure.value.run.text) == (answered, *wanted.values())
    assert all(model.closed for fake in fakes.values() for model in fake.models)


@pytest.mark.parametrize("mode", ["in turn", "at once"])
def test_where_both_sides_fail_both_reasons_are_said(compared: Compared, mode: str) -> None:
    compared.native.script = FakeScript(generate_error=ContextFull("Too long."))
    compared.transformers.script = FakeScript(load_error=ModelError("Of another kind."))
    with pytest.raises(ContextFull, match=r"left side failed: Too long\. The right .*: Of another kind"):
        compared(mode=mode)
    assert compared.native.models[0].closed


def test_without_a_noise_measurement_the_report_says_why(compared: Compared) -> None:
    compared.entry = replace(compared.entry, parameters=10**15)
    report = compared()
    assert report.noise is ASSUMED
    assert "The noise band is assumed, not measured" in report.notes[0]


def test_repetitions_are_of_both_sides(compared: Compared) -> None:
    found = compared(explain=False, repeats=3).repetitions
    assert [(each.backend, each.times, each.same) for each in found] == [
        ("native", 3, True),
        ("transformers", 3, True),
    ]


@pytest.mark.parametrize(
    ("where", "changes"),
    [
        ("left: answering", {"mode": "in turn"}),
        ("both sides: answering", {"mode": "at once"}),
        ("right: answering 2 times", {"explain": False, "repeats": 2}),
    ],
)
def test_a_cancel_ends_a_long_prefill(compared: Compared, where: str, changes: dict[str, Any]) -> None:
    """Of an answer, and of a repetition: the session is told, whatever it computes."""
    slow = compared.transformers if where.startswith("right") else compared.native
    comparison = compared.comparison(**changes)
    failures: list[BaseException] = []

    def run() -> None:
        try:
            comparison.run()
        except Cancelled as error:
            failures.append(error)

    def narrate(words: str) -> None:
        if words == where:
            for model in slow.models:
                model._script = replace(model._script, prefill_s=120.0)

    comparison._narrate = narrate
    thread = threading.Thread(target=run)
    thread.start()
    waiting = threading.Event()
    while not any(session._running and session._script.prefill_s for session in _sessions(slow)):
        waiting.wait(0.01)
    comparison.cancel()
    thread.join(60)
    assert not thread.is_alive()
    assert len(failures) == 1
    assert all(model.closed for model in compared.native.models)


def _sessions(backend: FakeBackend) -> list[FakeSession]:
    return [session for model in list(backend.models) for session in list(model.sessions)]
