"""Answers on screen: what Markdown becomes, what is never fetched or opened, what a copy gives."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.ui.answer_markup import MAX_CHARS, is_plain, to_html
from app.ui.colors import DARK, LIGHT, Colors
from app.ui.message_text import MessageText
from app.ui.message_view import AnswerMessage


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that were given to the browser."""
    urls: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toString()))
    return urls


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_markdown_is_laid_out_and_raw_html_stays_text(qtbot: QtBot, colors: Colors) -> None:
    text = MessageText()
    qtbot.addWidget(text)
    source = "**bold** <b>raw</b>\n\n```python\nx = 1 < 2\n```\n\n|a|b|\n|-|-|\n|1|2|\n"
    text.show_markdown(source, colors)
    shown = text.toPlainText()
    assert "bold <b>raw</b>" in shown
    assert "x = 1 < 2" in shown
    assert "```" not in shown
    assert "|" not in shown


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 10_000,
        "> " * 10_000 + "deep",
        "- " * 5_000 + "deep",
        "*" * 50_000,
        "`" * 9_999,
        "a" * 1_000_000,
        "line\n" * 60_000,
        "\u202e txt \u2066",
        "\x00\ufffd\x1b[31m",
        "```nosuchlanguage\nx\n```",
        "|" * 3_000 + "\n" + "|-" * 3_000,
    ],
    ids=lambda text: text[:6].encode("unicode_escape").decode(),
)
def test_hostile_text_is_shown_and_nothing_raises(qtbot: QtBot, hostile: str) -> None:
    text = MessageText()
    qtbot.addWidget(text)
    text.show_markdown(hostile, LIGHT)
    assert text.toPlainText()


def test_an_answer_beyond_the_limit_stays_plain() -> None:
    assert is_plain("x\n" * MAX_CHARS)
    assert not is_plain("x\n" * 100)


def test_images_are_named_and_never_fetched(qtbot: QtBot) -> None:
    assert "<img" not in to_html("![a cat](https://example.org/cat.png)", LIGHT)
    assert "a cat" in to_html("![a cat](https://example.org/cat.png)", LIGHT)
    text = MessageText()
    qtbot.addWidget(text)
    assert text.loadResource(2, QUrl("https://example.org/cat.png")) is None


def test_only_web_and_mail_links_are_opened(qtbot: QtBot, opened: list[str]) -> None:
    text = MessageText()
    qtbot.addWidget(text)
    for address in ("https://example.org/", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.c"):
        text.anchorClicked.emit(QUrl(address))
    assert opened == ["https://example.org/", "mailto:a@b.c"]


def test_copy_gives_the_very_text_of_the_answer(qtbot: QtBot) -> None:
    source = "```\n\ttab  \n```\ntrailing  \n🎉 *é*"
    message = AnswerMessage("Gemma", LIGHT)
    qtbot.addWidget(message)
    message.append(source)
    message.finish(source, "stop", None)
    message.findChild(QToolButton).click()
    assert QGuiApplication.clipboard().text() == source
    message.deleteLater()


def test_a_streamed_text_equals_what_was_appended(qtbot: QtBot) -> None:
    text = MessageText()
    qtbot.addWidget(text)
    for piece in ("Hel", "lo\n", "\n  wor", "ld <b>"):
        text.append_plain(piece)
    assert text.toPlainText() == "Hello\n\n  world <b>"
