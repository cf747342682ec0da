"""What an answer says without its Markdown marks: words and code exact, also of texts read in pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.answer.plain_text import code_blocks, plain_text, read_markdown


def plain(markdown: str) -> str:
    return plain_text(read_markdown(markdown))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# A *title*\n\nand `co  de`,\n~~so~~", "A title\n\nand co  de,\nso"),
        ("- one\n- two\n  - in\n    more\n- three", "- one\n- two\n  - in\n    more\n- three"),
        ("3. a\n\n   b\n4. c", "3. a\n\n   b\n\n4. c"),
        ("|a|b|\n|-|-|\n|1|**2**|\n", "a\tb\n1\t2"),
        ("> quoted\n> text\n\nafter", "quoted\ntext\n\nafter"),
        ("[words](https://a.b) <https://c.d> <x@y.z>", "words (https://a.b) https://c.d x@y.z"),
        ("Euler: $e^{i\\pi}$, $$x$$\n\n$$\ny\n$$", "Euler: $e^{i\\pi}$, $$x$$\n\n$$\ny\n$$"),
        ("![a cat](x.png) <b>raw</b>", "a cat <b>raw</b>"),
        ("- x\n\n  ```sh\n  \ta  \n\n  b\n  ```", "- x\n\n  \ta  \n\n  b"),
        ("", ""),
    ],
)
def test_marks_go_and_words_stay(markdown: str, expected: str) -> None:
    assert plain(markdown) == expected


def test_long_lists_tables_and_paragraphs_are_one() -> None:
    numbered = "".join(f"{number}. item {number} of many\n" for number in range(1, 800))
    assert plain(numbered) == numbered.removesuffix("\n")
    rows = "1|2\n" * 3_000
    assert plain(f"a|b\n-|-\n{rows}") == "a\tb\n" + rows.replace("|", "\t").removesuffix("\n")
    words = "word " * 5_000 + "end"
    assert plain(words) == words


@given(st.text(alphabet=st.sampled_from("ab \t`~*_é🎉|-#>"), max_size=200).map(lambda code: f"x{code}"))
def test_code_is_exact(code: str) -> None:
    source = f"before\n\n``````py\n{code}\n``````\n\nafter"
    assert code_blocks(read_markdown(source)) == [code]
    assert plain(source) == f"before\n\n{code}\n\nafter"


def test_every_block_of_code_is_found() -> None:
    source = "```\na\n```\n- x\n\n  ```\n  b\n  ```\n\n    c\n\n~~~\nd"
    assert code_blocks(read_markdown(source))[-1] == "d"
    assert {"a", "b", "d"} <= set(code_blocks(read_markdown(source)))
