"""The names of peers on a command line, and what is said of one that is not installed."""

import pytest

from app.bench import peers
from app.bench.peer import PeerChoice
from app.bench.peers import missing_packages, parse_choice
from app.errors import UsageError
from tests.fakes.fake_peer import FakePeer


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(peers.PEERS, "fake", FakePeer)


def test_a_name_alone_means_the_first_precision() -> None:
    assert parse_choice("fake") == PeerChoice("fake", "int8")
    assert str(parse_choice("fake:int4")) == "fake:int4"


@pytest.mark.parametrize("name", ["llama.cpp", "openvino", "onnxruntime"])
def test_every_real_peer_has_eight_bits_by_default(name: str) -> None:
    assert "8" in parse_choice(name).precision


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("ollama", "There is no peer 'ollama'; there are llama.cpp, openvino, onnxruntime, fake"),
        ("fake:int3", "fake is measured in int8, int4, not in 'int3'"),
        ("", "There is no peer ''"),
    ],
)
def test_other_words_are_refused_with_what_there_is(word: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        parse_choice(word)


def test_a_missing_package_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert missing_packages(PeerChoice("fake", "int8")) == ""
    monkeypatch.setattr(FakePeer, "packages", ("json", "no_such_a", "no_such_b"))
    assert missing_packages(PeerChoice("fake", "int4")) == (
        "fake:int4 is left out: no_such_a and no_such_b are not installed. "
        "Install what it needs with `pip install 'facet-gemma[bench]'`."
    )
