"""Tooltips of texts that others wrote: titles, names of files, what a model said."""

from html import escape


def plain_tip(text: str) -> str:
    """What `text` as a tooltip has to be, so that it is shown as it is.

    Qt takes a tooltip that looks like HTML for HTML, and would open the pictures that it names.
    """
    if "<" not in text:
        return text
    return f'<span style="white-space: pre-wrap">{escape(text)}</span>'
