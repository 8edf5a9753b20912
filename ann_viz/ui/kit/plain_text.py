"""Text that may hold data, for the places where Qt gives characters a meaning: markup, ``&`` and ``[*]``."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from typing import Final

from PySide6.QtGui import Qt

from ann_viz.isolates import isolated

__all__ = ["caption_of", "literal", "plain_caption", "plain_tip", "plain_title", "with_mnemonics"]

TIP_WIDTH: Final = 140
TIP_LINES: Final = 16
_JOINER: Final = "\N{WORD JOINER}"  # takes no room and can't be seen


def literal(text: str) -> str:
    """Return a text for where Qt itself decides whether it is markup: a joiner breaks what looks like a tag."""
    if not Qt.mightBeRichText(text):
        return text
    return text.replace("<", f"<{_JOINER}").replace("&lt;", f"&{_JOINER}lt;")


def plain_tip(text: str) -> str:
    """Return a text as a tooltip: letter by letter, and no larger than can be read."""
    lines = [part for line in text.split("\n")[: TIP_LINES + 1] for part in _broken(line)]
    if len(lines) > TIP_LINES:
        lines = [*lines[: TIP_LINES - 1], "…"]
    return literal(isolated("\n".join(lines)))


def _broken(line: str) -> list[str]:
    """Break a line that is too wide, between words where that can be."""
    return [line] if len(line) <= TIP_WIDTH else textwrap.wrap(line[: TIP_WIDTH * (TIP_LINES + 1)], TIP_WIDTH)


def plain_caption(text: str) -> str:
    """Return a text for a button or a menu, where a single ``&`` would underline what follows."""
    return isolated(text).replace("&", "&&")


def with_mnemonics(texts: Iterable[str]) -> list[str]:
    """Return captions that underline the first letter which none before them has, for Alt and that key."""
    taken: set[str] = set()
    captions = []
    for text in texts:
        place = next((i for i, letter in enumerate(text) if letter.isalnum() and letter.casefold() not in taken), None)
        if place is None:
            captions.append(plain_caption(text))
            continue
        taken.add(text[place].casefold())
        captions.append(f"{plain_caption(text[:place])}&{plain_caption(text[place:])}")
    return captions


def caption_of(caption: str) -> str:
    """Return what a reader sees of a button or an entry of a menu."""
    return re.sub("&(.)", r"\1", caption)


def plain_title(text: str) -> str:
    """Return a text for the title of a window, where Qt puts its mark of unsaved changes in place of ``[*]``."""
    return text.replace("[*]", "[*][*]")
