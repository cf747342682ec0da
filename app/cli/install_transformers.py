"""`facet install-transformers`: the second backend for a Facet that came without it."""

from pathlib import Path
from typing import Annotated

import typer

from app.backends.transformers import addon, addon_installer
from app.cli.options import JsonOption
from app.cli.output import notice, print_json, print_text


def install_transformers(
    python: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Python 3.11 or newer; by default the system's.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Delete what was installed.")] = False,
    json_: JsonOption = False,
) -> None:
    """Install torch and transformers, in a folder of Facet's, with this machine's Python. Uses the net."""
    if remove:
        gone = addon_installer.remove()
        if json_:
            print_json({"removed": None if gone is None else str(gone)})
        else:
            print_text("Nothing was installed." if gone is None else f"Deleted {gone}")
        return
    made = addon_installer.install(notice, "" if python is None else str(python))
    if json_:
        print_json({"folder": str(addon.folder()), "python": made.python, "versions": made.versions})
        return
    names = ", ".join(f"{name} {version}" for name, version in made.versions.items())
    print_text(f"Installed {names}. Facet finds them the next time it starts.")
