"""The one place where markup is written: data are escaped, a few tags are allowed, and none of them loads anything.

What is built here is `Rich`. Any other text that is to be shown as rich text is escaped, so that one which lost its
kind on the way (by ``+`` or ``str.format``) is shown letter by letter and never taken for markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

__all__ = ["Rich", "bold", "escaped", "joined", "rich", "words_of"]

_STYLE: Final = r"(?:color|font-weight|font-size|text-decoration):\s*[#\w-]+"  # no brackets: no `url(…)`
_STYLED: Final = rf'(?: style="{_STYLE}(?:;\s*{_STYLE})*;?")?'
_TAG: Final = re.compile(rf'</?(?:b|i|sup)>|<br>|<(?:b|span|a href="#?[\w-]*"){_STYLED}>|</(?:span|a)>')


class Rich(str):
    """Text with tags that this module has allowed."""

    __slots__ = ()


def escaped(text: str) -> Rich:
    """Return `text` so that rich text shows it as it is; what is rich already stays."""
    return text if isinstance(text, Rich) else Rich(html.escape(text, quote=False))


def rich(template: str, **parts: str) -> Rich:
    """Return the program's own words with tags, filled with data.

    Parameters
    ----------
    template : str
        Written in the source, or a translation of that; never data.
    **parts : str
        For the names in braces. They are escaped unless they are `Rich`.

    Raises
    ------
    ValueError
        For a tag or an attribute that is not allowed.
    """
    text = template.format(**{name: escaped(part) for name, part in parts.items()})
    if "<" in _TAG.sub("", text):
        raise ValueError(f"{text!r} has a tag that is not allowed")
    return Rich(text)


def bold(text: str) -> Rich:
    """Return `text` in bold."""
    return Rich(f"<b>{escaped(text)}</b>")


def joined(separator: str, parts: Iterable[str]) -> Rich:
    """Return the parts one after the other; each is escaped unless it is `Rich`, and so is the separator."""
    return Rich(escaped(separator).join(escaped(part) for part in parts))


def words_of(text: Rich) -> str:
    """Return what a reader sees of rich text: without its tags."""
    return html.unescape(_TAG.sub("", text.replace("<br>", "\n")))
