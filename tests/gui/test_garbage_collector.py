"""Widgets in cycles are destroyed in the GUI thread, whatever thread allocates."""

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from app import garbage
from app.workers.garbage_collector import GarbageCollector


class _Node:
    """Refers to itself."""

    def __init__(self) -> None:
        self.me = self


def test_what_a_thread_asks_for_is_collected_in_the_gui_thread(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    collected_in: list[int] = []
    node = _Node()
    weakref.finalize(node, lambda: collected_in.append(threading.get_ident()))
    del node

    def allocate_and_ask() -> None:
        kept = [[_Node()] for _ in range(20_000)]
        garbage.request_collection()
        del kept

    thread = threading.Thread(target=allocate_and_ask)
    thread.start()
    thread.join()
    assert collected_in == []
    collector.check()
    assert collected_in == [threading.get_ident()]
    collector.close()
    assert gc.isenabled()
