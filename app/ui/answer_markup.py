"""From a model's Markdown to the HTML subset that a QTextDocument shows. Pure text in, text out.

Raw HTML is shown as text, images are not fetched (only their alternative text stays), links are left to the
caller to open on a click. Fenced code is coloured by Pygments. Anything too long or too deep is shown as
plain text.
"""

import html
from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from app.ui.colors import Colors

MAX_CHARS = 200_000
"""Longer answers stay plain text: rich layout of one megabyte takes seconds."""
_MAX_LINE = 20_000
_MAX_DEPTH = 30


def is_plain(text: str) -> bool:
    """Whether `text` must be shown as plain text (see MAX_CHARS)."""
    return len(text) > MAX_CHARS or any(len(line) > _MAX_LINE for line in text.splitlines())


def to_html(markdown: str, colors: Colors) -> str:
    """HTML for `markdown`, to be shown under `document_css`. Never raises on any text."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_DEPTH}).enable("table")
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("code_block", _fence)
    parser.add_render_rule("image", _image)
    env = {"dark": colors.dark, "code": colors.code}
    tokens = parser.parse(markdown, env)
    if _depth(tokens) >= _MAX_DEPTH - 1:  # what lies deeper is left out by the parser
        return f'<p style="white-space: pre-wrap">{html.escape(markdown)}</p>'
    return str(parser.renderer.render(tokens, parser.options, env))


def document_css(colors: Colors) -> str:
    """Default style sheet for the QTextDocument (its CSS subset only)."""
    return f"""
a {{ color: {colors.accent}; text-decoration: underline; }}
code {{ background-color: {colors.code}; font-family: monospace; }}
h1, h2, h3, h4, h5, h6 {{ font-size: medium; font-weight: 600; margin-top: 12px; margin-bottom: 4px; }}
p {{ margin-top: 0px; margin-bottom: 8px; line-height: 140%; }}
li {{ margin-bottom: 2px; line-height: 140%; }}
pre {{ font-family: monospace; margin-top: 0px; margin-bottom: 0px; }}
blockquote {{ color: {colors.muted}; margin-left: 16px; }}
th {{ font-weight: 600; text-align: left; padding: 4px 8px; }}
td {{ padding: 4px 8px; }}
"""


def _depth(tokens: Sequence[Token]) -> int:
    return max((max(token.level, _depth(token.children or ())) for token in tokens), default=0)


def _fence(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    token = tokens[index]
    language = token.info.strip().split(" ")[0] if token.info else ""
    code = _coloured(token.content.rstrip("\n"), language, bool(env["dark"]))
    # A one-cell table is the only box with padding that QTextDocument lays out.
    return (
        f'<table width="100%" cellpadding="8" cellspacing="0" style="background-color:{env["code"]}; '
        f'margin-top:4px; margin-bottom:12px;"><tr><td><pre>{code}</pre></td></tr></table>'
    )


def _image(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    return html.escape(f"[image: {tokens[index].content or 'no description'}]")


def _coloured(code: str, language: str, dark: bool) -> str:
    if language:
        try:
            lexer = get_lexer_by_name(language)
        except ClassNotFound:
            return html.escape(code)
        style = "github-dark" if dark else "default"
        formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True, noclasses=True, style=style)
        return str(highlight(code, lexer, formatter)).rstrip("\n")
    return html.escape(code)
