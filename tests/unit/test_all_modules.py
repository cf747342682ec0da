"""A module that cannot be imported is told before a view asks for it."""

import pkgutil
import sys
from collections.abc import Iterator

import pytest

from app import all_modules


def test_missing_modules_are_told_but_for_those_that_users_add(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_: object) -> Iterator[pkgutil.ModuleInfo]:
        for name in ("app.paths", "app.absent", "torch.nn", "app.backends.native.libfacet"):
            yield pkgutil.ModuleInfo(None, name, False)  # type: ignore[arg-type]

    monkeypatch.setattr(pkgutil, "walk_packages", found)
    monkeypatch.setitem(sys.modules, "torch", None)
    assert list(all_modules.faults()) == ["app.absent: No module named 'app.absent'"]
