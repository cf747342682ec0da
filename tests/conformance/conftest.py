"""Runs every test of this folder on every subject that is here, and prints the counts and who is absent."""

from collections import Counter
from collections.abc import Iterator

import pytest

from app.backends.base import LoadedModel
from tests.conformance.subjects import SUBJECTS, TEXT_ONLY, ConformingBackend, Subject

_ALL = (*SUBJECTS, TEXT_ONLY)
_ABSENT = {subject: reason for subject in _ALL if (reason := subject.missing())}
_counts: dict[str, Counter[str]] = {}


@pytest.fixture(scope="module")
def kept_models() -> Iterator[dict[object, LoadedModel]]:
    """Models that the tests of a file share, closed at its end: other files count this process's children."""
    kept: dict[object, LoadedModel] = {}
    yield kept
    for model in kept.values():
        model.close()


@pytest.fixture(params=[one for one in SUBJECTS if one not in _ABSENT], ids=lambda subject: subject.name)
def any_backend(request: pytest.FixtureRequest, kept_models: dict[object, LoadedModel]) -> ConformingBackend:
    subject: Subject = request.param
    request.node.user_properties.append(("subject", subject.name))
    return ConformingBackend(subject, kept_models)


@pytest.fixture(params=_ALL, ids=lambda subject: subject.name)
def any_runtime(request: pytest.FixtureRequest) -> Subject:
    """Whatever answers in text; the absent ones are skipped with their reason."""
    found: Subject = request.param
    request.node.user_properties.append(("subject", found.name))
    if reason := _ABSENT.get(found):
        pytest.skip(f"{found.name}: {reason}")
    return found


@pytest.fixture(params=SUBJECTS, ids=lambda subject: subject.name)
def subject(request: pytest.FixtureRequest) -> Subject:
    """Each subject; the absent ones are skipped with their reason."""
    if reason := _ABSENT.get(request.param):
        pytest.skip(f"{request.param.name}: {reason}")
    found: Subject = request.param
    return found


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    subject = dict(report.user_properties).get("subject")
    if subject is not None and (report.when == "call" or (report.when == "setup" and not report.passed)):
        _counts.setdefault(str(subject), Counter())[report.outcome] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _counts:
        return
    terminalreporter.section("conformance: one suite over every backend and engine")
    for subject in _ALL:
        if subject in _ABSENT:
            terminalreporter.line(f"{subject.name:40} absent: {_ABSENT[subject]}")
            continue
        counts = _counts.get(subject.name, Counter())
        told = "  ".join(f"{counts[outcome]} {outcome}" for outcome in ("passed", "failed", "skipped"))
        terminalreporter.line(f"{subject.name:40} {told}")
