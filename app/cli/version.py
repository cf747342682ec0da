"""`facet --version`: what is installed, a line each. Loads no model; a missing library is no failure."""

from typing import Annotated

import typer

from app import licenses
from app.backends.native.backend import NativeBackend
from app.cli.output import print_text
from app.errors import BackendUnavailable


def version_lines() -> list[str]:
    """Of Facet, the native library (or why there is none) and its engines, with versions of their own."""
    lines = [f"Facet {licenses.own_version() or 'unknown: it was copied, not installed'}"]
    try:
        library = NativeBackend().library()
    except BackendUnavailable as error:
        return [*lines, f"Native library: unavailable: {error.whole}"]
    own = library.engine_versions
    engines = (f"{name} {own[name]}" if name in own else name for name in library.engines)
    return [*lines, f"Native library: build {library.build_id}", f"Engines: {', '.join(engines)}"]


def _show(asked: bool) -> None:
    if asked:
        for line in version_lines():
            print_text(line)
        raise typer.Exit


def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show, is_eager=True, help="Versions of Facet and its native library."
        ),
    ] = False,
) -> None:
    """The options that stand without a command; all of them end the program themselves."""
