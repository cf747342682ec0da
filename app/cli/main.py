"""The command line: which commands there are, and how every failure ends.

Exit codes: 0 done, 1 failed, 2 wrong usage; a failure is one line on stderr, never a traceback (a defect's
goes to the log). Without arguments the window opens. Commands live in one file each, beside this one.
"""

import io
import logging
import os
import sys
from collections.abc import Sequence

import typer

from app import logs, paths
from app.backends.transformers import addon
from app.cli.bench import bench
from app.cli.chat import chat
from app.cli.compare import compare
from app.cli.doctor import doctor
from app.cli.import_model import import_command
from app.cli.install_transformers import install_transformers
from app.cli.models import models
from app.cli.output import notice
from app.cli.score import score
from app.cli.version import options
from app.errors import FacetError, UsageError

app = typer.Typer(
    name="facet",
    help="Chat with Gemma models on your own machine, natively or with transformers. "
    "Without a command the window opens; with a file, with that model (.sbs, .gguf) or that saved "
    "comparison or chat (.json).",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.callback()(options)
app.command()(models)
app.command()(chat)
app.command()(score)
app.command()(bench)
app.command()(compare)
app.command(name="import")(import_command)
app.command()(doctor)
app.command(name=addon.COMMAND)(install_transformers)


_INTERRUPTED = 130
"""typer's code for a Ctrl-C that nothing else caught."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; `arguments` without the program's name, None = sys.argv's."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if not words:
        from app.ui import application  # Qt costs time that a command should not pay

        return application.run_window()
    _forgive_encodings()
    logs.start(paths.log_dir())
    try:
        return _run_command(words)
    finally:
        logs.stop()


def _run_command(words: list[str]) -> int:
    try:
        result = app(words, prog_name="facet", standalone_mode=False)
    except typer.TyperException as error:
        notice(error.format_message())
        return 2
    except UsageError as error:
        return _failed(error, 2)
    except FacetError as error:
        return _failed(error, 1)
    except (KeyboardInterrupt, typer.Abort):
        notice("Stopped.")
        return 1
    except MemoryError:
        notice("The machine has not enough memory for this.")
        return 1
    except BrokenPipeError:
        return _reader_gone()
    except SystemExit as error:  # typer's own answer to a closed pipe
        return _reader_gone() if error.code else 0
    except OSError as error:
        notice(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        return 1
    except Exception as error:  # the last line of defence: a sentence for the user, the trace to the log
        logging.getLogger(__name__).info("Unexpected error in %s", words[0], exc_info=True)
        log = paths.log_dir() / "facet.log"
        notice(f"Facet has a defect: {type(error).__name__}: {error}. Details are in {log}")
        return 1
    if result == _INTERRUPTED:
        notice("Stopped.")
        return 1
    return result if isinstance(result, int) else 0


def _failed(error: FacetError, code: int) -> int:
    notice(f"{error} {error.next_step}")
    return code


def _reader_gone() -> int:
    # Whoever read our output has gone; keep the interpreter from complaining about it at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _forgive_encodings() -> None:
    """A character that a stream cannot hold, or a byte that is no character, is replaced and not an error."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
