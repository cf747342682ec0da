"""A clock that only waiting moves on: scripted delays take exactly what the script says, and no time."""

import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from app.backends import registry
from tests.fakes import fake_backend


def scripted_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], float]:
    """For the fake backend and the time that a load takes. Gives the time in seconds."""
    now_ns = 10_000_000_000

    class Event(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            nonlocal now_ns
            now_ns += round((timeout or 0) * 1e9)
            return self.is_set()

    scripted = SimpleNamespace(monotonic_ns=lambda: now_ns, monotonic=lambda: now_ns / 1e9)
    monkeypatch.setattr(fake_backend, "time", scripted)
    monkeypatch.setattr(fake_backend, "threading", SimpleNamespace(Event=Event, Lock=threading.Lock))
    monkeypatch.setattr(registry, "time", scripted)
    return scripted.monotonic
