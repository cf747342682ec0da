"""What the picker lists, in which order, and what a typed name finds."""

import dataclasses
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from app import paths
from app.catalog import describe, prompt_styles, scan
from app.chat.prompt import PromptStyle
from app.errors import FacetError, ModelNotFound
from app.formats.sbs_config import PromptWrapping
from app.formats.sbs_reader import SbsFile
from app.formats.sbs_writer import SbsWriter
from app.formats.tensor_source import from_array
from tests.fakes.tiny_checkpoints import TinyModel, golden, golden_tokenizer, write_gguf, write_huggingface


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


def add_sbs(folder: Path, name: str, kind: str = "sfp") -> Path:
    (folder / name).mkdir()
    shutil.copy(golden(kind), folder / name / "weights.sbs")
    return folder / name


def test_every_kind_of_model_is_listed_from_its_headers(models: Path) -> None:
    add_sbs(models, "a-folder")
    shutil.copy(golden("bf16"), models / "b-bare.sbs")
    write_gguf(models / "c-bare.gguf", TinyModel())
    write_huggingface(models / "d-hugging", TinyModel())
    (models / "e-folder").mkdir()
    write_gguf(models / "e-folder" / "x.gguf", TinyModel())
    found = {entry.name: entry for entry in scan.scan([models])}
    assert list(found) == ["a-folder", "b-bare", "c-bare", "d-hugging", "e-folder"]
    assert [entry.format for entry in found.values()] == ["sbs", "sbs", "gguf", "huggingface", "gguf"]
    assert [entry.precision for entry in found.values()] == ["sfp", "bf16", "F32", "bfloat16", "F32"]
    assert all(
        entry.usable and entry.family == "Gemma 3" and entry.size_bytes > 0 for entry in found.values()
    )
    first = found["a-folder"]
    assert (first.path, first.weights) == (models / "a-folder", models / "a-folder" / "weights.sbs")
    assert (first.parameters, first.context_tokens, first.tokenizer) == (410_880, 256, None)
    assert (first.vocabulary, first.files) == (1024, (("weights.sbs", first.size_bytes),))
    assert {entry.footprint.vocabulary for entry in found.values() if entry.footprint} == {1024}
    assert [file for file, _ in found["d-hugging"].files] == [
        "config.json",
        "model.safetensors",
        "tokenizer.model",
    ]
    assert found["b-bare"].path == found["b-bare"].weights == models / "b-bare.sbs"
    assert found["d-hugging"].weights == models / "d-hugging"
    assert found["d-hugging"].tokenizer == models / "d-hugging" / "tokenizer.model"


def test_a_link_to_itself_hides_no_other_model(models: Path) -> None:
    add_sbs(models, "sound")
    (models / "loop.sbs").symlink_to("loop.sbs")
    loop, sound = scan.scan([models])
    assert sound.usable
    assert "cannot be read" in loop.problems[0]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
@pytest.mark.parametrize("name", ["pipe.sbs", "pipe.gguf"])
def test_a_named_pipe_is_refused_and_not_waited_for(models: Path, name: str) -> None:
    os.mkfifo(models / name)
    writer = os.open(models / name, os.O_RDWR)  # so that this test fails and does not hang without the check
    try:
        (entry,) = scan.scan([models])
    finally:
        os.close(writer)
    assert "it is not a regular file" in entry.problems[0]


def test_a_model_that_is_not_understood_hides_no_other(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_sbs(models, "a-sound")
    write_huggingface(models / "b-odd", TinyModel())
    monkeypatch.setattr(describe, "read_config", lambda path: 1 // 0)
    sound, odd = scan.scan([models])
    assert sound.usable
    assert "cannot be understood (ZeroDivisionError" in odd.problems[0]


def test_a_model_type_that_is_no_text_is_told(models: Path) -> None:
    write_huggingface(models / "odd", TinyModel())
    config = models / "odd" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"model_type": []}))
    assert "a model of type []" in scan.scan([models])[0].problems[0]


def test_broken_models_are_listed_with_their_reason(models: Path) -> None:
    (models / "empty").mkdir()
    (models / "zero.sbs").touch()
    (models / "cut.sbs").write_bytes(golden("sfp").read_bytes()[:1000])
    (models / "cut.gguf").write_bytes(b"GGUF")
    write_huggingface(models / "no-tokenizer", TinyModel())
    (models / "no-tokenizer" / "tokenizer.model").unlink()
    write_huggingface(models / "other", TinyModel(), config={"model_type": "llama"})
    write_huggingface(models / "no-json", TinyModel())
    (models / "no-json" / "config.json").write_text("{")
    reasons = {entry.name: " ".join(entry.problems) for entry in scan.scan([models])}
    assert len(reasons) == 7
    for name, reason in {
        "empty": "holds no .sbs",
        "zero": "The file is empty",
        "cut": "was not downloaded or copied whole",
        "cut-2": "was not downloaded or copied whole",
        "no-tokenizer": "tokenizer.model is missing",
        "other": "'llama'",
        "no-json": "is no JSON",
    }.items():
        assert reason in reasons[name]


def test_hidden_and_foreign_files_are_left_out(models: Path) -> None:
    add_sbs(models, ".hidden")
    (models / "notes.txt").write_text("x")
    (models / ".x.sbs.17.part").touch()
    folder = add_sbs(models, "real")
    (folder / ".weights.sbs.17.part").touch()
    assert [entry.name for entry in scan.scan([models])] == ["real"]


def test_a_folder_with_several_files_gives_an_entry_for_each(models: Path) -> None:
    folder = add_sbs(models, "both")
    shutil.copy(golden("bf16"), folder / "other.sbs")
    entries = scan.scan([models])
    assert [entry.name for entry in entries] == ["both/other", "both/weights"]
    assert [entry.precision for entry in entries] == ["bf16", "sfp"]
    assert scan.find("both/other", models) == entries[0]


def test_folders_count_in_order_and_names_stay_unique(tmp_path: Path, models: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    add_sbs(models, "same", "bf16")
    add_sbs(second, "same", "sfp")
    (second / "link").symlink_to(models / "same")
    entries = scan.scan([models, second, models, tmp_path / "absent"])
    assert [(entry.name, entry.precision) for entry in entries] == [("same", "bf16"), ("same-2", "sfp")]


def test_model_folders_come_in_the_documented_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GEMMA_MODELS_DIR", "~/first")
    assert scan.folders(tmp_path / "set") == [
        Path.home() / "first",
        tmp_path / "set",
        tmp_path / ".models",
        Path.home() / ".models",
    ]
    monkeypatch.setenv("GEMMA_MODELS_DIR", "")
    assert scan.folders("") == [tmp_path / ".models", Path.home() / ".models"]


@pytest.fixture
def only(models: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`models` is the one folder that is searched."""
    monkeypatch.setattr(paths, "model_folders", lambda from_settings=None: [models])
    return models


def test_find_takes_a_name_in_any_case_or_a_path(only: Path, tmp_path: Path) -> None:
    folder = add_sbs(only, "Gemma-Tiny")
    assert scan.find("Gemma-Tiny") == scan.find("gemma-tiny") == scan.find(str(folder))
    elsewhere = tmp_path / "elsewhere.sbs"
    shutil.copy(golden("sfp"), elsewhere)
    assert scan.find(str(elsewhere)).weights == elsewhere
    assert "no .sbs file" in scan.find(__file__).problems[0]


def test_find_says_what_comes_near(only: Path) -> None:
    add_sbs(only, "gemma-3-1b-it")
    add_sbs(only, "other")
    with pytest.raises(ModelNotFound, match=r"no model 'gemma-3-1b'\. Did you mean gemma-3-1b-it\?"):
        scan.find("gemma-3-1b")
    with pytest.raises(ModelNotFound, match="There are: gemma-3-1b-it, other"):
        scan.find("zzz")


def test_find_names_the_folders_when_there_are_no_models(only: Path) -> None:
    with pytest.raises(ModelNotFound, match="none at all in") as caught:
        scan.find("x")
    assert str(only) in str(caught.value)
    assert caught.value.next_step


def test_find_asks_for_the_file_when_a_path_holds_several(only: Path, tmp_path: Path) -> None:
    for name in ("a.sbs", "b.sbs"):
        shutil.copy(golden("sfp"), tmp_path / name)
    with pytest.raises(ModelNotFound, match=r"several models: a\.sbs, b\.sbs"):
        scan.find(str(tmp_path))


def write_sbs(target: Path, wrapping: PromptWrapping, tokenizer: bytes | None) -> None:
    with SbsFile.open(golden("bf16")) as file, SbsWriter(target) as writer:
        for name, record in file.tensors.items():
            writer.add(from_array(name, file.decode(name)), record.type)
        writer.finish(dataclasses.replace(file.config, wrapping=wrapping), tokenizer)


@pytest.mark.parametrize(
    ("wrapping", "name", "style"),
    [
        (PromptWrapping.GEMMA_IT, "gemma-3-1b-it", PromptStyle.GEMMA_IT),
        (PromptWrapping.GEMMA_VLM, "gemma-3-4b", PromptStyle.GEMMA_IT),
        (PromptWrapping.GEMMA_PT, "anything", PromptStyle.TRANSCRIPT),
        (PromptWrapping.GEMMA_VLM, "gemma-3-4b-pt", PromptStyle.TRANSCRIPT),
        (PromptWrapping.GEMMA_IT, "baseline", PromptStyle.GEMMA_IT),
    ],
)
def test_the_prompt_style_follows_wrapping_and_name(
    models: Path, wrapping: PromptWrapping, name: str, style: PromptStyle
) -> None:
    write_sbs(models / f"{name}.sbs", wrapping, golden_tokenizer())
    assert scan.scan([models])[0].prompt_style is style


def test_a_tokenizer_beside_the_file_is_found_and_its_absence_is_told(models: Path) -> None:
    (models / "m").mkdir()
    write_sbs(models / "m" / "m.sbs", PromptWrapping.GEMMA_IT, None)
    assert "tokenizer.spm" in scan.scan([models])[0].problems[0]
    (models / "m" / "tokenizer.spm").write_bytes(golden_tokenizer())
    entry = scan.scan([models])[0]
    assert entry.usable
    assert entry.tokenizer == models / "m" / "tokenizer.spm"


def test_a_chosen_prompt_style_is_remembered_and_can_be_taken_back(models: Path) -> None:
    folder = add_sbs(models, "m")
    prompt_styles.remember(folder, PromptStyle.RAW)
    prompt_styles.remember(models / "other", PromptStyle.TRANSCRIPT)
    assert scan.scan([models])[0].prompt_style is PromptStyle.RAW
    assert list(folder.iterdir()) == [folder / "weights.sbs"]
    prompt_styles.remember(folder, None)
    assert scan.scan([models])[0].prompt_style is PromptStyle.GEMMA_IT
    assert prompt_styles.overrides() == {str(models / "other"): PromptStyle.TRANSCRIPT}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "[" * 100_000, json.dumps({"/x": 3, "/y": "of-the-future"})]
)
def test_a_damaged_file_of_choices_counts_as_empty(content: str) -> None:
    paths.config_dir().mkdir(parents=True)
    (paths.config_dir() / "prompt-styles.json").write_text(content)
    assert prompt_styles.overrides() == {}


def test_choices_that_cannot_be_kept_are_told(models: Path) -> None:
    paths.config_dir().parent.mkdir(parents=True, exist_ok=True)
    paths.config_dir().write_text("a file where the folder should be")
    with pytest.raises(FacetError, match="could not be kept"):
        prompt_styles.remember(models, PromptStyle.RAW)


def test_facet_home_holds_every_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACET_HOME", str(tmp_path))
    folders = [paths.config_dir(), paths.data_dir(), paths.state_dir(), paths.log_dir()]
    assert len(set(folders)) == 4
    assert all(tmp_path in folder.parents for folder in folders)


def test_files_from_elsewhere_are_listed_last_and_only_once(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "models", tmp_path / "downloads"
    for place in (folder, elsewhere):
        place.mkdir()
        (place / "same.sbs").write_bytes(b"no model")
    inside, outside = folder / "same.sbs", elsewhere / "same.sbs"
    entries = scan.scan([folder], [outside, inside, outside])
    assert [(entry.name, entry.path) for entry in entries] == [("same", inside), ("same-2", outside)]
