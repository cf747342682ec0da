"""Opens model files, and nothing that only looks like one: a named pipe or a device called `x.sbs` would make
whoever opens it wait for ever, or read without end.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from app.errors import BadModelFile
from app.language import sentence


def open_regular(path: Path) -> BinaryIO:
    """`path` open for reading. Raises OSError, also for what is no regular file."""
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, sentence("it is not a regular file"))
    return file


class SizeWatch:
    """Notices that a mapped file was cut short in its place: touching what is lost would end the process.

    A file that was deleted, or replaced under its name, stays whole for whoever has it mapped. Between two
    checks a cut goes unnoticed: no more can be had from a mapping.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before = self._status()

    def check(self) -> None:
        """Raises BadModelFile. Takes a microsecond."""
        before, now = self._before, self._status()
        if before is None or now is None or not os.path.samestat(before, now):
            return
        if stat.S_ISREG(now.st_mode) and now.st_size < before.st_size:
            raise BadModelFile(
                sentence(
                    "{path} became shorter while it was in use: {now} bytes of {before}.",
                    path=self._path,
                    now=now.st_size,
                    before=before.st_size,
                ),
                sentence("Put the whole file back and load the model again."),
            )

    def _status(self) -> os.stat_result | None:
        try:
            return self._path.stat()
        except OSError:
            return None


def _without_waiting(path: str, flags: int) -> int:
    # Opening a named pipe for reading waits for its writer; Windows has neither the pipes nor the flag.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
