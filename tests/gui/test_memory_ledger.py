"""What memory is booked on which engine, from readings that the test gives."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.workers.memory_ledger import EngineMemory, MemoryLedger


class Readings:
    """Resident memory as the test says."""

    def __init__(self) -> None:
        self.bytes = 1000

    def __call__(self) -> int:
        return self.bytes


@pytest.fixture
def readings() -> Readings:
    return Readings()


@pytest.fixture
def ledger(qapp: QApplication, readings: Readings) -> Iterator[MemoryLedger]:
    made = MemoryLedger(None, readings, interval_ms=3_600_000)
    yield made
    for key in ("left", "right"):
        made.end(key)


def test_growth_is_the_engine_s_that_is_at_work(ledger: MemoryLedger, readings: Readings) -> None:
    ledger.begin("left")
    readings.bytes += 500
    ledger.sample()
    readings.bytes -= 200
    ledger.end("left")
    readings.bytes += 70  # nobody's
    ledger.begin("right")
    readings.bytes += 30
    ledger.end("right")
    assert ledger.of("left") == EngineMemory(now=300, peak=500)
    assert ledger.of("right") == EngineMemory(now=30, peak=30)
    assert [count for _, count in ledger.series("left")] == [0, 500, 300]


def test_growth_while_two_work_is_shared_and_said_to_be_an_estimate(
    ledger: MemoryLedger, readings: Readings
) -> None:
    ledger.begin("left")
    ledger.begin("right")
    readings.bytes += 100
    ledger.end("right")
    readings.bytes += 10
    ledger.end("left")
    assert ledger.of("left") == EngineMemory(now=60, peak=60, estimated=True)
    assert ledger.of("right") == EngineMemory(now=50, peak=50, estimated=True)
