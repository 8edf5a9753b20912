"""Texts of the resources as rich text: ``**words**`` bold, words of the glossary underlined as links."""

from __future__ import annotations

import html
import re
from typing import Final

from ann_viz.explain.glossary_links import mark_words

__all__ = ["rich_text"]

_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")


def rich_text(text: str, colour: str) -> str:
    """Return a text as HTML.

    Parameters
    ----------
    text : str
        With ``**`` around what stands out.
    colour : str
        Of the links, which look like the text around them but for a line; their addresses are ids of the glossary.
    """
    pieces = []
    for piece in mark_words(text):
        words = html.escape(piece.text)
        pieces.append(f'<a href="{piece.entry}" style="color:{colour}">{words}</a>' if piece.entry else words)
    return _BOLD.sub(r"<b>\1</b>", "".join(pieces))
