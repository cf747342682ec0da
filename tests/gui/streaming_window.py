"""The window, offscreen on a scripted backend, that is asked question after question. Gets killed.

usage: streaming_window.py FOLDER. Lines on stdout, each with the monotonic clock's nanoseconds at its end:
"begun QUESTION NS" when the answer to a question begins, "shown QUESTION LENGTH NS" when that much of it is
there. QUESTION is the question's text, of which the answer is a function of its own.
"""

import asyncio
import sys
import time
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from app import paths
from app.settings import Settings
from app.ui.chats.chat_session import ChatSession, Message
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.workers.analysis_controller import AnalysisController
from app.workers.catalog_scanner import CatalogScanner
from app.workers.chat_keeper import ChatKeeper
from app.workers.compare_workers import CompareWorkers
from app.workers.controller import GenerationController
from app.workers.listing import CatalogListing
from app.workers.report_desk import ReportDesk
from app.workers.weights_sums import WeightsSums
from tests.fakes.fake_backend import fake_entry
from tests.gui.conftest import FakeBackends, benchmark_view, script

TOKEN_S = 0.005
ANSWER = "".join(f"{number:04} " for number in range(120))


def main() -> None:
    folder = Path(sys.argv[1])
    app = QApplication([])
    backends = FakeBackends()
    script(backends.native, answer=ANSWER, token_s=TOKEN_S, context_tokens=1 << 20)
    listing = CatalogListing((backends.listed(fake_entry(folder)),))
    loop = qasync.QEventLoop(app)
    asyncio.events._set_running_loop(loop)
    theme = Theme(app, "light")
    window = MainWindow(
        lambda: GenerationController(backends.open),
        CatalogScanner(lambda _folder: listing),
        CompareWorkers(AnalysisController(backends.measure_noise), ReportDesk(dict), WeightsSums()),
        Settings(max_tokens=0),
        theme,
        ChatKeeper(paths.data_dir() / "chats.sqlite3"),
        benchmark_view(theme),
    )
    window.flow.said.connect(_tell)
    window.show()
    with loop:
        loop.run_until_complete(_ask(window))


async def _ask(window: MainWindow) -> None:
    while not window.flow.loaded:
        await asyncio.sleep(0.01)
    number = 0
    while True:
        number += 1
        window.flow.send(f"{time.time_ns()}-{number}")
        await window.flow.turn_ended()


def _tell(chat: ChatSession, message: Message, growing: bool) -> None:
    question = chat.messages[-1 if growing else -2].text if message.role == "assistant" else ""
    if question:
        word = f"shown {question} {len(message.text)}" if message.text else f"begun {question}"
        sys.stdout.write(f"{word} {time.monotonic_ns()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
