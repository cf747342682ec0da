"""`python -m app`: the window; with a command, the command line."""

import sys

_WINDOW_OPTIONS = ("--screenshot",)


def main() -> int:
    """Exit code. Window options and no arguments open the window; everything else is the commands'."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0].split("=")[0] in _WINDOW_OPTIONS:
        from app.ui import application

        return application.run_window(arguments)
    from app.cli import main as commands

    return int(commands.run() or 0)


if __name__ == "__main__":
    sys.exit(main())
