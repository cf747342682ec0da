"""A title for a chat, from its first exchange. Pure."""

import re

LONGEST = 60
_GREETING = re.compile(
    r"^(?:hi|hello|hey|good (?:morning|evening|afternoon)|hallo|bonjour|hola)(?: there| all)?\b[\s,.!:;–-]*",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"^[#>*\-\s]+|[`*_]{1,3}")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
"""Controls, also those that turn the direction of what follows: no font has them, or worse."""
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s")


def title_of(question: str, answer: str = "") -> str:
    """The question's first sentence without a greeting; of a mere greeting the answer's. "" = both blank."""
    without_greeting = _GREETING.sub("", question.strip())
    for text in (without_greeting, answer, question):
        sentence = _first_sentence(text)
        if sentence:
            return _shortened(sentence)
    return ""


def _first_sentence(text: str) -> str:
    for line in text.splitlines():
        cleaned = " ".join(_UNSEEN.sub(" ", _MARKUP.sub("", line)).split())
        if any(sign.isalnum() for sign in cleaned):
            return _SENTENCE_END.split(cleaned, maxsplit=1)[0]
    return ""


def _shortened(sentence: str) -> str:
    sentence = sentence[0].upper() + sentence[1:]
    if len(sentence) <= LONGEST:
        return sentence.rstrip(".")
    cut = sentence[: LONGEST - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > LONGEST // 2 else cut).rstrip(" ,;:.") + "…"
