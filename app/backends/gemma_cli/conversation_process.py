"""A conversation with the `gemma` program as an asyncio subprocess, in its own protocol.

It reads questions of several lines up to an end line, and answers on stdout; where an answer ends it does not
say. So an empty question follows each: what it prints to that marks the end. Runs on any asyncio loop.
"""

import asyncio
import codecs
import contextlib
import os
import signal
import sys
from collections.abc import AsyncGenerator, Sequence

from app.backends.turn import StopTexts
from app.errors import EngineDied
from app.language import sentence

_IDLE = "Use '%q' to quit.\n"
"""Printed for an empty question."""
_ANSWER_END = f"\n\n{_IDLE}"
_RESET = "%c"
_CHUNK = 4096
_MOST_SAID = 2000
_LINGER_S = 1.0


class ConversationProcess:
    """One running program. One question at a time."""

    def __init__(self, process: asyncio.subprocess.Process, end_line: str) -> None:
        self._process = process
        self._end_line = end_line
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._said = bytearray()
        self._listening = asyncio.get_running_loop().create_task(self._listen())
        self._doing = sentence("loading the model")

    @classmethod
    async def start(cls, command: Sequence[str], end_line: str) -> "ConversationProcess":
        """Start the program; it loads until `ready` returns. Raises OSError."""
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            process_group=None if sys.platform == "win32" else 0,
        )
        return cls(process, end_line)

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ready(self) -> None:
        """Wait until the model is loaded. Raises EngineDied with what it said."""
        await self._send("")
        async for _ in self._until(_IDLE):
            pass

    async def ask(self, text: str) -> AsyncGenerator[str, None]:
        """The answer in pieces, as they come. Raises EngineDied with what the program said last."""
        self._doing = sentence("answering")
        # What begins with a percent sign would be a command.
        await self._send(f" {text}" if text.startswith("%") else text)
        await self._send("")
        async for piece in self._until(_ANSWER_END):
            yield piece

    async def reset(self) -> None:
        """Make it forget the conversation."""
        await self._send(_RESET)

    async def end(self) -> None:
        """End the program, by force if it does not go."""
        for force in (False, True):
            if self._process.returncode is not None:
                break
            with contextlib.suppress(ProcessLookupError):
                if force:
                    self._process.kill()
                else:
                    self._process.terminate()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._process.wait(), _LINGER_S)
        await self._process.wait()
        await self._listening

    async def _send(self, text: str) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        lines = f"{text}\n" if text else ""
        with contextlib.suppress(ConnectionError):  # its end is told by whoever reads
            stdin.write(f"{lines}{self._end_line}\n".encode())
            await stdin.drain()

    async def _until(self, mark: str) -> AsyncGenerator[str, None]:
        stdout = self._process.stdout
        assert stdout is not None
        marks = StopTexts((mark,))
        while not marks.found:
            data = await stdout.read(_CHUNK)
            text = self._decoder.decode(data, final=not data).replace("\r\n", "\n")
            if piece := marks.feed(text):
                yield piece
            if not data and not marks.found:
                await self._tell_death()

    async def _tell_death(self) -> None:
        await self._process.wait()
        await self._listening
        code = self._process.returncode or 0
        end = sentence("exit code {code}", code=code)
        if code < 0 and sys.platform != "win32":
            with contextlib.suppress(ValueError):
                end = sentence("signal {name}", name=signal.Signals(-code).name)
        said = " ".join(self._said.decode(errors="replace").split())
        cause = sentence("The gemma program ended while it was {doing}: {how}.", doing=self._doing, how=end)
        if said:
            cause = sentence("{cause} It said: {said}", cause=cause, said=said)
        else:
            cause = sentence("{cause} It said nothing.", cause=cause)
        raise EngineDied(cause, sentence("Try again: the model is loaded anew."))

    async def _listen(self) -> None:
        """Keeps the end of what it writes to stderr."""
        stderr = self._process.stderr
        assert stderr is not None
        while data := await stderr.read(_CHUNK):
            self._said += data
            del self._said[:-_MOST_SAID]


def end_line() -> str:
    """A line that no question holds."""
    return f"facet-end-{os.urandom(8).hex()}"
