"""What could not be saved goes to another place when the window closes, and the next start takes it in.

The other place is a small store of its own, in the first folder that has room. It is added to, never
replaced, and deleted when everything in it is where it belongs.
"""

import hashlib
import os
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from app import paths
from app.chat.record import INTERRUPTED, WRITING, ChatRecord, MessageRecord, Preset
from app.chat.store import ChatStore
from app.errors import FacetError, StoreError
from app.language import sentence

Change = Callable[[ChatStore], None]
Chat = tuple[ChatRecord, list[MessageRecord]]


def rescue_places() -> list[Path]:
    """Folders to try, best first: one that outlives a restart, then those that often lie on other disks."""
    owner = f"facet-{os.getuid()}" if hasattr(os, "getuid") else "facet"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    others = filter(None, (os.path.join(os.sep, "var", "tmp"), tempfile.gettempdir(), runtime))
    return [paths.state_dir() / "unsaved", *(Path(folder) / owner for folder in others)]


def rescue(
    store: ChatStore | None, path: Path, changes: Sequence[Change], places: Iterable[Path]
) -> Path | None:
    """Make `changes`, which `store` at `path` has no room for, in the first place that has. Returns the file,
    or None when there is room nowhere.
    """
    for place in places:
        file = _file(place, path)
        fresh = not file.exists()
        try:
            _prepare(place)
            with closing(ChatStore.open(file)) as kept:
                if store is not None:
                    with suppress(StoreError):  # its disk may be gone altogether
                        _seed(kept, store)
                for change in changes:
                    with suppress(sqlite3.IntegrityError):  # of a chat that is not even in the store
                        change(kept)
            return file
        except (FacetError, OSError):
            if fresh:
                _delete(file)
    return None


def take_in(store: ChatStore, places: Iterable[Path]) -> None:
    """Bring what was rescued into `store`, and say so in its notice. May be repeated. Raises StoreError."""
    for place in places:
        file = _file(place, store.path)
        if not (_is_private(place) and file.is_file()):  # nobody may look into another's
            continue
        try:
            chats, presets, damage = _kept_in(file)
        except StoreError as error:  # it must not keep what is said from now on from the disk
            _tell(
                store,
                sentence(
                    "What was kept in {place} when Facet was closed cannot be read. {error}",
                    place=place,
                    error=error,
                ),
            )
            continue
        if damage:
            _tell(
                store,
                sentence(
                    "In {place}, where Facet keeps what there is no room for: {damage}",
                    place=place,
                    damage=damage,
                ),
            )
        found = _unsaved(store, chats)
        store.add_all(found)
        for preset in presets:
            store.put_preset(preset)
        count = sum(len(messages) for _, messages in found)
        _delete(file)
        if count:
            some = sentence("1 message") if count == 1 else sentence("{n} messages", n=count)
            said = sentence("Saved now: {some} for which there was no room when Facet was closed.", some=some)
            _tell(store, said)


def drop(file: Path) -> None:
    """Everything in `file` was saved after all."""
    _delete(file)


def _tell(store: ChatStore, more: str) -> None:
    said = store.notice
    store.notice = sentence("{said} {more}", said=said, more=more) if said else more


def _kept_in(file: Path) -> tuple[list[Chat], list[Preset], str]:
    """All that is in it, and a sentence when it was damaged. Raises StoreError."""
    with closing(ChatStore.open(file)) as kept:
        found = [kept.chat(chat.id) for chat in kept.records()]
        return [chat for chat in found if chat is not None], kept.presets(), kept.notice


def _unsaved(store: ChatStore, chats: Sequence[Chat]) -> list[Chat]:
    """Those of `chats` with messages that `store` lacks, or has only the beginning of, and only these."""
    known = {chat.id: chat for chat in store.records()}
    found = []
    for chat, theirs in chats:
        here = known.get(chat.id)
        mine = store.chat(chat.id) if here is not None else None
        complete = {one.id for one in mine[1] if one.state not in (WRITING, INTERRUPTED)} if mine else set()
        messages = [
            replace(one, state=INTERRUPTED) if one.state == WRITING else one
            for one in theirs
            if one.id not in complete
        ]
        if messages or (here is not None and chat != here and chat.updated_ms >= here.updated_ms):
            newest = chat if here is None or chat.updated_ms >= here.updated_ms else here
            found.append((newest, messages))
    return found


def _seed(kept: ChatStore, store: ChatStore) -> None:
    """The chats of the store, without their messages: a change may be of one of them."""
    there = {chat.id for chat in kept.records()}
    kept.add_all((chat, ()) for chat in store.records() if chat.id not in there)


def _file(place: Path, path: Path) -> Path:
    """Of each store its own: there may be several of one user."""
    return place / f"chats-{hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:16]}.sqlite3"


def _prepare(place: Path) -> None:
    """Make a folder that nobody else can read. Raises OSError when there is another's."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not _is_private(place):
        raise PermissionError(sentence("{place} belongs to somebody else", place=place))


def _is_private(place: Path) -> bool:
    if not hasattr(os, "getuid"):
        return True
    try:
        found = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def _delete(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):
            file.with_name(file.name + ending).unlink()
    with suppress(OSError):
        file.with_name(f"{file.stem}.lock").unlink()
