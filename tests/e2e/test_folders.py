"""The transformers backend opens Hugging Face folders, text-only and multimodal ones, without a network."""

import dataclasses
import json
import socket
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from app.backends.base import Backend, OpenOptions
from app.catalog.entry import CatalogEntry
from app.errors import BadModelFile, Cancelled, UnsupportedModel
from app.formats.sbs_reader import SbsFile
from tests.e2e.models import TINY_IDS, logits_of, session_of, tiny

torch = pytest.importorskip("torch", reason="torch is not installed")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a folder was opened over the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def write_folder(folder: Path, prefix: str = "model.", multimodal: bool = False) -> CatalogEntry:
    """The tiny golden model as a Hugging Face checkpoint of two shards."""
    from safetensors.torch import save_file

    from app.backends.transformers.architecture import transformers_config
    from app.backends.transformers.sbs_weights import SbsWeights

    folder.mkdir()
    assert tiny().weights is not None
    with SbsFile.open(tiny().weights) as file:
        text = transformers_config(file.config).to_dict()
        tensors = {
            prefix + name.removeprefix("model."): tensor.clone()
            for _, group in SbsWeights(file, torch.float32).groups()
            for name, tensor in group.items()
        }
    if multimodal:
        tensors["vision_tower.vision_model.embeddings.patch_embedding.bias"] = torch.zeros(4)
        tensors["multi_modal_projector.mm_input_projection_weight"] = torch.zeros(4, 4)
    names = sorted(tensors)
    shards = {"a.safetensors": names[::2], "b.safetensors": names[1::2]}
    for shard, members in shards.items():
        save_file({name: tensors[name] for name in members}, folder / shard)
    weight_map = {name: shard for shard, members in shards.items() for name in members}
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": weight_map}))
    config = {"model_type": "gemma3", "text_config": text, "vision_config": {}} if multimodal else text
    (folder / "config.json").write_text(json.dumps(config))
    return CatalogEntry("tiny", folder, "huggingface", folder)


@pytest.mark.parametrize(
    ("prefix", "multimodal"),
    [("model.", False), ("language_model.model.", True), ("model.language_model.", True)],
    ids=["text", "multimodal", "multimodal of transformers 5"],
)
def test_a_folder_is_the_same_model_as_the_sbs(
    transformers: Backend, tmp_path: Path, prefix: str, multimodal: bool
) -> None:
    entry = write_folder(tmp_path / "tiny", prefix, multimodal)
    with session_of(transformers, entry) as session:
        found = logits_of(session, TINY_IDS)
    with session_of(transformers, tiny()) as session:
        np.testing.assert_allclose(found, logits_of(session, TINY_IDS), atol=1e-5, rtol=0)


def test_the_native_backend_says_that_a_folder_is_to_be_imported(native: Backend, tmp_path: Path) -> None:
    entry = CatalogEntry("tiny", tmp_path, "huggingface", tmp_path)
    assert "facet import" in native.can_open(entry).reason


def test_a_load_can_be_cancelled_between_tensors(transformers: Backend, tmp_path: Path) -> None:
    entry = write_folder(tmp_path / "tiny")
    with pytest.raises(Cancelled):
        transformers.open(entry, OpenOptions(), lambda progress: progress.done == 0)


def test_what_is_wrong_with_a_folder_is_said(transformers: Backend, tmp_path: Path) -> None:
    entry = write_folder(tmp_path / "tiny")
    folder = entry.path

    def error() -> str:
        with pytest.raises((BadModelFile, UnsupportedModel)) as caught:
            transformers.open(entry, OpenOptions(), lambda _: True)
        return str(caught.value)

    shard = (folder / "b.safetensors").read_bytes()
    (folder / "b.safetensors").write_bytes(shard[: len(shard) // 2])
    assert "b.safetensors is damaged" in error()
    (folder / "b.safetensors").unlink()
    assert "b.safetensors is missing" in error()
    (folder / "model.safetensors.index.json").unlink()
    assert "is missing" in error()  # half of the tensors are in no file now
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"hidden_size": 96}))
    assert "embed_tokens" in error()
    (folder / "config.json").write_text(json.dumps({"model_type": "llama"}))
    assert "'llama'" in error()
    (folder / "config.json").write_text("{")
    assert "config.json" in error()


def test_the_entry_must_say_that_it_is_sound(transformers: Backend, tmp_path: Path) -> None:
    entry = dataclasses.replace(write_folder(tmp_path / "tiny"), problems=("One shard is missing.",))
    with pytest.raises(UnsupportedModel, match="One shard is missing"):
        transformers.open(entry, OpenOptions(), lambda _: True)
