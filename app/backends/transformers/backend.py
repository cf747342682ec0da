"""The transformers backend: Hugging Face transformers on torch, from `.sbs` files and Hugging Face folders.

Says whether it is installed without importing either package: torch alone takes seconds.
"""

import importlib.util
import os
from importlib.metadata import PackageNotFoundError, version

from app.backends.base import Availability, LoadedModel, LoadProgress, OpenOptions, ProgressCallback
from app.backends.transformers import addon
from app.catalog.entry import CatalogEntry
from app.errors import BackendUnavailable, Cancelled, UnsupportedModel
from app.installation import Interpreter
from app.language import sentence

_OLDEST_TRANSFORMERS = 5
"""Major version: RoPE settings per layer type came with it."""


class TransformersBackend:
    """Implements app.backends.base.Backend."""

    name = "transformers"

    def availability(self) -> Availability:
        """Whether torch and transformers are in this Python, or in the add-on's."""
        here = self._here()
        return here if here.available else addon.availability(here)

    def elsewhere(self) -> Interpreter | None:
        """The add-on's Python, where this one cannot run transformers."""
        return None if self._here().available else addon.interpreter()

    def _here(self) -> Availability:
        for package in addon.PACKAGES:
            if importlib.util.find_spec(package) is None:
                return _missing(sentence("The Python package {package} is not installed.", package=package))
        try:
            found = version("transformers")
        except PackageNotFoundError:
            return _missing(sentence("The Python package transformers is damaged."))
        if int(found.split(".")[0]) < _OLDEST_TRANSFORMERS:
            return _missing(
                sentence(
                    "transformers {found} is too old, {oldest}.0 is needed.",
                    found=found,
                    oldest=_OLDEST_TRANSFORMERS,
                )
            )
        return Availability(True)

    def can_open(self, entry: CatalogEntry) -> Availability:
        if entry.problems:
            return Availability(False, entry.problems[0])
        if entry.format not in ("sbs", "huggingface") or entry.weights is None:
            return Availability(
                False,
                sentence(
                    "The transformers backend reads .sbs files and Hugging Face folders; "
                    "import {model} first (facet import).",
                    model=entry.name,
                ),
            )
        return Availability(True)

    def open(self, entry: CatalogEntry, options: OpenOptions, progress: ProgressCallback) -> LoadedModel:
        available = self.availability()
        if not available.available:
            raise BackendUnavailable(available.reason)
        openable = self.can_open(entry)
        if not openable.available or entry.weights is None:
            raise UnsupportedModel(openable.reason)
        if not progress(LoadProgress(sentence("starting torch"))):
            raise Cancelled
        # GNU OpenMP's idle threads spin 300 000 rounds by default, and take processors from the native
        # engine in the same process. Fewer rounds should still cover the gaps between operations.
        os.environ.setdefault("GOMP_SPINCOUNT", "10000")
        try:
            from app.backends.transformers.model import open_model
        except Exception as error:  # a broken installation fails in many ways while it is imported
            raise BackendUnavailable(
                sentence("torch and transformers cannot be imported: {error}.", error=error),
                sentence("Install it with `{command}`.", command=addon.remedy()),
            ) from error
        return open_model(entry.weights, entry.format == "sbs", options, progress)


def _missing(what: str) -> Availability:
    return Availability(
        False,
        sentence("{what} Install it with `{command}`.", what=what, command=addon.remedy()),
        addon.remedy(),
    )
