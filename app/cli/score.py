"""`facet score`: the log-probability of every token of a text, by teacher forcing."""

import json
import math
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, cast

import numpy as np
import typer
from numpy.typing import NDArray

from app.backends.base import LogitsCallback, OpenOptions, Session, Token
from app.backends.tokenizing import load_tokenizer
from app.chat.prompt import TextEncoder
from app.cli.logits_file import logits_file
from app.cli.opening import find_entry, open_model
from app.cli.options import (
    BackendOption,
    Dtype,
    DtypeOption,
    EngineOption,
    JsonOption,
    ModelArgument,
    ThreadsOption,
    Weights,
    WeightsOption,
)
from app.cli.output import print_json, print_text
from app.errors import FacetError, UsageError

_MAX_BYTES = 64 << 20
"""What is read of an input at most: a device may have no end."""


def score(
    model: ModelArgument,
    tokens: Annotated[
        Path | None, typer.Option(help="File of token ids: a JSON array, or numbers separated by anything.")
    ] = None,
    text: Annotated[Path | None, typer.Option(help="UTF-8 text file; BOS is put in front.")] = None,
    backend: BackendOption = "",
    engine: EngineOption = "builtin",
    dtype: DtypeOption = Dtype.BFLOAT16,
    weights: WeightsOption = Weights.AUTO,
    threads: ThreadsOption = 0,
    logits: Annotated[
        Path | None, typer.Option(help="Write the logits as .npy, float32; row i = after token i.")
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Print the log-probability of every token but the first, given those before it."""
    if (tokens is None) == (text is None):
        raise UsageError("Give either --tokens FILE or --text FILE.")
    entry = find_entry(model)
    ids = text_ids(text, load_tokenizer(entry)) if text is not None else read_ids(cast("Path", tokens))
    options = OpenOptions(engine, dtype.value, threads, len(ids), weights.value)
    with open_model(entry, backend, options) as opened:
        session = opened.model.session()
        try:
            scored = score_ids(session, ids, logits, opened.model.info.vocab_size)
        finally:
            session.close()
    if json_:
        print_json({"ids": ids, "logprobs": [token.logprob for token in scored]})
        return
    for token in scored:
        print_text(
            f"{token.position:6d} {token.id:7d} {token.logprob:9.4f}  {opened.tokenizer.decode([token.id])!r}"
        )
    if scored:
        mean = math.fsum(token.logprob for token in scored) / len(scored)
        print_text(f"mean {mean:.4f} over {len(scored)} tokens, perplexity {_perplexity(mean):.2f}")


def _perplexity(mean: float) -> float:
    try:
        return math.exp(-mean)
    except OverflowError:  # damaged weights give any logits
        return math.inf


def score_ids(session: Session, ids: list[int], logits: Path | None, vocab: int) -> list[Token]:
    """Tokens of `ids` but the first, scored; every row of logits goes to `logits` when it is given."""
    with ExitStack() as stack:
        on_logits: LogitsCallback | None = None
        if logits is not None:
            file = stack.enter_context(logits_file(logits, len(ids), vocab))

            def on_logits(position: int, row: NDArray[np.float32]) -> bool:
                file.write(position, row)
                return True

        return session.score(ids, on_logits=on_logits)


def read_ids(path: Path) -> list[int]:
    """Token ids of a file. Raises FacetError."""
    content = read_text(path)
    try:
        values = (
            json.loads(content) if content.lstrip().startswith("[") else re.split(r"[\s,;]+", content.strip())
        )
        ids = [_token_id(value) for value in values if value != ""]
    except (ValueError, TypeError, RecursionError) as error:
        raise FacetError(f"{path} is no list of token ids: {error}.") from error
    if not ids:
        raise FacetError(f"{path} holds no token ids.")
    return ids


def _token_id(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"expected whole numbers, found {value!r}")
    number = int(value)
    if not 0 <= number < 1 << 31:
        raise ValueError(f"{number} is outside 0..2^31-1")
    return number


def text_ids(path: Path, tokenizer: TextEncoder) -> list[int]:
    """BOS and the ids of a text file; control tokens spelled in it stay text. Raises FacetError."""
    return [tokenizer.bos_id, *tokenizer.encode_plain(read_text(path))]


def read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise FacetError(f"{path} has more than {_MAX_BYTES >> 20} MB, far more than a context holds.")
        return content.decode("utf-8")
    except OSError as error:
        raise FacetError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FacetError(f"{path} is not UTF-8 text (byte {error.start}).") from error
