"""The runtimes themselves, where they are installed, on the golden file: do they predict what it predicts?"""

from pathlib import Path

import numpy as np
import pytest

from app.bench.checkpoint import Checkpoint
from app.bench.divergence import mean_divergence
from app.bench.peer import PeerSession
from app.bench.peers import PEERS
from app.formats.sbs_reader import SbsFile
from tests.fakes.tiny_checkpoints import GOLDEN, golden

IDS = [int(word) for word in (GOLDEN / "tiny-gemma3-tokens.txt").read_text().split()]
LONG = [2, *(4 + 7 * index % 850 for index in range(59))]
"""Past the window of 16."""


def opened(name: str, precision: str, folder: Path) -> PeerSession:
    peer = PEERS[name]()
    for package in peer.packages:
        pytest.importorskip(package, reason=f"{package} is not installed")
    with SbsFile.open(golden("f32")) as file:
        size = peer.export(Checkpoint(file), precision, folder, lambda phase, done, total: None)
        assert 0 < size <= 4 * file.parameters
    return peer.open(folder, precision, threads=1, context_tokens=64)


@pytest.mark.parametrize(
    ("name", "precision", "limit"),
    [
        ("llama.cpp", "bf16", 1e-3),
        ("llama.cpp", "q8_0", 5e-3),
        ("llama.cpp", "q4_0", 1),
        ("llama.cpp", "q4_k_m", 0.5),
        ("openvino", "bf16", 5e-3),
        ("openvino", "int8", 2e-2),
        ("openvino", "int4-g64", 1),
        ("openvino", "int4", 1),
        ("onnxruntime", "int8", 5e-3),
        ("onnxruntime", "int4", 1),
    ],
)
def test_a_peer_predicts_what_the_weights_predict(
    tmp_path: Path, name: str, precision: str, limit: float
) -> None:
    session = opened(name, precision, tmp_path)
    rows = np.stack([session.feed([token]).copy() for token in IDS])
    expected = np.load(GOLDEN / "tiny-gemma3-transformers-logits.npy")
    # Random weights of two layers: the limits tell a wrong layout or rotation, whose divergence is above 3.
    assert mean_divergence(expected, rows) < limit


@pytest.mark.parametrize("name", ["llama.cpp", "openvino", "onnxruntime"])
def test_a_prompt_in_one_piece_and_token_by_token_is_the_same_past_the_window(
    tmp_path: Path, name: str
) -> None:
    session = opened(name, PEERS[name]().precisions[0], tmp_path)
    for token in LONG:
        stepwise = session.feed([token])
    stepwise = stepwise.copy()
    session.reset()
    whole = session.feed(LONG).copy()
    assert mean_divergence(stepwise[None], whole[None]) < 1e-2
