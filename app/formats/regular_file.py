"""Opens model files, and nothing that only looks like one: a named pipe or a device called `x.sbs` would make
whoever opens it wait for ever, or read without end.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


def open_regular(path: Path) -> BinaryIO:
    """`path` open for reading. Raises OSError, also for what is no regular file."""
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is not a regular file")
    return file


def _without_waiting(path: str, flags: int) -> int:
    # Opening a named pipe for reading waits for its writer; Windows has neither the pipes nor the flag.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
