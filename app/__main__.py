"""`python -m app`: the window; with a command, the command line.

Imports nothing of Facet before Ctrl-C and the streams are in order: that takes a part of a second, in which a
user may press Ctrl-C.
"""

import gc
import os
import signal
import sys
from types import FrameType

_WINDOW_OPTIONS = ("--screenshot",)
_WINDOW_FILES = (".sbs", ".gguf", ".json")
"""What a file manager gives: a model, or a saved comparison."""
_ENGINE_PROCESS = "--engine-process"
"""A bundled program has one executable for everything; see app/backends/isolated/engine_process.py."""
_MODULE_OPTION = "--run-module"
"""As in app/installation.py, which must not be imported yet."""


def main() -> int:
    """Exit code. No arguments, window options and files open the window; all else is the commands'."""
    arguments = sys.argv[1:]
    if arguments[:1] == [_ENGINE_PROCESS]:
        from app.backends.isolated import child

        child.main()
    output = _open_missing_streams()
    if arguments[:1] == [_MODULE_OPTION] and getattr(sys, "frozen", False):
        return _run_module(arguments[1:])
    wants_window = not arguments or _is_for_window(arguments[0])
    if not wants_window and not output:
        sys.stderr.write("facet: The output is closed, so nobody would get the result.\n")
        return 1
    python_handler = signal.getsignal(signal.SIGINT)
    if python_handler is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
    if wants_window:
        # Nothing that is imported becomes garbage, and looking for it takes up to a third of the start. The
        # window's own collector (app/workers/garbage_collector.py) takes over when it is made.
        gc.disable()
        try:
            from app.ui import application
        except ImportError as error:
            sys.stderr.write(f"facet: The window cannot be opened: {error}. {_repair()}\n")
            return 1
        signal.signal(signal.SIGINT, python_handler)
        return application.run_window(arguments)
    from app.cli import main as commands

    signal.signal(signal.SIGINT, python_handler)
    return int(commands.run() or 0)


def _run_module(words: list[str]) -> int:
    """In the packaged application, what `python -m` does elsewhere."""
    import runpy

    if not words:
        sys.stderr.write(f"facet: {_MODULE_OPTION} needs the name of a module.\n")
        return 2
    sys.argv = words
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    return 0


def _repair() -> str:
    from app import installation

    return installation.repair()


def _is_for_window(argument: str) -> bool:
    return argument.split("=")[0] in _WINDOW_OPTIONS or argument.lower().endswith(_WINDOW_FILES)


def _stop(number: int, frame: FrameType | None) -> None:
    # At once: a KeyboardInterrupt inside an import shows a traceback, or becomes another error.
    sys.stderr.write("facet: Stopped.\n")
    sys.stderr.flush()
    os._exit(1)


def _open_missing_streams() -> bool:
    """A stream that was closed before we began is None in Python. Returns whether there is an output."""
    output = sys.stdout is not None
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - until the end
    return output


if __name__ == "__main__":
    sys.exit(main())
