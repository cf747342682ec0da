"""run_interruptible: Ctrl-C stops the work and not the program."""

import os
import signal
import threading

import pytest

from app.cli.interrupt import run_interruptible


def test_ctrl_c_cancels_the_work_and_its_result_comes_back() -> None:
    cancelled = threading.Event()

    def work() -> str:
        os.kill(os.getpid(), signal.SIGINT)
        assert cancelled.wait(60)
        return "stopped early"

    assert run_interruptible(work, cancelled.set) == "stopped early"


def test_an_error_of_the_work_comes_out_unchanged() -> None:
    error = ValueError("broken")

    def work() -> None:
        raise error

    with pytest.raises(ValueError, match="broken") as caught:
        run_interruptible(work, lambda: None)
    assert caught.value is error


def test_the_handler_of_ctrl_c_is_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    run_interruptible(lambda: None, lambda: None)
    assert signal.getsignal(signal.SIGINT) is before
