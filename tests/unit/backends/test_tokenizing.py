"""Models of a family carry the same tokenizer file: it is read and held once, for as long as one is open."""

import gc
import threading
import weakref
from dataclasses import replace
from pathlib import Path

from app.backends.tokenizing import load_tokenizer
from app.catalog.entry import CatalogEntry
from app.formats.tokenizer import Tokenizer
from tests.fakes.fake_backend import fake_entry
from tests.fakes.tiny_checkpoints import golden_tokenizer


def _entry(folder: Path, name: str, proto: bytes) -> CatalogEntry:
    path = folder / f"{name}.spm"
    path.write_bytes(proto)
    return replace(fake_entry(folder, name), format="huggingface", tokenizer=path)


def test_the_same_file_of_two_models_is_one_tokenizer(tmp_path: Path) -> None:
    first = load_tokenizer(_entry(tmp_path, "first", golden_tokenizer()))
    second = load_tokenizer(_entry(tmp_path, "second", golden_tokenizer()))
    assert first is second


def test_two_that_are_opened_at_once_read_it_once(tmp_path: Path) -> None:
    entry = _entry(tmp_path, "both", golden_tokenizer())
    found: list[Tokenizer] = []
    threads = [threading.Thread(target=lambda: found.append(load_tokenizer(entry))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(tokenizer) for tokenizer in found}) == 1


def test_other_bytes_are_another_tokenizer(tmp_path: Path) -> None:
    proto = golden_tokenizer()
    first = load_tokenizer(_entry(tmp_path, "first", proto))
    other = load_tokenizer(_entry(tmp_path, "other", proto + proto[-2:]))
    assert first is not other


def test_nothing_is_held_when_the_last_model_is_closed(tmp_path: Path) -> None:
    tokenizer = load_tokenizer(_entry(tmp_path, "only", golden_tokenizer()))
    held = weakref.ref(tokenizer)
    del tokenizer
    gc.collect()
    assert held() is None
