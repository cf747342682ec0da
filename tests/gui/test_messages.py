"""Answers on screen: what Markdown becomes, what is never fetched or opened, what a copy gives."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextDocument
from pytestqt.qtbot import QtBot

from app.ui.answer import formula
from app.ui.answer.pacer import Pacer
from app.ui.look.colors import DARK, LIGHT, Colors
from app.ui.transcript.copy_button import CopyButton
from app.ui.transcript.message_text import MessageText
from app.ui.transcript.message_view import AnswerMessage
from tests.gui.conftest import WAIT_MS

SAMPLE = (Path(__file__).parent / "sample_answer.md").read_text(encoding="utf-8")


@pytest.fixture
def text(qtbot: QtBot) -> MessageText:
    made = MessageText()
    made.resize(700, 100)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that were given to the browser."""
    urls: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toString()))
    return urls


def show(qtbot: QtBot, text: MessageText, source: str, colors: Colors = LIGHT) -> str:
    """What is on screen, as plain text, once everything is laid out."""
    text.show_markdown(source, colors)
    qtbot.waitUntil(lambda: text.settled, timeout=60_000)
    return text.toPlainText()


def stream(qtbot: QtBot, text: MessageText, source: str, cuts: list[int]) -> None:
    """Give `source` in parts that end at `cuts`."""
    text.begin_markdown(LIGHT)
    start = 0
    for end in (*cuts, len(source)):
        text.append_markdown(source[start:end])
        start = end
    text.finish_markdown(source)
    qtbot.waitUntil(lambda: text.settled, timeout=WAIT_MS)


def copied(text: MessageText) -> str:
    """What copying everything gives."""
    text.selectAll()
    text.copy()
    return QGuiApplication.clipboard().text()


def code_buttons(text: MessageText) -> list[CopyButton]:
    return text.viewport().findChildren(CopyButton)


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_markdown_is_laid_out_and_raw_html_stays_text(
    qtbot: QtBot, text: MessageText, colors: Colors
) -> None:
    source = "**bold** <b>raw</b>\n\n```python\nx = 1 < 2\n```\n\n|a|b|\n|-|-|\n|1|2|\n\n> quote\n"
    shown = show(qtbot, text, source, colors)
    assert "bold <b>raw</b>" in shown
    assert "x = 1 < 2" in shown
    for mark in ("```", "|", "**", ">"):
        assert mark not in shown.replace("<b>raw</b>", "")


@pytest.mark.parametrize("seed", range(8))
def test_a_streamed_answer_ends_as_one_given_at_once(qtbot: QtBot, text: MessageText, seed: int) -> None:
    show(qtbot, text, SAMPLE)
    whole, height = text.document().toHtml(), text.height()
    dice = random.Random(seed)
    stream(qtbot, text, SAMPLE, sorted(dice.sample(range(len(SAMPLE)), 200)))
    assert text.document().toHtml() == whole
    assert text.height() == height


def test_what_is_not_final_is_shown_as_if_nothing_followed(qtbot: QtBot, text: MessageText) -> None:
    text.begin_markdown(LIGHT)
    for part, shown in (
        ("Some *emph", "Some *emph"),
        ("asis* here", "Some emphasis here"),
        (" and more", "Some emphasis here and more"),
        ("\n\n- item", "Some emphasis here and more\nitem"),
        ("\n\n```py\nx = ", "Some emphasis here and more\nitem\nx = "),
        ("1\n``", "Some emphasis here and more\nitem\nx = 1"),
        ("`\nend", "Some emphasis here and more\nitem\nx = 1\nend"),
    ):
        text.append_markdown(part)
        qtbot.waitUntil(lambda: text.settled, timeout=WAIT_MS)
        assert text.toPlainText() == shown


@pytest.mark.parametrize(("begun", "ended"), [("A day\n#", "1 of it"), ("[A](b", ") c"), ("AT&amp", "; T")])
def test_a_beginning_decides_nothing_yet(qtbot: QtBot, text: MessageText, begun: str, ended: str) -> None:
    """A heading, a link that is none and an entity that is none, each so far."""
    show(qtbot, text, begun + ended)
    whole = text.document().toHtml()
    text.begin_markdown(LIGHT)
    for part in (begun, ended):
        text.append_markdown(part)
        qtbot.waitUntil(lambda: text.settled, timeout=WAIT_MS)
    text.finish_markdown(begun + ended)
    qtbot.waitUntil(lambda: text.settled, timeout=WAIT_MS)
    assert text.document().toHtml() == whole


def test_a_link_defined_at_the_end_counts_for_the_beginning(qtbot: QtBot, text: MessageText) -> None:
    source = "See [there].\n\nMore.\n\n[there]: https://example.org/\n"
    stream(qtbot, text, source, [20, 30])
    assert 'href="https://example.org/"' in text.document().toHtml()


def test_numbers_of_a_long_list_go_on(qtbot: QtBot, text: MessageText) -> None:
    source = "".join(f"{number}. item {number} with *words*\n" for number in range(1, 400))
    show(qtbot, text, source)
    block = text.document().lastBlock()
    assert block.textList().itemText(block).strip() == "399."


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 10_000,
        "> " * 10_000 + "deep",
        "- " * 5_000 + "deep",
        "*" * 50_000,
        "`a" * 5_000,
        "a" * 1_000_000,
        "line\n" * 30_000,
        "\u202e txt \u2066",
        "\x00\ufffd\x1b[31m",
        "```nosuchlanguage\nx\n```",
        "```python\n" + "x" * 100_000 + "\n```",
        "|" * 3_000 + "\n" + "|-" * 3_000,
        "$" + "{" * 9_000 + "$",
        "$" + "\\frac{" * 60 + "$",
        "![" * 3_000,
        "~~a" * 2_000,
    ],
    ids=lambda text: text[:6].encode("unicode_escape").decode(),
)
def test_hostile_text_is_shown_and_nothing_raises(qtbot: QtBot, text: MessageText, hostile: str) -> None:
    assert show(qtbot, text, hostile)
    stream(qtbot, text, hostile[:20_000], [100, 1_000, 10_000])
    assert text.toPlainText()


def test_a_line_of_any_length_is_copied_whole(qtbot: QtBot, text: MessageText) -> None:
    line = "".join(random.Random(1).choices("abcdefgh", k=100_000))
    show(qtbot, text, line)
    assert copied(text) == line
    text.show_plain(line + "\n\n two")
    qtbot.waitUntil(lambda: text.settled, timeout=WAIT_MS)
    assert copied(text) == line + "\n\n two"


def test_layout_of_a_long_text_is_left_for_the_event_loop(qtbot: QtBot, text: MessageText) -> None:
    text.show_markdown("A paragraph of *some* words.\n\n" * 3_000, LIGHT)
    assert not text.settled
    qtbot.waitUntil(lambda: text.settled, timeout=60_000)
    assert text.document().blockCount() == 3_000


def test_images_are_named_and_never_fetched(qtbot: QtBot, text: MessageText) -> None:
    shown = show(qtbot, text, "![a cat](https://example.org/cat.png) <img src='http://example.org/x.png'>")
    assert "a cat" in shown
    assert "<img" in shown
    assert "<img" not in text.document().toHtml()
    image = QTextDocument.ResourceType.ImageResource
    assert text.loadResource(image.value, QUrl("https://example.org/cat.png")) is None


def test_a_picture_without_a_description_is_told_in_words(qtbot: QtBot, text: MessageText) -> None:
    assert show(qtbot, text, "![](dog.png)") == "[image without a description]"


def test_only_web_and_mail_links_are_opened(text: MessageText, opened: list[str]) -> None:
    for address in ("https://example.org/", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.c"):
        text.anchorClicked.emit(QUrl(address))
    assert opened == ["https://example.org/", "mailto:a@b.c"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_an_unsafe_address_is_not_even_a_link(qtbot: QtBot, text: MessageText, address: str) -> None:
    show(qtbot, text, f"[click]({address})")
    assert "href" not in text.document().toHtml()


def test_the_address_of_a_link_is_told_as_it_is(text: MessageText) -> None:
    text.highlighted.emit(QUrl("https://exаmple.org/"))  # with a Cyrillic letter
    assert text.toolTip() == "https://xn--exmple-4nf.org/"


def test_code_is_copied_byte_for_byte(qtbot: QtBot, text: MessageText) -> None:
    code = "\ttab  \n\n  é 🎉 trailing  \n```not the end\n~~~"
    for source in (f"````py\n{code}\n````\n", f"- a list\n\n  ```sh\n  x\n  ```\n\n````\n{code}\n````"):
        stream(qtbot, text, source, [9, 13, 20])
        button = code_buttons(text)[-1]
        button.click()
        assert QGuiApplication.clipboard().text() == code
        assert "code" in button.accessibleName()


def test_a_formula_is_a_picture_and_is_copied_as_written(qtbot: QtBot, text: MessageText) -> None:
    source = "Euler: $e^{i\\pi} = -1$, and $5 and $6."
    shown = show(qtbot, text, source)
    assert shown == "Euler: \ufffc, and $5 and $6."
    assert copied(text) == source


@pytest.mark.parametrize("broken", ["$\\frac{1$", "$" + "x" * 3_000 + "$"])
def test_a_formula_that_cannot_be_drawn_stays_text(qtbot: QtBot, text: MessageText, broken: str) -> None:
    assert show(qtbot, text, broken).replace("\n", "") == broken


def test_a_formula_is_drawn_once(qtbot: QtBot, text: MessageText) -> None:
    formula.draw.cache_clear()
    show(qtbot, text, "$a+b$ " * 50)
    assert formula.draw.cache_info().misses == 1


def test_copy_gives_the_very_text_of_the_answer(qtbot: QtBot) -> None:
    source = "```\n\ttab  \n```\ntrailing  \n🎉 *é*"
    message = AnswerMessage("Gemma", LIGHT)
    qtbot.addWidget(message)
    message.append(source)
    message.finish(source, "stop", None)
    next(b for b in message.findChildren(CopyButton) if b.accessibleName() == "Copy answer").click()
    assert QGuiApplication.clipboard().text() == source
    message.deleteLater()


def test_a_pacer_ends_every_job(qtbot: QtBot) -> None:
    pacer = Pacer()
    seen: list[str] = []

    def job(name: str, steps: int):  # type: ignore[no-untyped-def]
        for _ in range(steps):
            yield
        seen.append(name)

    jobs = [job("a", 1000), job("b", 10), job("dropped", 10)]
    for one in jobs:
        pacer.add(one)
    pacer.drop(jobs[2])
    qtbot.waitUntil(lambda: pacer.idle, timeout=WAIT_MS)
    assert seen == ["a", "b"]
