"""What a benchmark asks: prompt sets by name, or a text file of the user's own; as ids.

A set is a few prompts, each answered at a fixed length in a session of its own. Pure but for reading files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from app.chat.conversation import Conversation
from app.chat.prompt import PromptStyle, TextEncoder, render
from app.errors import UsageError
from app.language import sentence

PROSE = "prose"
"""English prose of as many tokens as are asked for."""
LONG_TOKENS = 2048
PROMPT_SETS = {
    PROSE: sentence("one prompt of English prose, 512 tokens or as many as are asked for"),
    "short": sentence("six questions of one line"),
    "long": sentence("one prompt of English prose, {n} tokens", n=LONG_TOKENS),
    "chat": sentence("three conversations of several turns, in the model's own prompt style"),
    "code": sentence("three pieces of code to continue, in Python, C++ and SQL"),
}
"""What is in each set."""

_BORDER = "---"
_MOST_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class PromptSet:
    """Ids of each prompt, BOS first."""

    name: str
    prompts: tuple[tuple[int, ...], ...]

    @property
    def tokens(self) -> int:
        return sum(map(len, self.prompts))

    @property
    def longest(self) -> int:
        return max(map(len, self.prompts))


def prompt_set(words: str, tokenizer: TextEncoder, style: PromptStyle, prose_tokens: int = 512) -> PromptSet:
    """`words` is a name of PROMPT_SETS, or else the path of a text file: UTF-8, prompts separated by lines of
    `---`. `prose_tokens` is the length of "prose". Raises UsageError for what is neither, or holds no prompt.
    """
    if words == PROSE:
        return PromptSet(words, (_prose(tokenizer, prose_tokens),))
    if words == "long":
        return PromptSet(words, (_prose(tokenizer, LONG_TOKENS),))
    if words == "chat":
        return PromptSet(words, tuple(_rendered(text, style, tokenizer) for text in _own("chat")))
    texts = _own(words) if words in PROMPT_SETS else split_prompts(_read(Path(words)))
    if not texts:
        raise UsageError(sentence("{words} holds no prompt.", words=words))
    name = words if words in PROMPT_SETS else Path(words).name
    return PromptSet(name, tuple((tokenizer.bos_id, *tokenizer.encode_plain(text)) for text in texts))


def split_prompts(text: str) -> list[str]:
    """At lines that hold nothing but `---`; empty ones are dropped."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip() == _BORDER:
            found.append([])
        else:
            found[-1].append(line)
    return [prompt for lines in found if (prompt := "\n".join(lines).strip("\n")).strip()]


def _rendered(text: str, style: PromptStyle, tokenizer: TextEncoder) -> tuple[int, ...]:
    """Paragraphs are turns, the user's first and last."""
    conversation = Conversation()
    for index, paragraph in enumerate(text.split("\n\n")):
        conversation = conversation.with_turn("assistant" if index % 2 else "user", paragraph)
    return render(conversation, style, tokenizer).ids


def _prose(tokenizer: TextEncoder, count: int) -> tuple[int, ...]:
    """BOS and the ids of the text, over and over, `count` in all."""
    text: Sequence[int] = tokenizer.encode_plain(_text("prose"))
    return (tokenizer.bos_id, *(list(text) * (count // len(text) + 1)))[:count]


def _own(name: str) -> list[str]:
    return split_prompts(_text(name))


def _text(name: str) -> str:
    return resources.files("app.bench").joinpath("prompt_texts", f"{name}.txt").read_text(encoding="utf-8")


def _read(path: Path) -> str:
    if not path.is_file():
        raise UsageError(
            sentence(
                "There is no prompt set and no file '{path}'; sets are {names}.",
                path=path,
                names=", ".join(PROMPT_SETS),
            ),
        )
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise UsageError(
                sentence(
                    "{path} is too large for prompts: more than {most} MB.",
                    path=path,
                    most=_MOST_BYTES >> 20,
                )
            )
        return content.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(
            sentence("{path} cannot be read: {reason}.", path=path, reason=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(sentence("{path} is no UTF-8 text (byte {n}).", path=path, n=error.start)) from error
