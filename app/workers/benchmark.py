"""A benchmark off the GUI thread: rounds of app/bench, told step by step.

Its thread is started with the first benchmark. `stop` is a direct call: the worker's event loop is inside
the rounds, and what they wait for is a process or an engine.
"""

from PySide6.QtCore import QObject, Signal, Slot

from app.backends.tokenizing import load_tokenizer
from app.bench.comparison import in_window, summarise
from app.bench.past import past_benchmark
from app.bench.prompts import prompt_set
from app.bench.rounds import Rounds, measure_in_turn
from app.bench.stop import Stop
from app.bench.subjects import BackendSubject, BenchPlan, Measurable
from app.bench.window_run import WindowSubject
from app.compare.history import History, history_file
from app.errors import Cancelled
from app.language import joined, sentence
from app.workers.benchmark_events import BenchmarkEnd, BenchmarkRequest, BenchmarkStep
from app.workers.failures import for_user
from app.workers.worker_thread import WorkerThread


class _BenchmarkWorker(QObject):
    """Lives in the benchmark's thread."""

    said = Signal(object)
    shown = Signal(str)
    stepped = Signal(object)
    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.stop = Stop()
        """Of the request that comes next or runs; replaced from the GUI thread before a request."""

    @Slot(object)
    def run(self, request: BenchmarkRequest) -> None:
        rounds = Rounds()
        problem = ""
        plans: dict[str, BenchPlan] = {}
        try:
            self.said.emit(sentence("reading the prompts"))
            subjects = self._subjects(request, plans)
            total = len(subjects) * request.runs

            def on_measured(so_far: Rounds) -> None:
                done = sum(len(subject.measured) for subject in so_far.subjects)
                self.stepped.emit(BenchmarkStep(summarise(so_far.subjects), done, total))

            threads = max(plan.threads for plan in plans.values())
            measure_in_turn(
                subjects, request.runs, threads, self.said.emit, rounds=rounds, on_measured=on_measured
            )
        except Cancelled:
            problem = sentence("Stopped. What was measured stays.")
        except Exception as error:  # noqa: BLE001 - one that left a slot would leave the page waiting
            problem = for_user(error).whole
        problems = [told for told in (problem, self._remember(plans, rounds)) if told]
        self.ended.emit(BenchmarkEnd(joined(problems, " ") if problems else ""))

    def _subjects(self, request: BenchmarkRequest, plans: dict[str, BenchPlan]) -> list[Measurable]:
        subjects: list[Measurable] = []
        for asked in request.subjects:
            entry = asked.entry
            prompts = prompt_set(request.prompts, load_tokenizer(entry), entry.prompt_style)
            plan = plans[asked.name] = BenchPlan(entry, asked.options, prompts, request.new_tokens)
            headless = BackendSubject(asked.name, asked.backend, plan, stop=self.stop)
            subjects.append(headless)
            if request.in_window:
                subjects.append(WindowSubject(in_window(asked.name), headless, self.shown.emit))
        return subjects

    def _remember(self, plans: dict[str, BenchPlan], rounds: Rounds) -> str:
        """Medians of whole benchmarks and of stopped ones; a sentence where they cannot be kept."""
        try:
            document = summarise(rounds.subjects)
            runs = [run for run in document["runs"] if run["name"] in plans]
            past = [line for run in runs for line in past_benchmark(plans[run["name"]], {"runs": [run]})]
            if not past:
                return ""
            with History.open(history_file()) as history:
                history.add(past)
                return history.problem
        except Exception as error:  # noqa: BLE001 - as above
            return for_user(error).message


class Benchmark(QObject):
    """Seen from the GUI thread; all methods are for that."""

    said = Signal(object)
    """What is being done, a text."""
    shown = Signal(str)
    """Text of a token of a backend that is measured in the window."""
    stepped = Signal(object)
    """BenchmarkStep."""
    ended = Signal(object)
    """BenchmarkEnd."""
    _run_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self._worker = _BenchmarkWorker()
        self._thread = WorkerThread(self, "facet-benchmark", self._worker)
        self._thread.connect(self._run_requested, self._worker.run)
        self._thread.connect(self._worker.said, self.said)
        self._thread.connect(self._worker.shown, self.shown)
        self._thread.connect(self._worker.stepped, self.stepped)
        self._thread.connect(self._worker.ended, self._end)

    @property
    def running(self) -> bool:
        return self._running

    def start(self, request: BenchmarkRequest) -> None:
        """`ended` follows in any case. One at a time: while one runs, nothing happens."""
        if self._running or not self._thread.ready():
            return
        self._running = True
        self._worker.stop = Stop()
        self._run_requested.emit(request)

    def stop(self) -> None:
        """End what runs soon; `ended` follows."""
        self._worker.stop.ask()

    def begin_shutdown(self) -> None:
        """Stop, and end the thread. Idempotent."""
        self.stop()
        self._thread.end()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False when it has not by then."""
        self.begin_shutdown()
        return self._thread.wait(timeout_ms)

    @Slot(object)
    def _end(self, end: BenchmarkEnd) -> None:
        self._running = False
        self.ended.emit(end)
