"""Texts that are translated are written so that lupdate finds them and translators can move their values."""

import ast
from string import Formatter

from tests.unit.source_texts import asked


def test_texts_and_hints_are_literals() -> None:
    """`tr` and `sentence` may be given a constant's name: that is `marked` where it is defined."""
    named = (ast.Name, ast.Attribute, ast.Subscript)
    made_up = [
        call.place
        for call in asked()
        if call.text is None and not (call.function != "marked" and isinstance(call.call.args[0], named))
    ]
    assert made_up == []
    unclear = [call.place for call in asked() if len(call.call.args) > 1 and not _plain(call.call.args[1])]
    assert unclear == []


def test_counts_are_given_by_place_and_to_texts_that_say_them() -> None:
    for call in asked():
        if call.function == "tr":
            assert not call.call.keywords, f"{call.place}: lupdate does not see arguments by name"
        if call.text is not None:
            assert call.counts == ("%n" in call.text), f"{call.place}: %n and a count come together"


def test_values_have_names_and_in_the_window_no_look_of_their_own() -> None:
    """A format such as {x:.1f} would keep the point where a comma is written; sentences change it."""
    for call in asked():
        for _, name, look, conversion in Formatter().parse(call.text or ""):
            if name is not None:
                assert name.isidentifier(), f"{call.place}: {{{name}}} is no name"
                plain = not look and not conversion
                assert plain or call.function == "sentence", f"{call.place}: {{{name}:{look}}}"


def test_a_sentence_is_given_its_values() -> None:
    for call in asked():
        if call.function == "sentence" and call.text is not None:
            wanted = {name for _, name, _, _ in Formatter().parse(call.text) if name}
            given = {keyword.arg for keyword in call.call.keywords}
            assert given == wanted or None in given, f"{call.place}: {given} given, {wanted} wanted"


def test_no_text_is_looked_up_while_modules_are_imported() -> None:
    """The window's language is not chosen yet."""
    early = [call.place for call in asked() if call.function == "tr" and call.at_import]
    assert early == []


def _plain(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
