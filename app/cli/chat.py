"""`facet chat`: one answer to -p TEXT, or a conversation in the terminal."""

import sys
from typing import Annotated, Any

import typer

from app.backends.base import OpenOptions, Sampling, Session
from app.backends.registry import OpenedModel
from app.backends.turn import Finished, TextChunk, run_turn
from app.chat.conversation import Conversation, Turn
from app.chat.prompt import Prompt, PromptStyle, render
from app.cli.interrupt import run_interruptible
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
from app.cli.output import notice, print_json, print_text
from app.errors import Cancelled, FacetError, UsageError

_MAX_SEED = 2**64 - 1


def chat(
    model: ModelArgument,
    prompt: Annotated[
        str | None, typer.Option("-p", "--prompt", help="Answer this and end; without it, a conversation.")
    ] = None,
    backend: BackendOption = "",
    engine: EngineOption = "builtin",
    dtype: DtypeOption = Dtype.BFLOAT16,
    weights: WeightsOption = Weights.AUTO,
    threads: ThreadsOption = 0,
    context_tokens: Annotated[int, typer.Option(min=0, help="0 = the model's, at most 8192.")] = 0,
    max_tokens: Annotated[int, typer.Option(min=0, help="0 = until the context is full.")] = 512,
    seed: Annotated[int, typer.Option(min=0, max=_MAX_SEED, help="Same seed, same answer.")] = 0,
    temperature: Annotated[float, typer.Option(min=0.0, help="0 = greedy.")] = 0.0,
    top_k: Annotated[int, typer.Option(min=0, help="0 = off.")] = 0,
    top_p: Annotated[float, typer.Option(min=0.0, max=1.0, help="1 = off.")] = 1.0,
    min_p: Annotated[float, typer.Option(min=0.0, max=1.0, help="0 = off.")] = 0.0,
    repetition_penalty: Annotated[float, typer.Option(min=0.01, help="1 = off.")] = 1.0,
    repetition_window: Annotated[int, typer.Option(min=0, help="Last tokens looked at; 0 = all.")] = 0,
    system: Annotated[str, typer.Option(help="Text that goes before the first message.")] = "",
    prompt_style: Annotated[PromptStyle | None, typer.Option(help="Instead of the model's own.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Load a model that will hardly fit into the free memory, too.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Chat with a model; -p TEXT for a single answer. Ctrl-C stops an answer."""
    if json_ and prompt is None:
        raise UsageError("--json needs -p TEXT.")
    entry = find_entry(model)
    style = prompt_style or entry.prompt_style
    sampling = Sampling(
        max_tokens=max_tokens,
        seed=seed,
        temperature=temperature,
        top_k=top_k,
        top_p=top_p,
        min_p=min_p,
        repetition_penalty=repetition_penalty,
        repetition_window=repetition_window,
    )
    options = OpenOptions(engine, dtype.value, threads, context_tokens, weights.value)
    conversation = Conversation(system=system)
    with open_model(entry, backend, options, guarded=not force) as opened:
        session = opened.model.session()
        try:
            if prompt is None:
                _converse(opened, session, conversation, style, sampling)
            else:
                _answer_once(opened, session, conversation.with_turn("user", prompt), style, sampling, json_)
        finally:
            session.close()


def _answer_once(
    opened: OpenedModel,
    session: Session,
    conversation: Conversation,
    style: PromptStyle,
    sampling: Sampling,
    json_: bool,
) -> None:
    prompt = render(conversation, style, opened.tokenizer)
    finished = answer(opened, session, prompt, sampling, show=not json_)
    if json_:
        print_json(chat_document(opened, prompt, sampling, finished))
    if finished.finish == "cancelled":
        raise Cancelled


def _converse(
    opened: OpenedModel,
    session: Session,
    conversation: Conversation,
    style: PromptStyle,
    sampling: Sampling,
) -> None:
    """Read a message, answer it, until the input ends. A failed answer leaves the conversation as it was."""
    terminal = sys.stdin.isatty()
    if terminal:
        notice(f"{opened.entry.name} on {opened.model.backend}. Ctrl-C stops an answer, Ctrl-D ends.")
    while True:
        try:
            text = input("> " if terminal else "")
        except EOFError:
            if terminal:
                print_text("")  # the shell's prompt starts a line of its own
            return
        except KeyboardInterrupt:  # meant for an answer that had just ended
            notice("Ctrl-D ends.")
            continue
        if not text.strip():
            continue
        asked = conversation.with_turn("user", text)
        try:
            finished = answer(opened, session, render(asked, style, opened.tokenizer), sampling, show=True)
        except FacetError as error:
            if not terminal:
                raise
            notice(f"{error} {error.next_step}")
            continue
        conversation = Conversation(
            (*asked.turns, Turn("assistant", finished.text, finished.answer_ids)), asked.system
        )


def answer(
    opened: OpenedModel, session: Session, prompt: Prompt, sampling: Sampling, *, show: bool
) -> Finished:
    """Run one turn; shows the text as it comes. Ctrl-C ends it with finish "cancelled"."""

    def on_text(chunk: TextChunk) -> bool:
        if show and chunk.text:
            print_text(chunk.text, end="")
        return True

    try:
        return run_interruptible(
            lambda: run_turn(session, opened.tokenizer, prompt, sampling, on_text), session.cancel
        )
    finally:
        if show:
            print_text("")


def chat_document(
    opened: OpenedModel, prompt: Prompt, sampling: Sampling, finished: Finished
) -> dict[str, Any]:
    """What `chat --json` prints; the keys are kept stable."""
    timings = finished.timings
    return {
        "model": opened.entry.name,
        "backend": opened.model.backend,
        "engine": opened.model.engine,
        "text": finished.text,
        "prompt_ids": prompt.ids,
        "ids": finished.ids,
        "logprobs": finished.logprobs,
        "seed": sampling.seed,
        "finish": finished.finish,
        "timings": {
            "load_s": opened.load_s,
            "ttft_s": timings.ttft_s,
            "prefill_tok_s": timings.prefill_tok_s,
            "decode_tok_s": timings.decode_tok_s,
            "prompt_tokens": timings.prompt_tokens,
            "new_tokens": timings.new_tokens,
            "peak_rss_bytes": finished.peak_rss_bytes,
        },
    }
