"""The real backends, in this process, or a skip that says why one is missing."""

import pytest

from app.backends.base import Backend
from app.backends.registry import in_process


def _installed(name: str) -> Backend:
    backend = in_process(name)
    available = backend.availability()
    if not available.available:
        pytest.skip(f"{name} is unavailable: {available.reason}")
    return backend


@pytest.fixture
def native() -> Backend:
    return _installed("native")


@pytest.fixture
def transformers() -> Backend:
    return _installed("transformers")


@pytest.fixture(params=["native", "transformers"])
def any_backend(request: pytest.FixtureRequest) -> Backend:
    return _installed(request.param)
