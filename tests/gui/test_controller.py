"""The controller: what a pane may rely on while requests start, stop and fail."""

import asyncio
import weakref
from typing import Any

import pytest
import qasync
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.backends.base import LoadProgress, OpenOptions, Sampling
from app.backends.registry import OpenedModel
from app.catalog.entry import CatalogEntry
from app.chat.conversation import Conversation
from app.chat.prompt import PromptStyle
from app.errors import Busy, Cancelled, FacetError, InternalError, UsageError
from app.formats.tokenizer import Tokenizer
from app.workers.controller import ControllerState, GenerationController
from app.workers.events import AnswerChunk, AnswerFinished, ModelLoaded, RequestFailed, WorkerEvent
from tests.fakes.fake_backend import fake_entry
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeController, script

ASKED = Conversation().with_turn("user", "Hello")


@pytest.fixture
def entry(tmp_path_factory: pytest.TempPathFactory) -> CatalogEntry:
    return fake_entry(tmp_path_factory.mktemp("models"))


def _load(qtbot: QtBot, controller: GenerationController, entry: CatalogEntry) -> None:
    controller.start_load(entry, "native", OpenOptions())
    qtbot.waitUntil(lambda: controller.state is ControllerState.READY, timeout=WAIT_MS)


def _answer(controller: GenerationController) -> int:
    return controller.start_answer(ASKED, PromptStyle.GEMMA_IT, Sampling())


def _record(controller: GenerationController) -> list[WorkerEvent]:
    events: list[WorkerEvent] = []
    controller.reported.connect(events.append)
    return events


def test_an_answer_arrives_whole_with_the_end_last(
    qtbot: QtBot, controller: GenerationController, entry: CatalogEntry, backends: FakeBackends
) -> None:
    script(backends.native, answer="Grüße aus Zürich 🎉", token_s=0.001)
    _load(qtbot, controller, entry)
    events = _record(controller)
    _answer(controller)
    qtbot.waitUntil(lambda: controller.state is ControllerState.READY, timeout=WAIT_MS)
    assert isinstance(events[-1], AnswerFinished)
    chunks = [event for event in events if isinstance(event, AnswerChunk)]
    assert "".join(chunk.text for chunk in chunks) == events[-1].text == "Grüße aus Zürich 🎉"
    assert sum(len(chunk.tokens) for chunk in chunks) == events[-1].timings.new_tokens


def test_events_arrive_in_the_gui_thread(
    qtbot: QtBot, controller: GenerationController, entry: CatalogEntry
) -> None:
    threads = []
    controller.reported.connect(lambda _event: threads.append(QThread.currentThread()))
    _load(qtbot, controller, entry)
    assert set(threads) == {controller.thread()}


def test_late_events_of_an_earlier_request_are_dropped(
    qtbot: QtBot, controller: GenerationController, entry: CatalogEntry
) -> None:
    _load(qtbot, controller, entry)
    events = _record(controller)
    request = _answer(controller)
    late = RequestFailed(request - 1, InternalError("late"))
    controller._worker.reported.emit(late)
    qtbot.waitUntil(lambda: controller.state is ControllerState.READY, timeout=WAIT_MS)
    assert late not in events
    assert isinstance(events[-1], AnswerFinished)


def test_a_cancel_before_the_request_has_begun_ends_it(
    qtbot: QtBot, controller: GenerationController, entry: CatalogEntry, backends: FakeBackends
) -> None:
    script(backends.native, prefill_s=3600, answer="never")
    _load(qtbot, controller, entry)
    events = _record(controller)
    _answer(controller)
    controller.cancel()
    assert controller.state is ControllerState.STOPPING
    qtbot.waitUntil(lambda: controller.state is ControllerState.READY, timeout=WAIT_MS)
    assert isinstance(events[-1], AnswerFinished)
    assert events[-1].finish == "cancelled"


def test_a_cancelled_load_leaves_nothing_and_the_next_one_works(
    qtbot: QtBot, controller: GenerationController, entry: CatalogEntry, backends: FakeBackends
) -> None:
    script(backends.native, load_s=60, load_steps=6000)
    events = _record(controller)
    controller.start_load(entry, "native", OpenOptions())
    qtbot.waitUntil(lambda: events != [], timeout=WAIT_MS)
    controller.cancel()
    qtbot.waitUntil(lambda: controller.state is ControllerState.IDLE, timeout=WAIT_MS)
    assert isinstance(events[-1], RequestFailed)
    assert isinstance(events[-1].error, Cancelled)
    script(backends.native)
    _load(qtbot, controller, entry)
    assert len(backends.native.models) == 1


def test_a_second_request_while_one_runs_is_refused(
    qtbot: QtBot, controller: GenerationController, entry: CatalogEntry, backends: FakeBackends
) -> None:
    script(backends.native, prefill_s=3600)
    _load(qtbot, controller, entry)
    _answer(controller)
    with pytest.raises(Busy):
        _answer(controller)
    controller.cancel()
    qtbot.waitUntil(lambda: not controller.running, timeout=WAIT_MS)


def test_a_load_closes_the_model_before(
    qtbot: QtBot, controller: GenerationController, entry: CatalogEntry, backends: FakeBackends
) -> None:
    _load(qtbot, controller, entry)
    _load(qtbot, controller, entry)
    first, second = backends.native.models
    assert first.closed
    assert first.sessions[0].closed
    assert not second.closed


def test_the_tokenizer_before_lives_until_the_next_model_is_open(
    qtbot: QtBot,
    controller: GenerationController,
    entry: CatalogEntry,
    backends: FakeBackends,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[weakref.ref[Tokenizer]] = []
    living: list[int] = []

    def opening(*request: Any) -> OpenedModel:
        living.append(sum(known() is not None for known in opened))
        found = FakeBackends.open(backends, *request)
        opened.append(weakref.ref(found.tokenizer))
        return found

    monkeypatch.setattr(controller._worker, "_open_model", opening)
    for _ in range(3):
        _load(qtbot, controller, entry)
    assert living == [0, 1, 1], "it is there to be shared, and no longer"
    events = _record(controller)
    script(backends.native, load_error=FacetError("No such file."))
    controller.start_load(entry, "native", OpenOptions())
    qtbot.waitUntil(lambda: any(isinstance(event, RequestFailed) for event in events), timeout=WAIT_MS)
    assert opened[-1]() is None, "the error that is told does not keep it"


def test_an_unexpected_exception_becomes_a_sentence_and_a_line_in_the_log(
    qtbot: QtBot,
    controller: GenerationController,
    entry: CatalogEntry,
    backends: FakeBackends,
    expected_warnings: pytest.LogCaptureFixture,
) -> None:
    script(backends.native, generate_error=ZeroDivisionError("by zero"))
    _load(qtbot, controller, entry)
    events = _record(controller)
    _answer(controller)
    qtbot.waitUntil(lambda: not controller.running, timeout=WAIT_MS)
    assert isinstance(events[-1], RequestFailed)
    assert "ZeroDivisionError: by zero" in str(events[-1].error)
    assert "unexpected error" in expected_warnings.text


def test_two_controllers_do_not_wait_for_each_other(
    qtbot: QtBot, make_controller: MakeController, entry: CatalogEntry, backends: FakeBackends
) -> None:
    slow, fast = make_controller(), make_controller()
    _load(qtbot, slow, entry)
    script(backends.native, answer="quick")
    _load(qtbot, fast, entry)
    backends.native.models[0].sessions[0]._script = FakeBackends().native.script.__class__(prefill_s=3600)
    _answer(slow)
    events = _record(fast)
    _answer(fast)
    qtbot.waitUntil(lambda: fast.state is ControllerState.READY, timeout=WAIT_MS)
    assert isinstance(events[-1], AnswerFinished)
    assert slow.state is ControllerState.GENERATING


def test_leaving_the_async_iteration_cancels_the_request(
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    controller: GenerationController,
    entry: CatalogEntry,
    backends: FakeBackends,
) -> None:
    script(backends.native, answer="word " * 4000, token_s=0.005)
    seen: list[object] = []

    async def first_words() -> None:
        seen.extend([event async for event in controller.load(entry, "native", OpenOptions())])
        answer = controller.answer(ASKED, PromptStyle.GEMMA_IT, Sampling())
        seen.append(await anext(answer))
        await answer.aclose()

    task = asyncio.get_running_loop().create_task(first_words())
    qtbot.waitUntil(task.done, timeout=WAIT_MS)
    task.result()
    assert isinstance(seen[0], LoadProgress)
    assert isinstance(seen[-2], ModelLoaded)
    assert isinstance(seen[-1], AnswerChunk)
    qtbot.waitUntil(lambda: controller.state is ControllerState.READY, timeout=WAIT_MS)


def test_shutdown_frees_the_model_and_ends_the_thread(
    qtbot: QtBot, controller: GenerationController, entry: CatalogEntry, backends: FakeBackends
) -> None:
    script(backends.native, prefill_s=3600)
    _load(qtbot, controller, entry)
    _answer(controller)
    qtbot.waitUntil(lambda: backends.prompts != [], timeout=WAIT_MS)
    assert controller.wait_for_shutdown(WAIT_MS)
    assert backends.native.models[0].closed
    with pytest.raises(Cancelled):
        _answer(controller)


def test_a_model_that_is_lent_stays_open_and_requests_wait_for_it(
    qtbot: QtBot, controller: GenerationController, entry: CatalogEntry, backends: FakeBackends
) -> None:
    _load(qtbot, controller, entry)
    model = backends.native.models[-1]
    with controller.lend() as opened:
        assert opened.model is model
        controller.start_load(entry, "transformers", OpenOptions())
        with pytest.raises(Busy), controller.lend():
            pass
        qtbot.wait(50)
        assert not model.closed
        assert controller.state is ControllerState.LOADING
    qtbot.waitUntil(lambda: controller.state is ControllerState.READY, timeout=WAIT_MS)
    assert model.closed


def test_a_side_without_a_model_has_nothing_to_lend(controller: GenerationController) -> None:
    with pytest.raises(UsageError, match="no model open"), controller.lend():
        pass
