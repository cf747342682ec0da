"""Who writes an answer, so that another process can tell one that is being written from one left behind."""

import os
import secrets
import socket

import psutil

_NONCE = secrets.token_hex(8)
_TOLERANCE_S = 2.0
"""The start of a process is computed from the boot time, which a set clock moves a little."""


def this_writer() -> str:
    """Machine, process id, the process's start in seconds since 1970, and a number that is its own."""
    pid = os.getpid()
    return f"{socket.gethostname()} {pid} {psutil.Process(pid).create_time():.1f} {_NONCE}"


def is_alive(writer: str) -> bool:
    """Whether the process runs that called itself `writer`. One on another machine counts as alive."""
    try:
        host, pid, started, nonce = writer.rsplit(" ", 3)
        number, since = int(pid), float(started)
    except ValueError:
        return False
    if host != socket.gethostname():
        return True
    if number == os.getpid():
        return nonce == _NONCE
    try:
        return abs(psutil.Process(number).create_time() - since) < _TOLERANCE_S
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
