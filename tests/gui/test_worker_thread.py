"""A worker's thread starts when it is needed, and ends in time whatever it does."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from pytestqt.qtbot import QtBot

from app.errors import BadModelFile, FacetError
from app.language import Sentence, sentence
from app.workers.failures import telling
from app.workers.worker_thread import WorkerThread
from tests.gui.conftest import WAIT_MS


class Worker(QObject):
    """Does what it is asked, and notes where."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.began = threading.Event()
        self.may_go_on = threading.Event()
        self.finished: list[object] = []
        self.ran_in: threading.Thread | None = None

    @Slot(object)
    def work(self, what: object) -> None:
        with telling(self.failed.emit):
            self.ran_in = threading.current_thread()
            self.began.set()
            if what == "wait":
                assert self.may_go_on.wait(WAIT_MS / 1000)
            if isinstance(what, Exception):
                raise what
            self.finished.append(what)
            self.done.emit(what)


class Owner(QObject):
    """What the window sees."""

    done = Signal(object)
    failed = Signal(object)
    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.worker = Worker()
        self.working = WorkerThread(self, "facet-test", self.worker)
        self.working.connect(self.asked, self.worker.work)
        self.working.connect(self.worker.done, self.done)
        self.working.connect(self.worker.failed, self.failed)

    def ask(self, what: object) -> None:
        if self.working.ready():
            self.asked.emit(what)

    @property
    def running(self) -> bool:
        return self.working.running


@pytest.fixture
def owner(qapp: object) -> Iterator[Owner]:
    made = Owner()
    yield made
    made.worker.may_go_on.set()
    assert made.working.wait(WAIT_MS)


def test_it_starts_when_something_is_asked_for(owner: Owner, qtbot: QtBot) -> None:
    assert not owner.running
    with qtbot.waitSignal(owner.done, timeout=WAIT_MS) as answered:
        owner.ask("a")
    assert answered.args == ["a"]
    assert owner.running


def test_one_that_was_never_started_ends_at_once(owner: Owner) -> None:
    owner.working.end()
    assert owner.working.wait(0)
    owner.ask("late")
    assert not owner.running


def test_answers_come_in_the_thread_of_the_owner(owner: Owner, qtbot: QtBot) -> None:
    seen: list[threading.Thread] = []
    owner.done.connect(lambda _: seen.append(threading.current_thread()))
    with qtbot.waitSignal(owner.done, timeout=WAIT_MS):
        owner.ask("a")
    assert seen == [threading.main_thread()]
    assert owner.worker.ran_in is not threading.main_thread()


def test_while_it_is_busy_it_ends_after_everything_that_was_asked_for(owner: Owner) -> None:
    owner.ask("wait")
    owner.ask("next")
    assert owner.worker.began.wait(WAIT_MS / 1000)
    owner.working.end()
    owner.ask("late")
    owner.worker.may_go_on.set()
    assert owner.working.wait(WAIT_MS)
    assert owner.worker.finished == ["wait", "next"]


def test_one_that_is_ended_before_it_runs_does_what_it_was_asked_for(owner: Owner) -> None:
    owner.ask("a")
    owner.working.end()
    assert owner.working.wait(WAIT_MS)
    assert owner.worker.finished == ["a"]


def test_ending_twice_is_ending_once(owner: Owner) -> None:
    owner.ask("a")
    for _ in range(2):
        owner.working.end()
        assert owner.working.wait(WAIT_MS)
    assert owner.worker.finished == ["a"]
    assert owner.working.closing


def test_one_that_does_not_end_in_time_is_told(
    owner: Owner, expected_warnings: pytest.LogCaptureFixture
) -> None:
    owner.ask("wait")
    assert owner.worker.began.wait(WAIT_MS / 1000)
    assert not owner.working.wait(1)
    assert "the thread facet-test did not end in time" in expected_warnings.text
    owner.worker.may_go_on.set()
    assert owner.working.wait(WAIT_MS)


def test_what_goes_wrong_becomes_an_error_for_the_user(owner: Owner, qtbot: QtBot) -> None:
    told = BadModelFile(sentence("{name} is torn.", name="a"))
    with qtbot.waitSignal(owner.failed, timeout=WAIT_MS) as failed:
        owner.ask(told)
    assert failed.args == [told]
    with qtbot.waitSignal(owner.done, timeout=WAIT_MS):
        owner.ask("goes on")


@pytest.mark.usefixtures("expected_warnings")
def test_a_defect_becomes_a_sentence_too(owner: Owner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(owner.failed, timeout=WAIT_MS) as failed:
        owner.ask(ValueError("out of range"))
    assert failed.args is not None
    error = failed.args[0]
    assert isinstance(error, FacetError)
    assert str(error) == "Something unexpected happened (ValueError: out of range)."
    assert isinstance(error.message, Sentence)
