"""Which peers there are, and whether one can run here. Importing this imports no runtime."""

import importlib.util
from collections.abc import Callable

from app.bench.peer import Peer, PeerChoice
from app.errors import UsageError
from app.language import all_of, sentence


def _llama_cpp() -> Peer:
    from app.bench.llama_cpp_peer import LlamaCppPeer

    return LlamaCppPeer()


def _openvino() -> Peer:
    from app.bench.openvino_peer import OpenvinoPeer

    return OpenvinoPeer()


def _onnxruntime() -> Peer:
    from app.bench.onnxruntime_peer import OnnxruntimePeer

    return OnnxruntimePeer()


PEERS: dict[str, Callable[[], Peer]] = {
    "llama.cpp": _llama_cpp,
    "openvino": _openvino,
    "onnxruntime": _onnxruntime,
}

_INSTALL = "pip install 'facet-gemma[bench]'"


def parse_choice(word: str) -> PeerChoice:
    """`NAME` or `NAME:PRECISION`. Raises UsageError."""
    name, _, precision = word.partition(":")
    if name not in PEERS:
        raise UsageError(
            sentence(
                "There is no peer '{name}'; there are {names}, gemma.cpp and transformers.",
                name=name,
                names=", ".join(PEERS),
            )
        )
    known = PEERS[name]().precisions
    if precision and precision not in known:
        raise UsageError(
            sentence(
                "{name} is measured in {known}, not in '{precision}'.",
                name=name,
                known=", ".join(known),
                precision=precision,
            )
        )
    return PeerChoice(name, precision or known[0])


def missing_packages(choice: PeerChoice) -> str:
    """Why the peer cannot run here, a sentence; empty when it can. Imports nothing."""
    missing = [name for name in PEERS[choice.name]().packages if importlib.util.find_spec(name) is None]
    if not missing:
        return ""
    if len(missing) == 1:
        return sentence(
            "{choice} is left out: {package} is not installed. Install what it needs with `{command}`.",
            choice=choice,
            package=missing[0],
            command=_INSTALL,
        )
    return sentence(
        "{choice} is left out: {packages} are not installed. Install what it needs with `{command}`.",
        choice=choice,
        packages=all_of(missing),
        command=_INSTALL,
    )
