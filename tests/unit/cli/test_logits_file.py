"""logits_file: rows end up where numpy finds them, and a failure leaves nothing behind."""

import os
from pathlib import Path

import numpy as np
import pytest

from app.cli.logits_file import logits_file
from app.errors import FacetError, InternalError


def row(value: float) -> np.ndarray:
    return np.full(4, value, np.float32)


def test_rows_written_in_any_order_are_read_back_by_numpy(tmp_path: Path) -> None:
    target = tmp_path / "logits.npy"
    with logits_file(target, rows=3, vocab=4) as file:
        for index in (2, 0, 1):
            file.write(index, row(index + 0.5))
    found = np.load(target)
    assert found.dtype == np.float32
    assert found.tolist() == [[0.5] * 4, [1.5] * 4, [2.5] * 4]


def test_a_failure_keeps_the_old_file_and_leaves_no_other(tmp_path: Path) -> None:
    target = tmp_path / "logits.npy"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), logits_file(target, rows=2, vocab=4) as file:
        file.write(0, row(1 / 0))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("logits.npy", b"old")]


def test_a_folder_that_does_not_exist_is_named_in_a_sentence(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "logits.npy"
    with (
        pytest.raises(FacetError, match=r"cannot be written to .*logits\.npy: No such file"),
        logits_file(missing, 1, 4),
    ):
        pytest.fail("opened a file in a folder that does not exist")


def test_a_row_of_another_length_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(InternalError, match=r"\(3,\), expected \(4,\)"),
        logits_file(tmp_path / "l.npy", 1, 4) as file,
    ):
        file.write(0, np.zeros(3, np.float32))
    assert list(tmp_path.iterdir()) == []


def test_a_device_or_a_folder_is_refused_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, tmp_path):
        with pytest.raises(FacetError, match="not an ordinary file"), logits_file(target, 1, 4):
            pytest.fail("opened something that is no ordinary file")
    assert pipe.is_fifo()


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link.npy").symlink_to(tmp_path / "there.npy")
    with logits_file(tmp_path / "link.npy", rows=1, vocab=4) as file:
        file.write(0, row(1.0))
    assert (tmp_path / "link.npy").is_symlink()
    assert np.load(tmp_path / "there.npy").tolist() == [[1.0] * 4]
