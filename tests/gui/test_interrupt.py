"""Signals that ask the program to end become one of Qt's."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytestqt.qtbot import QtBot

from app.workers.interrupt import Interrupt

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def _listening() -> Iterator[Interrupt]:
    interrupt = Interrupt()
    try:
        yield interrupt
    finally:
        interrupt.close()


def _outside(number: int, _frame: object) -> None:
    raise AssertionError(f"signal {number} came through")


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process that is sent a signal")
@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_is_told_and_ends_nothing(qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.signal(number, _outside)  # whatever the tests were started with, nohup for one
    try:
        with _listening() as interrupt, qtbot.waitSignal(interrupt.interrupted):
            os.kill(os.getpid(), number)
        assert signal.getsignal(number) is _outside
    finally:
        signal.signal(number, before)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there are no terminals that hang up")
def test_what_was_started_with_nohup_outlives_its_terminal(qtbot: QtBot) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with _listening() as interrupt, qtbot.assertNotEmitted(interrupt.interrupted, wait=50):
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
